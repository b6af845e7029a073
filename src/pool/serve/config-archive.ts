import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { tarTime } from '../../domain/values/tar-time.ts';
import type { OverlayFile } from './overlay-files.ts';

/** A tar archive of a node's files; later ones of the same path win when it is unpacked. */
export async function configArchive(files: readonly OverlayFile[], modified: Date): Promise<Buffer> {
  const archive = pack();
  for (const { path, content, mode } of files) archive.entry({ name: path, mode, mtime: tarTime(modified), uid: 0, gid: 0 }, content);
  archive.finalize();
  return buffer(archive);
}
