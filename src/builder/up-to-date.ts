import { join } from 'node:path';
import { ImageManifest } from '../domain/image.ts';
import { exists, readOrUndefined } from '../platform/files/files.ts';
import { fileSize } from '../platform/machine/disk-image-file.ts';

/** True when the output was made from exactly these inputs and is still whole. */
export async function isUpToDate(output: string, inputs: string): Promise<boolean> {
  const manifest = await readBuildManifest(output);
  if (manifest === undefined || manifest['inputs'] !== inputs || manifest.files.iso === undefined) return false;
  return isBuildWhole(output, manifest);
}

/** True when all files of a manifest are there and have its sizes. */
export async function isBuildWhole(output: string, manifest: ImageManifest): Promise<boolean> {
  for (const file of Object.values(manifest.files)) {
    const path = join(output, file.name);
    if (!(await exists(path)) || (await fileSize(path)) !== file.sizeBytes) return false;
  }
  return true;
}

/** `manifest.json` of a finished build; undefined when there is none that we understand. */
export async function readBuildManifest(output: string): Promise<ImageManifest | undefined> {
  const bytes = await readOrUndefined(join(output, 'manifest.json'));
  if (bytes === undefined) return undefined;
  try {
    return ImageManifest.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
