import { join } from 'node:path';
import { ISO_PATHS } from '../../domain/image.ts';
import { setMode, shareFile } from '../../platform/files/build-files.ts';
import { runOk } from '../../platform/process/command.ts';

export interface ExtractedFiles {
  kernel: string;
  initrd: string;
  /** drivers of rare cards and controllers, made when the initrd is split */
  drivers: string;
  rootImage: string;
}

/**
 * Takes kernel and initrd out of KIWI's ISO, and puts our root image beside them. dracut writes the initrd with mode 0600; a web server must
 * read it.
 */
export async function extractFiles(
  isoPath: string,
  rootImage: string,
  { directory, version }: { directory: string; version: string },
): Promise<ExtractedFiles> {
  const files = {
    kernel: join(directory, `linux-${version}`),
    initrd: join(directory, `initrd-${version}`),
    drivers: join(directory, `drivers-${version}`),
    rootImage: join(directory, `recon-${version}.squashfs`),
  };
  const extracts = (['kernel', 'initrd'] as const).flatMap((part) => ['-extract', `/${ISO_PATHS[part]}`, files[part]]);
  await runOk(['xorriso', '-osirrox', 'on', '-overwrite', 'on', '-indev', isoPath, ...extracts], { timeoutMs: 5 * 60_000 });
  await shareFile(rootImage, files.rootImage);
  for (const path of [files.kernel, files.initrd, files.rootImage]) await setMode(path, 0o644);
  return files;
}

/** The one file in the ISO that names it: KIWI's `/boot/0x…`. */
export async function findMarker(isoPath: string): Promise<string> {
  const listing = await runOk(['xorriso', '-indev', isoPath, '-find', '/boot', '-maxdepth', '1', '-name', '0x*'], { timeoutMs: 60_000 });
  const marker = /'(\/boot\/0x[0-9a-f]+)'/.exec(listing)?.[1];
  return marker ?? `/${ISO_PATHS.manifest}`;
}
