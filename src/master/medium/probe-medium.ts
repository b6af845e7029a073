import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { removePath } from '../../platform/files/directories.ts';
import { hashOnMedium, writeHashed } from '../../platform/files/hashed-files.ts';
import { mediumFaultOf } from '../../platform/files/medium-fault.ts';

/**
 * Writes a little and reads it back from the medium: a mount that worked says nothing about the next write. One that has no room can be read and
 * sealed, which is all that is asked of it. @throws the system's error, or ReconError `verify-failed`
 */
export async function probeMedium(directory: string, sync: () => Promise<void>): Promise<void> {
  const path = join(directory, '.recon-probe');
  await removePath(path);
  const written = await writeHashed(path, [Buffer.from('recon\n')]).catch(async (error: unknown) => {
    if (mediumFaultOf(error) !== 'full') throw error;
    await removePath(path);
    return undefined;
  });
  if (written === undefined) return sync();
  await sync();
  const found = await hashOnMedium(path);
  await removePath(path);
  if (found.sha256 !== written.sha256) throw new ReconError('verify-failed', `${path} reads back otherwise than it was written`);
}
