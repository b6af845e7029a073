import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { removePath } from '../../platform/files/directories.ts';
import { hashOnMedium, writeHashed } from '../../platform/files/hashed-files.ts';

/** Writes a little and reads it back from the medium: a mount that worked says nothing about the next write. */
export async function probeMedium(directory: string, sync: () => Promise<void>): Promise<void> {
  const path = join(directory, '.recon-probe');
  await removePath(path);
  const written = await writeHashed(path, [Buffer.from('recon\n')]);
  await sync();
  const found = await hashOnMedium(path);
  await removePath(path);
  if (found.sha256 !== written.sha256) throw new ReconError('verify-failed', `${path} reads back otherwise than it was written`);
}
