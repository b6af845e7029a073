import { join } from 'node:path';
import { findDebianMirror } from '../../builder/image/apt-mirror.ts';
import { aptSources } from '../../builder/image/apt-sources.ts';
import { ReconError } from '../../domain/errors.ts';
import { copyTree } from '../../platform/files/build-files.ts';
import { removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { buildPoolImage } from '../../pool/image/build/build-image.ts';
import { findImageRecipe } from '../../pool/image/build/image-recipe.ts';
import type { LabImageVersion, PoolFolder } from './folder.ts';

/** Compute once more, with its root as a tarball: one that the ramdisk fetches, and one that it brings along. */
export interface RootForms {
  unpacked: LabImageVersion;
  embedded: LabImageVersion;
}

const NAME = 'compute-tarball';

/**
 * Builds both below `builds/`, where the steps are kept for the next time, and gives the rehearsed pool a profile for each. Needs root.
 * @throws ReconError `host-unfit` without a mirror, and what a build throws
 */
export async function addRootForms({ path }: Pick<PoolFolder, 'path'>, repository: string, log: Log): Promise<RootForms> {
  const mirror = process.env['MIRROR'] ?? findDebianMirror(await aptSources());
  if (mirror === undefined)
    throw new ReconError('host-unfit', 'this host has no Debian mirror in its apt sources', { hint: 'name one: MIRROR=http://…' });
  const located = await findImageRecipe(join(repository, 'recipes/images'), 'compute-debian-13');
  const images = join(repository, 'builds/.pool-forms');
  await removePath(join(images, NAME));
  const build = async (isEmbedded: boolean): Promise<LabImageVersion> => {
    const recipe = { ...located.recipe, name: NAME, pack: ['tarball' as const] };
    const { signal } = new AbortController();
    const built = await buildPoolImage({
      ...{ ...located, recipe, repository, mirror, repositories: [], isFast: true, isEmbedded, signal, images, log },
    });
    await copyTree(built.path, join(path, 'images', NAME, `${built.version}`));
    return built;
  };
  const forms = { unpacked: await build(false), embedded: await build(true) };
  for (const [profile, { version }] of Object.entries(forms)) {
    const text = `kind: compute\nimage: ${NAME}@${version}\n${profile === 'unpacked' ? 'root: tmpfs\n' : ''}`;
    const words = "arguments: ['console=ttyS0,115200n8', no_timer_check, norandmaps, systemd.default_timeout_start_sec=600]\n";
    await writeAtomic(join(path, 'pool/profiles', `${profile}.yaml`), `${text}${words}`);
  }
  return forms;
}
