import { ReconError } from '../domain/errors.ts';
import { type DecryptedFile, decryptFile } from '../platform/decrypted-file.ts';
import { openVisit } from '../report/open-visit.ts';
import type { Visit } from '../report/visit.ts';

/** A tarball that can be read: the file itself, or what an encrypted one holds, for as long as it is not disposed of. */
export type PlainTarball = DecryptedFile;

/**
 * Gives a path that the reader can open. `identity` is the file that age-keygen made.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`
 */
export async function plainTarball(path: string, identity: string | undefined): Promise<PlainTarball> {
  if (!path.endsWith('.age')) return { path, [Symbol.asyncDispose]: async () => {} };
  if (identity !== undefined) return decryptFile(path, identity);
  throw new ReconError('identity-wrong', `${path} is encrypted`, { hint: 'name the file of age-keygen that opens it: --identity key.txt' });
}

/**
 * Opens tarballs, encrypted or not, for as long as `use` takes. Each is called by its own path, not by that of its decrypted content.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`
 */
export async function withVisits(
  paths: readonly string[],
  { identity, warn }: { identity?: string; warn: (fault: string) => void },
  use: (visits: readonly Visit[]) => Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const visits: Visit[] = [];
  for (const path of paths) {
    const plain = opened.use(await plainTarball(path, identity));
    const visit = await openVisit(plain.path);
    for (const fault of visit.faults) warn(fault.replace(plain.path, path));
    visits.push({ ...visit, path });
  }
  await use(visits);
}
