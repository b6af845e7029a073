import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { removePath } from '../platform/files/directories.ts';
import { exists, readOrUndefined, temporaryDirectory, writeAtomic } from '../platform/files/files.ts';
import { type CommandResult, run } from '../platform/process/command.ts';

/** Whose key signs `SHA256SUMS`, and by which program. */
export interface Signer {
  kind: 'ssh' | 'minisign';
  /** of the secret key; of the public one when ssh-agent has the other half */
  keyPath: string;
  passphrase: string;
}

export const SUMS = 'SHA256SUMS';
const SUFFIX = { ssh: '.sig', minisign: '.minisig' } as const;
const PACKAGE = { ssh: 'openssh-client', minisign: 'minisign' } as const;

/**
 * The signer of `SIGN_KEY=` and `SIGN_PASSPHRASE=`, which has signed once: what is wrong with a key is known before a build begins. Undefined: nothing is signed.
 * @throws ReconError `usage` for a key or passphrase that does not do, `host-unfit` when its program is not here
 */
export async function signerSetting(environment: Readonly<Record<string, string | undefined>>): Promise<Signer | undefined> {
  const keyPath = environment['SIGN_KEY'];
  if (keyPath === undefined || keyPath === '') return undefined;
  const key = (await readOrUndefined(keyPath))?.toString('latin1');
  if (key === undefined) throw new ReconError('usage', `SIGN_KEY=${keyPath}: there is no such file, or it may not be read`, { hint: HINT });
  const kind = kindOf(key);
  if (kind === undefined) throw new ReconError('usage', `SIGN_KEY=${keyPath} is no secret key of minisign or ssh-keygen`, { hint: HINT });
  const signer = { kind, keyPath, passphrase: environment['SIGN_PASSPHRASE'] ?? '' };
  await using trial = await temporaryDirectory('recon-sign-');
  await writeAtomic(join(trial.path, SUMS), 'a trial\n');
  await signSums(trial.path, signer);
  return signer;
}

const HINT = 'make one: ssh-keygen -t ed25519 -f recon-key, or minisign -G -s recon.key';

/** By what the file begins with; a public key is one that an agent signs for. Pure. */
export function kindOf(key: string): Signer['kind'] | undefined {
  if (/^untrusted comment:.*\n[A-Za-z0-9+/=]{150,}/.test(key)) return 'minisign';
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----|^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/]/.test(key) ? 'ssh' : undefined;
}

/**
 * Signs `SHA256SUMS` of a directory. Signatures that lie there are of an earlier one, and go in any case. Gives the name of the new one.
 * @throws ReconError `usage`, `host-unfit`
 */
export async function signSums(directory: string, signer: Signer | undefined): Promise<string | undefined> {
  for (const suffix of Object.values(SUFFIX)) await removePath(join(directory, `${SUMS}${suffix}`));
  if (signer === undefined) return undefined;
  const result = signer.kind === 'ssh' ? await signBySsh(directory, signer) : await signByMinisign(directory, signer);
  if (result.status === 'absent') {
    throw new ReconError('host-unfit', `${result.argv[0]} is not installed, and SIGN_KEY= names a key of it`, {
      hint: `apt-get install --no-install-recommends ${PACKAGE[signer.kind]}`,
    });
  }
  const name = `${SUMS}${SUFFIX[signer.kind]}`;
  if (result.status === 'ok' && (await exists(join(directory, name)))) return name;
  throw refusal(signer, `${result.stderr}${result.stdout}`);
}

/** How whoever downloads it looks whether the sums are ours. Pure. */
export function verifyWords(signer: Signer): string {
  if (signer.kind === 'minisign') return `minisign -Vm ${SUMS} -p recon.pub && sha256sum -c ${SUMS}`;
  return `ssh-keygen -Y verify -f allowed_signers -I recon -n file -s ${SUMS}.sig < ${SUMS} && sha256sum -c ${SUMS}`;
}

/** `-n file`: the namespace that ssh-keygen(1) recommends for files. It never asks on the terminal: in a build nobody sits there. */
async function signBySsh(directory: string, { keyPath, passphrase }: Signer): Promise<CommandResult> {
  await using own = await temporaryDirectory('recon-askpass-');
  const askpass = join(own.path, 'askpass');
  await writeAtomic(askpass, '#!/bin/sh\n[ -n "$RECON_PASSPHRASE" ] && printf "%s\\n" "$RECON_PASSPHRASE"\n', 0o700);
  const environment = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':', RECON_PASSPHRASE: passphrase };
  // awaited here: the directory goes when this function ends
  return await run(['ssh-keygen', '-Y', 'sign', '-f', keyPath, '-n', 'file', join(directory, SUMS)], { timeoutMs: 60_000, environment });
}

async function signByMinisign(directory: string, { keyPath, passphrase }: Signer): Promise<CommandResult> {
  return run(['minisign', '-S', '-s', keyPath, '-m', join(directory, SUMS)], { timeoutMs: 120_000, input: `${passphrase}\n` });
}

function refusal({ keyPath, passphrase }: Signer, said: string): ReconError {
  const isLocked = /passphrase|password/i.test(said);
  if (isLocked && passphrase === '')
    return new ReconError('usage', `SIGN_KEY=${keyPath} is locked with a passphrase`, {
      hint: 'SIGN_PASSPHRASE=…, or for a key of ssh: ssh-add it and name its .pub',
    });
  if (isLocked) return new ReconError('usage', `SIGN_PASSPHRASE= does not open ${keyPath}`, { hint: 'is it the passphrase of this key?' });
  const last = said.trim().split('\n').at(-1) ?? '';
  return new ReconError('usage', `SIGN_KEY=${keyPath} does not sign: ${last}`, { hint: HINT });
}
