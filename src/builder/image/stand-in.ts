import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import type { ImageManifest } from '../../domain/image.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** In a root that is made of another distribution's packages under the names of the recipe's: to try the way, and to be used by nobody. */
export const STAND_IN_MARK = 'etc/recon-stand-in';

/**
 * Where the root is a stand-in, its image says so in file name and volume id; KIWI takes both from the description in the root. Gives whether it is.
 */
export async function markStandIn(root: string): Promise<boolean> {
  if (!(await exists(join(root, STAND_IN_MARK)))) return false;
  const path = join(root, 'image/config.xml');
  const xml = (await readOrUndefined(path))?.toString('utf8') ?? '';
  await writeAtomic(path, standInDescription(xml));
  return true;
}

/** Pure; a second time nothing changes. */
export function standInDescription(xml: string): string {
  return xml.replace(/(<image\b[^>]*\sname=")recon"/, '$1recon-stand-in"').replaceAll(/\bvolid="RECON"/g, 'volid="RECON_STAND_IN"');
}

/** @throws ReconError `usage` for an image that must not get where machines boot it */
export function refuseStandIn(manifest: ImageManifest, recipeName: string): void {
  if (manifest.standIn !== true) return;
  throw new ReconError('usage', `builds/${recipeName}/ holds a stand-in, made of another distribution's packages: nobody should boot it`, {
    hint: `build it from the real packages: ./make-recipe-target ${recipeName} clean, then target without MIRROR= of the stand-in`,
  });
}
