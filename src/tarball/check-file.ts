import { ReconError } from '../domain/errors.ts';
import { fileFacts } from '../platform/files/file-reader.ts';
import { exists } from '../platform/files/files.ts';

/**
 * Size of the file in bytes.
 * @throws ReconError `tarball-unreadable` when there is no file, or an empty one
 */
export async function checkTarballFile(path: string): Promise<number> {
  const facts = await fileFacts(path);
  if (facts === undefined) {
    const hint = 'the file is called recon-<site>-<date>.tar.gz, on the partition RECONDATA of the stick';
    throw (await exists(path))
      ? new ReconError('tarball-unreadable', `${path} is a directory or a device, and no tarball`, { hint })
      : new ReconError('tarball-unreadable', `${path}: there is no such file`, { hint });
  }
  if (facts.sizeBytes > 0) return facts.sizeBytes;
  throw new ReconError('tarball-unreadable', `${path} is empty`, {
    hint: 'copy it from the stick again; the records themselves are below records/ there',
  });
}
