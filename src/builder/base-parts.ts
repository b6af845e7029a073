import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { BaseFacts } from '../domain/image.ts';
import { shareFile } from '../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import type { Log } from '../platform/log.ts';
import type { Steps } from '../platform/steps.ts';
import type { EfiFiles } from './image/efi-partition.ts';
import { type ExtractedFiles, extractedFiles, extractFiles } from './image/extract.ts';
import { hashTree } from './image/inputs.ts';
import { type KiwiCall, kiwiCreate } from './image/kiwi.ts';
import { packageCache } from './image/paths.ts';
import { modulesFolder, preparedRoot } from './image/prepared-root.ts';
import type { StagedDescription } from './image/stage.ts';
import { splitInitrd } from './initrd/split-initrd.ts';
import { type BuildPlan, checkMirror } from './plan-build.ts';
import { partsOfImage } from './sbom/parts-of-image.ts';
import { trimmedRoot } from './trim/trimmed-root.ts';

/** All of an image but our program, which an edit of that leaves as it is. Nobody may write into these files. */
export interface BaseParts extends Omit<BaseFacts, 'signed'> {
  files: ExtractedFiles;
  /** as KIWI made it */
  kiwiIso: string;
  /** KIWI's list */
  packages: string;
  /** of the stick's EFI partition */
  signed: EfiFiles;
}

export interface BaseInput {
  plan: BuildPlan;
  staged: StagedDescription;
  /** how KIWI is called, with what it says given to this one */
  call: (say: (text: string) => void) => Promise<KiwiCall>;
  steps: Pick<Steps, 'step' | 'skip'>;
  /** where packages and overlay are kept ({@link keptRoot}) */
  keptRoot: string;
  log: Log;
}

const KIND = 'base-';
const FACTS = 'base.json';
/** of {@link makeBase} */
const BASE_STEPS = 5;
/** Whatever of the sources decides what becomes of packages and overlay, beside the staged description. */
export const BASE_SOURCES = [
  ...['base-parts.ts', 'drivers', 'foreign', 'image', 'initrd', 'sbom', 'trim'].map((name) => `src/builder/${name}`),
  ...['firmware.ts', 'grub/first-config.ts', 'image.ts', 'values/architecture.ts'].map((name) => `src/domain/${name}`),
  '.ci/in-tool-root',
] as const;

/**
 * Kernel, initrd, root image and the ISO around them, without our program: kept under a hash of all that they are made of, one at a time. When
 * they are not there they are made, with packages that need no network when their root is kept.
 */
export async function baseParts(input: BaseInput): Promise<BaseParts> {
  const { plan, staged, steps, log } = input;
  const kept = join(plan.paths.cache, `${KIND}${await baseKey(input)}`);
  if (await exists(kept)) {
    steps.skip(BASE_STEPS);
    log.info('packages, root image and initrd are as they were at the last build: taken from the cache');
  } else {
    if (!(await exists(input.keptRoot))) await checkMirror(plan);
    const partial = join(plan.paths.work, 'base');
    await makeDirectory(join(partial, 'signed'));
    await makeBase(input, partial);
    for (const name of await namesIn(plan.paths.cache)) if (name.startsWith(KIND)) await removePath(join(plan.paths.cache, name));
    await movePath(partial, kept);
  }
  return readBase(kept, staged.version);
}

/** By which the parts are kept. */
export async function baseKey({ plan: { paths, level, sourceDate, profiles, recipe }, keptRoot }: BaseInput): Promise<string> {
  const settings = [basename(keptRoot), level, sourceDate ?? '', profiles, recipe];
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of BASE_SOURCES.map((name) => join(paths.repository, name))) {
    const content = await readOrUndefined(path);
    hash.update(content ?? ((await exists(path)) ? await hashTree(path) : 'none'));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The costly steps, into an empty folder. */
async function makeBase({ plan, staged, keptRoot, call, steps: { step } }: BaseInput, to: string): Promise<void> {
  const { paths, recipe } = plan;
  const target = join(paths.work, 'target');
  await makeDirectory(target);
  const { root, signed, isStandIn } = await step('KIWI prepare: packages into a root tree', async (say) =>
    preparedRoot({ paths, recipe, staged, call: await call(say), say }),
  );
  const rootImage = await step('root image: trimming the tree, packing it', async (say) =>
    trimmedRoot({ ...plan, architecture: recipe.architecture, root, rootKey: basename(keptRoot), prefix: (await call(say)).prefix, say }),
  );
  await step('KIWI create: initrd, ISO', async (say) => kiwiCreate(await call(say), { root, target }));
  const isoName = await findIso(target);
  const kiwiIso = join(target, isoName);
  const files = await step('extracting kernel and initrd', () =>
    extractFiles(kiwiIso, rootImage, { directory: to, version: staged.version, architecture: recipe.architecture }),
  );
  const rareCards = await step('initrd: taking rare drivers out', () => splitInitrd({ ...files, root, work: paths.work }));
  const packages = kiwiIso.replace(/\.iso$/, '.packages');
  const parts = await partsOfImage({ recipe, packages, root, cacheDirectory: packageCache(paths), kernel: files.kernel, signed });
  const [kernelRelease = ''] = await namesIn(await modulesFolder(root));
  const facts: BaseFacts = BaseFacts.parse({ isoName, kernelRelease, isStandIn, rareCards, signed: [...signed.keys()], parts });
  for (const path of signed.values()) await shareFile(path, join(to, 'signed', basename(path)));
  await movePath(kiwiIso, join(to, isoName));
  await movePath(packages, join(to, PACKAGES));
  await writeAtomic(join(to, FACTS), JSON.stringify(facts));
}

const PACKAGES = 'recon.packages';

async function readBase(directory: string, version: string): Promise<BaseParts> {
  const at = (name: string): string => join(directory, name);
  const text = (await readOrUndefined(at(FACTS)))?.toString('utf8') ?? '{}';
  const { signed, ...facts } = BaseFacts.parse(JSON.parse(text));
  return {
    ...facts,
    files: extractedFiles(directory, version),
    kiwiIso: at(facts.isoName),
    packages: at(PACKAGES),
    signed: new Map(signed.map((name) => [name, at(join('signed', basename(name)))])),
  };
}

async function findIso(directory: string): Promise<string> {
  const iso = (await namesIn(directory)).find((name) => name.endsWith('.iso'));
  if (iso === undefined) throw new ReconError('build-failed', 'KIWI ended without an ISO', { hint: 'see build.log' });
  return iso;
}
