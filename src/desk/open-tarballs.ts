import { ReconError } from '../domain/errors.ts';
import { type DecryptedFile, decryptFile, firstBytes } from '../platform/archive/decrypted-file.ts';
import { spooledInput } from '../platform/files/spooled-input.ts';
import { checkTarballFile } from '../tarball/check-file.ts';
import { openVisit } from '../tarball/open-visit.ts';
import type { Visit } from '../tarball/visit.ts';
import { type OnProgress, progressSteps } from './progress-steps.ts';
import { visitWithProgress } from './visit-progress.ts';

const STANDARD_INPUT = '-';

/** A tarball that can be read: the file itself, or what an encrypted one holds, for as long as it is not disposed of. */
export type PlainTarball = DecryptedFile;

/**
 * Gives a path that the reader can open; `-` is standard input. `identity` is the file that age-keygen made; a tarball that is not encrypted does without.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`
 */
export async function plainTarball(path: string, identity: string | undefined): Promise<PlainTarball> {
  if (path !== STANDARD_INPUT) return plainFile(path, identity);
  const input = await spooledInput();
  try {
    const plain = await plainFile(input.path, identity);
    const dispose = async (): Promise<void> => {
      await plain[Symbol.asyncDispose]();
      await input[Symbol.asyncDispose]();
    };
    return { path: plain.path, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await input[Symbol.asyncDispose]();
    throw error;
  }
}

async function plainFile(path: string, identity: string | undefined): Promise<PlainTarball> {
  await checkTarballFile(path);
  const head = await firstBytes(path);
  if (head === 'armored')
    throw new ReconError('tarball-unreadable', `${path} is encrypted as text, which is not read here`, {
      hint: 'age -d -i key.txt -o visit.tar.gz FILE opens it',
    });
  if (head === 'age') {
    if (identity !== undefined) return decryptFile(path, identity);
    throw new ReconError('identity-wrong', `${path} is encrypted`, {
      hint: 'name the file of age-keygen that opens it: --identity key.txt. Without that file nobody can open it.',
    });
  }
  if (head === undefined && path.endsWith('.age'))
    throw new ReconError('tarball-unreadable', `${path} does not begin like a file of age`, { hint: 'copy it from the stick again' });
  return { path, [Symbol.asyncDispose]: async () => {} };
}

/**
 * Opens tarballs, encrypted or not, for as long as `use` takes. Each is called by its own path, not by that of its decrypted content.
 * What cannot be read of them is warned of, and the rest is used.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`; after `use`: `tarball-incomplete` when there was something to warn of
 */
export async function withVisits(
  paths: readonly string[],
  { identity, warn, onProgress = () => {} }: { identity?: string; warn: (fault: string) => void; onProgress?: OnProgress },
  use: (visits: readonly Visit[]) => Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const visits: Visit[] = [];
  const faults = new Set<string>();
  const tell = (): void => {
    for (const visit of visits) {
      for (const fault of visit.faults) {
        if (faults.has(fault)) continue;
        faults.add(fault);
        warn(fault);
      }
    }
  };
  for (const path of paths) {
    onProgress(`${path}: opening it`);
    const plain = opened.use(await plainTarball(path, identity));
    let onRead: ((readBytes: number) => void) | undefined;
    const visit = await openVisit(plain.path, {
      onRead: (readBytes, totalBytes) => {
        onRead ??= progressSteps(path, totalBytes, onProgress);
        onRead(readBytes);
      },
    });
    const named = {
      ...visit,
      path,
      get faults() {
        return visit.faults.map((fault) => fault.replace(plain.path, path));
      },
    };
    visits.push(visitWithProgress(named, onProgress));
  }
  tell();
  await use(visits);
  // some faults show only when a line is read
  tell();
  if (faults.size === 0) return;
  throw new ReconError(
    'tarball-incomplete',
    `done with what could be read: see ${faults.size === 1 ? 'the warning' : 'the warnings'} above`,
    {
      hint: 'recon verify lists every fault. Copy the tarball from the stick again, or use the Recon that made it when it is a newer one.',
    },
  );
}
