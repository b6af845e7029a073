import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { errorCode } from './files.ts';

/**
 * All of standard input as a temporary file without a name: it can be read as often as wanted, and is gone when this process is, however that ends.
 * @throws ReconError `usage` when nothing comes, `disk-full`
 */
export async function spooledInput(input: AsyncIterable<Uint8Array> = process.stdin): Promise<{ path: string } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'recon-'));
  const file = await open(join(directory, 'input'), 'wx+', 0o600);
  await rm(directory, { recursive: true });
  try {
    for await (const chunk of input) await file.writeFile(chunk);
    if ((await file.stat()).size === 0)
      throw new ReconError('usage', 'nothing came on standard input', { hint: 'cat TARBALL | recon verify -; it can be read once' });
  } catch (error) {
    await file.close();
    if (errorCode(error) !== 'ENOSPC') throw error;
    throw new ReconError('disk-full', `there is no room in ${tmpdir()} for what comes on standard input`, {
      hint: 'name a directory with room: TMPDIR=/some/directory recon ...',
      cause: error,
    });
  }
  return { path: `/proc/${process.pid}/fd/${file.fd}`, [Symbol.asyncDispose]: async () => file.close() };
}
