import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { COLLECTORS_DIRECTORY, COLLECTORS_MANIFEST } from '../../domain/collectors.ts';
import { SITE_SETTINGS_FILE } from '../../domain/site-settings.ts';
import { newAgeKeys } from '../../platform/archive/age.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import type { NetworkNamespace } from '../../platform/network/network-namespace.ts';
import { OFFER_FENCE_TABLE } from '../../platform/network/offer-fence.ts';
import { type Argv, run, runOk } from '../../platform/process/command.ts';
import type { TarballContent } from './read-tarball.ts';
import { putDataFile, type Stick } from './stick.ts';

/** What an operator has set for the rehearsal. */
export interface StickSettings {
  site: string;
  /** private key that recon.yaml names the public part of */
  keyPath: string;
  /** what every machine's own collector must have said */
  word: string;
  /** secret key that the tarball can be opened with: recon.yaml names the public half */
  identityPath: string;
}

const COLLECTOR = 'rehearsal';

/** Fills in recon.yaml and a collector, as somebody with a laptop would: the stick has no execute bits. */
export async function writeStickSettings(stick: Stick, machineCount: number, directory: string): Promise<StickSettings> {
  const keyPath = join(directory, 'operator-key');
  await runOk(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'rehearsal', '-f', keyPath], { timeoutMs: 30_000 });
  const publicKey = (await readOrUndefined(`${keyPath}.pub`))?.toString('utf8').trim() ?? '';
  const identityPath = join(directory, 'age-key.txt');
  const { identity, recipient } = await newAgeKeys();
  await writeAtomic(identityPath, `${identity}\n`, 0o600);
  const word = randomBytes(8).toString('hex');
  const site = 'rehearsal';
  const files = {
    [SITE_SETTINGS_FILE]: `site: ${site}\nexpected:\n  count: ${machineCount}\nssh:\n  authorizedKey: ${publicKey}\nencryptTo: ${recipient}\n`,
    [`${COLLECTORS_DIRECTORY}/${COLLECTORS_MANIFEST}`]: `collectors:\n  - name: ${COLLECTOR}\n    run: say.sh\n    arguments: ["${word}"]\n`,
    [`${COLLECTORS_DIRECTORY}/say.sh`]: '#!/bin/sh\nprintf \'{"word":"%s","kernel":"%s"}\\n\' "$1" "$(uname -r)"\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, `stick-${name.replaceAll('/', '-')}`);
    await writeAtomic(path, text);
    await putDataFile(stick, path, name);
  }
  return { site, keyPath, word, identityPath };
}

/** Adds to recon.yaml that nothing readable may be left after the visit. */
export async function askToClear(stick: Stick, directory: string): Promise<void> {
  const path = join(directory, `stick-${SITE_SETTINGS_FILE}`);
  await writeAtomic(path, `${(await readOrUndefined(path))?.toString('utf8') ?? ''}keepRecords: false\n`);
  await putDataFile(stick, path, SITE_SETTINGS_FILE);
}

/** Findings: records without what the operator's collector said on each machine. */
export function findCollectorTrouble({ nodes }: Pick<TarballContent, 'nodes'>, { word }: Pick<StickSettings, 'word'>): string[] {
  return [...nodes].flatMap(([machine, { sections }]) => {
    const section = sections.custom;
    if (section?.status !== 'ok')
      return [`${machine}: custom is ${section?.status ?? 'missing'} in the record, although the stick has a collector`];
    const output = section.data.find(({ name }) => name === COLLECTOR);
    const said = (output?.data as { word?: unknown } | undefined)?.word;
    return said === word
      ? []
      : [`${machine}: the operator's collector should have said ${word} and said ${JSON.stringify(output ?? null)}`];
  });
}

/** Findings: a machine that does not let the operator in with the key, or lets somebody in without. */
export async function findLoginTrouble(
  machine: string,
  address: string,
  namespace: NetworkNamespace,
  { keyPath }: StickSettings,
): Promise<string[]> {
  const login = (...options: string[]) =>
    run(namespace.inside(loginArguments(address, options, ['cat', '/proc/sys/kernel/hostname'])), { timeoutMs: 60_000 });
  const withKey = await login('-i', keyPath);
  const without = await login('-o', 'IdentityFile=/nonexistent');
  return [
    ...(withKey.stdout.toString('utf8').trim() === 'recon'
      ? []
      : [`${machine} (${address}) does not let the operator in: ${withKey.stderr.toString('utf8').trim().split('\n').at(-1) ?? ''}`]),
    ...(without.status === 'failed' ? [] : [`${machine} (${address}) lets somebody in without the operator's key`]),
  ];
}

/** Findings: what keeps one address from being offered twice does not stand on a master that serves. */
export async function findOfferFenceTrouble(address: string, namespace: NetworkNamespace, { keyPath }: StickSettings): Promise<string[]> {
  const argv = loginArguments(address, ['-i', keyPath], ['nft', 'list', 'table', ...OFFER_FENCE_TABLE.split(' ')]);
  const listing = await run(namespace.inside(argv), { timeoutMs: 60_000 });
  if (/hook output/.test(listing.stdout.toString('utf8'))) return [];
  return [
    `the master may offer one address to two machines: nft has no table ${OFFER_FENCE_TABLE}: ${listing.stderr.toString('utf8').trim()}`,
  ];
}

function loginArguments(address: string, options: readonly string[], command: readonly string[]): Argv {
  return [
    'ssh',
    ...['-F', '/dev/null', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no', '-o', 'BatchMode=yes'],
    ...['-o', 'ConnectTimeout=20', '-o', 'IdentityAgent=none', ...options, `root@${address}`, ...command],
  ];
}
