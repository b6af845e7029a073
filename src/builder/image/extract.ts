import { join } from 'node:path';
import { bootPaths } from '../../domain/image.ts';
import type { Architecture } from '../../domain/values/architecture.ts';
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
  { directory, version, architecture }: { directory: string; version: string; architecture: Architecture },
): Promise<ExtractedFiles> {
  const files = extractedFiles(directory, version);
  const inIso = bootPaths(architecture);
  const extracts = (['kernel', 'initrd'] as const).flatMap((part) => ['-extract', `/${inIso[part]}`, files[part]]);
  await runOk(['xorriso', '-osirrox', 'on', '-overwrite', 'on', '-indev', isoPath, ...extracts], { timeoutMs: 5 * 60_000 });
  await shareFile(rootImage, files.rootImage);
  for (const path of [files.kernel, files.initrd, files.rootImage]) await setMode(path, 0o644);
  return files;
}

/** By the names that they are served under. */
export function extractedFiles(directory: string, version: string): ExtractedFiles {
  return {
    kernel: join(directory, `linux-${version}`),
    initrd: join(directory, `initrd-${version}`),
    drivers: join(directory, `drivers-${version}`),
    rootImage: join(directory, `recon-${version}.squashfs`),
  };
}
