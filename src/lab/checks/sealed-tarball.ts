import { join } from 'node:path';
import { decryptFile, firstBytes } from '../../platform/archive/decrypted-file.ts';
import { run } from '../../platform/process/command.ts';
import type { ConsoleLine } from '../machine/console-text.ts';
import { readTarball, type TarballContent } from '../stick/read-tarball.ts';

const PROGRAM = join(import.meta.dirname, '../../../recon');
const CODE = '[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}';

/** The codes that a master has shown, each once; a person writes one of them down. */
export function codesOn(console: readonly ConsoleLine[]): string[] {
  const said = new RegExp(`code (?:of this visit: |is )?(${CODE})\\b`);
  return [...new Set(console.flatMap(({ text }) => said.exec(text)?.[1] ?? []))];
}

/**
 * What a person does with the tarball of a stick that encrypts: looks that nobody else can read it, compares the code of `recon verify`
 * with the one on the master's screen, and opens it.
 */
export async function openSealedTarball(
  path: string,
  { identityPath, console, directory }: { identityPath: string; console: readonly ConsoleLine[]; directory: string },
): Promise<TarballContent> {
  const isEncrypted = path.endsWith('.age') && (await firstBytes(path)) === 'age';
  const findings = isEncrypted ? [] : [`${path} is not encrypted, although recon.yaml has a key`];
  if ((await run([PROGRAM, 'verify', path], { timeoutMs: 60_000 })).status === 'ok')
    findings.push(`${path} can be read without an identity`);
  const verified = await run([PROGRAM, 'verify', path, '--identity', identityPath], { timeoutMs: 120_000 });
  const printed = new RegExp(`Its code is (${CODE}):`).exec(verified.stdout.toString('utf8'))?.[1];
  if (verified.status !== 'ok' || printed === undefined)
    findings.push(
      `recon verify does not find the tarball good: ${verified.stdout.toString('utf8')}${verified.stderr.toString('utf8')}`.trim(),
    );
  const shown = codesOn(console);
  if (shown.length !== 1 || shown[0] !== printed)
    findings.push(`the master's screen shows the code ${shown.join(', ') || '(none)'}, and recon verify prints ${printed ?? 'none'}`);
  await using plain = isEncrypted ? await decryptFile(path, identityPath) : undefined;
  const content = await readTarball(plain?.path ?? path, directory);
  return { ...content, findings: [...findings, ...content.findings] };
}
