import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { nearestWord } from '../../../domain/values/nearest-word.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import { settingsFromText } from '../../../settings/settings-text.ts';
import { IMAGE_FAULT_CODES } from '../check/image-fault.ts';
import { MODULE_SETS } from './module-sets.ts';

const Packages = z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]*$/, 'the name of a package')).min(1);
const TreePath = z.string().regex(/^[A-Za-z0-9._+-]+(\/[A-Za-z0-9._+-]+)*$/, 'a path in the tree, without a slash before it');
const Debian = {
  suite: z.string().regex(/^[a-z][a-z0-9-]*$/),
  components: z
    .array(z.string().regex(/^[a-z-]+$/))
    .min(1)
    .default(['main']),
};

const Root = z.discriminatedUnion('packager', [
  z.strictObject({ packager: z.literal('mmdebstrap'), ...Debian, packages: Packages }),
  z.strictObject({ packager: z.literal('dnf'), release: z.string().regex(/^\d+(\.\d+)?$/), packages: Packages }),
]);

/** `recipe.yaml` of an image of the boot pool. Beside it: `customise/`, and `ramdisk/` for files of its own. */
export const ImageRecipe = z.strictObject({
  name: PoolName,
  description: z.string().max(200).exactOptional(),
  kind: z.enum(['compute', 'failsafe']),
  root: Root.exactOptional().meta({ description: 'the system; failsafe has none' }),
  parts: z
    .strictObject({ ...Debian, packages: Packages })
    .meta({ description: 'packages that are unpacked for kernel and ramdisk, and not installed' }),
  modulesWithout: z.array(TreePath).default([]).meta({
    description:
      "folders below the modules' kernel/ that the root does without; drivers of network cards and disks, and what they need, stay all the same",
  }),
  pack: z.array(z.enum(['squashfs', 'tarball'])).default(['squashfs']),
  ramdisk: z.strictObject({
    files: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
    programs: z.array(TreePath).default([]).meta({ description: 'programs of the parts, with the libraries that they need' }),
    modules: z.array(z.enum(MODULE_SETS)).min(1),
    compression: z.enum(['zstd', 'xz']).default('zstd'),
  }),
  minimumMemoryMiB: z.int().positive().exactOptional(),
  allow: z.array(z.enum(IMAGE_FAULT_CODES)).default([]).meta({ description: 'faults of `recon image check` that are meant' }),
});
export type ImageRecipe = z.infer<typeof ImageRecipe>;

export interface LocatedRecipe {
  recipe: ImageRecipe;
  /** its folder */
  directory: string;
}

/**
 * A recipe by the name of a folder in `recipes/images`, or by the path of a folder, which has a slash in it.
 * @throws ReconError `recipe-unknown` with those that there are, `usage` with file, line and nearest word
 */
export async function findImageRecipe(recipes: string, name: string): Promise<LocatedRecipe> {
  const directory = name.includes('/') ? resolve(name) : join(recipes, name);
  const path = join(directory, 'recipe.yaml');
  const text = (await readOrUndefined(path))?.toString('utf8');
  if (text === undefined) throw unknown(name, directory, await imageRecipes(recipes));
  const outcome = settingsFromText(text, ImageRecipe);
  if (outcome.outcome === 'wrong') {
    const [first] = outcome.mistakes;
    throw new ReconError(
      'usage',
      outcome.mistakes.map(({ line, message }) => `${path} line ${line}: ${message}`).join('\n'),
      definedOnly({ hint: first?.hint }),
    );
  }
  if (outcome.settings.kind === 'compute' && outcome.settings.root === undefined) {
    throw new ReconError('usage', `${path}: a compute image needs a root`, { hint: 'see recipes/images/compute-debian-13' });
  }
  return { recipe: outcome.settings, directory };
}

/** Names of the recipes that come with the program. */
async function imageRecipes(recipes: string): Promise<string[]> {
  const names = await listDirectory(recipes);
  const withRecipe = await Promise.all(
    names.map(async (name) => ((await readOrUndefined(join(recipes, name, 'recipe.yaml'))) === undefined ? [] : [name])),
  );
  return withRecipe.flat();
}

function unknown(name: string, directory: string, names: readonly string[]): ReconError {
  const near = nearestWord(name, names);
  const hint =
    near === undefined
      ? `there are: ${names.join(', ')}; a recipe of your own is named by its path, such as ./my-image`
      : `did you mean ${near}?`;
  return new ReconError('recipe-unknown', `there is no recipe ${name.includes('/') ? `in ${directory}` : name}`, { hint });
}
