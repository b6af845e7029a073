import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import type { PoolImageDraft } from '../../../domain/pool/image-manifest.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { shareFile } from '../../../platform/files/build-files.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import { exists, readOrUndefined } from '../../../platform/files/files.ts';
import type { Log } from '../../../platform/log.ts';
import { type Steps, startSteps } from '../../../platform/steps.ts';
import { checkTree } from '../check/check-tree.ts';
import { kernelRelease } from '../check/kernel-image.ts';
import { faultLines } from '../desk/checked-text.ts';
import { placeImage } from '../store/place-image.ts';
import { type StoredImage, storedImages } from '../store/stored-images.ts';
import { type BuildContext, TREE } from './build-request.ts';
import { makeDrivers } from './drivers-step.ts';
import { hashFolders } from './hash-folders.ts';
import { setPatterns } from './module-sets.ts';
import { makePack, ROOT_SIZE, writeLists } from './pack-step.ts';
import { findKernel } from './place-kernel.ts';
import { makeRamdisk, ramdiskFolders } from './ramdisk-step.ts';
import { customiseFolders, makeParts, makeRoot } from './root-step.ts';
import { type CachedStep, cachedStep, type StepResult } from './step-cache.ts';

/** A change here makes what was built by an earlier version of the program again. */
const FORMAT = 2;
export const BUILD_STEPS = ['root', 'pack', 'ramdisk'] as const;
export type BuildStep = (typeof BUILD_STEPS)[number];

export interface BuildRequestOptions extends BuildContext {
  /** where images are kept; the steps' results lie there too, in `.work` */
  images: string;
  /** made anew although nothing has changed: packages may be newer */
  only?: BuildStep;
  log: Log;
}

interface Made {
  parts: StepResult;
  root?: StepResult;
  pack: StepResult;
  drivers: StepResult;
  ramdisk: StepResult;
}

/**
 * Builds the next version of an image. Each step is kept by what went into it, and made again only when that has changed.
 * @throws ReconError `build-failed`, `nothing-to-do` when nothing has changed, `disk-full`, `not-writable`
 */
export async function buildPoolImage({ images, only, log, ...context }: BuildRequestOptions): Promise<StoredImage> {
  const { recipe } = context;
  const work = join(images, '.work', recipe.name);
  await makeDirectory(work);
  const { step, elapsed } = startSteps({ log, total: recipe.root === undefined ? 6 : 7 });
  const made = await makeSteps(makingOf(context, { work, only, step }));
  const draft = await step('checking', () => checkedDraft(context, made));
  const placed = await step('placing the version', () => placeUnlessSame(images, recipe.name, made, draft));
  const seconds = Object.entries(draft.stepSeconds ?? {}).map(([name, taken]) => `${name} ${taken === 0 ? 'reused' : `${taken} s`}`);
  log.info(`${recipe.name}@${placed.version} is in ${placed.path} after ${elapsed()} (${seconds.join(', ')})`);
  return placed;
}

interface KeptStep extends Pick<CachedStep, 'name' | 'inputs'> {
  /** the `--step` that makes it anew */
  of: BuildStep;
  make: (directory: string, say: (text: string) => void) => Promise<void>;
}

interface Making {
  context: BuildContext;
  /** one step, kept by its inputs */
  keep: (title: string, step: KeptStep) => Promise<StepResult>;
}

function makingOf(context: BuildContext, { work, only, step }: { work: string; only: BuildStep | undefined; step: Steps['step'] }): Making {
  return {
    context,
    keep: (title, { of, make, ...cached }) =>
      step(title, async (say) => {
        const { signal } = context;
        const result = await cachedStep({ ...cached, work, signal, isFresh: only === of, make: (directory) => make(directory, say) });
        say(result.seconds === 0 ? 'nothing has changed: reused' : `done in ${result.seconds} s`);
        return result;
      }),
  };
}

async function makeSteps({ context, keep }: Making): Promise<Made> {
  const { recipe } = context;
  const parts = await keep('parts: kernel, and the programs of the ramdisk', {
    ...{ of: 'root', name: 'parts', inputs: [FORMAT, recipe.parts] },
    make: (to, say) => makeParts(context, to, say),
  });
  const root = recipe.root === undefined ? undefined : await rootStep({ context, keep }, parts);
  const pack = await packStep({ context, keep }, parts, root);
  return { parts, pack, ...(await ramdiskSteps({ context, keep }, { parts, pack, root })), ...definedOnly({ root }) };
}

async function rootStep({ context, keep }: Making, parts: StepResult): Promise<StepResult> {
  const { recipe, repository } = context;
  const folders = [...(await customiseFolders(context)), join(repository, 'overlay/etc'), join(repository, 'overlay/usr/lib')];
  return keep('root: packages into a tree, then your files and scripts', {
    ...{
      of: 'root',
      name: 'root',
      inputs: [FORMAT, parts.id, recipe.root, recipe.modulesWithout, recipe.allow, await hashFolders(folders)],
    },
    make: async (to, say) => {
      await makeRoot(context, parts.directory, to, say);
      say('checking it');
      await refuseFaults(context, join(to, TREE), join(parts.directory, TREE));
    },
  });
}

async function packStep({ context, keep }: Making, parts: StepResult, root: StepResult | undefined): Promise<StepResult> {
  const { recipe, isFast, isEmbedded } = context;
  return keep(root === undefined ? 'pack: lists of packages' : 'pack: what machines fetch', {
    ...{ of: 'pack', name: 'pack', inputs: [FORMAT, parts.id, root?.id, recipe.pack, isFast, isEmbedded] },
    make: (to, say) =>
      root === undefined
        ? writeLists(context, [parts.directory], to)
        : makePack(context, { root: root.directory, parts: parts.directory }, to, say),
  });
}

async function ramdiskSteps(
  { context, keep }: Making,
  { parts, pack, root }: Pick<Made, 'parts' | 'pack'> & { root: StepResult | undefined },
): Promise<Pick<Made, 'drivers' | 'ramdisk'>> {
  const { recipe, isFast, isEmbedded } = context;
  // an rpm system installs its own kernel; else the modules come from the parts, and stay as they are when only the root is another
  const source = recipe.root?.packager === 'dnf' && root !== undefined ? root : parts;
  const { modules, compression } = recipe.ramdisk;
  const drivers = await keep('drivers: modules of the ramdisk', {
    // no `--step` makes them anew alone: they follow from the kernel
    ...{ of: 'root', name: 'drivers', inputs: [FORMAT, source.id, setPatterns([...modules, 'handover']), compression, isFast] },
    make: (to, say) => makeDrivers(context, [join(source.directory, TREE)], to, say),
  });
  const embedded = isEmbedded && root !== undefined ? { embedded: join(pack.directory, 'root.tar.zst') } : {};
  const inputs = {
    parts: parts.directory,
    drivers: drivers.directory,
    ...(root === undefined ? {} : { root: root.directory }),
    ...embedded,
  };
  const folders = await hashFolders(await ramdiskFolders(context));
  const ramdisk = await keep('ramdisk: busybox, init, drivers', {
    ...{
      of: 'ramdisk',
      name: 'ramdisk',
      inputs: [FORMAT, drivers.id, recipe.ramdisk, recipe.pack, isFast, isEmbedded ? pack.id : '', folders],
    },
    make: (to) => makeRamdisk(context, inputs, to),
  });
  return { drivers, ramdisk };
}

/** Before minutes go into packing it; a root with a fault is not kept. */
async function refuseFaults({ recipe }: BuildContext, root: string, parts: string): Promise<void> {
  const { release } = await findKernel([parts, root]);
  const faults = (await checkTree(root, release)).filter(({ code }) => !recipe.allow.includes(code));
  if (faults.length === 0) return;
  throw new ReconError('build-failed', `the root of ${recipe.name} is not fit for machines:\n${faultLines(faults)}`, {
    hint: 'mend it in the customise folder of the recipe; what is meant is allowed there with allow: [CODE]',
  });
}

async function checkedDraft({ recipe, isEmbedded }: BuildContext, { parts, root, pack, drivers, ramdisk }: Made): Promise<PoolImageDraft> {
  const release = await kernelRelease(join(ramdisk.directory, 'kernel'));
  if (release === undefined) throw new ReconError('build-failed', 'the kernel does not say its release', { hint: 'is it a bzImage?' });
  if (root !== undefined && !(await exists(join(root.directory, TREE, 'usr/lib/modules', release, 'modules.dep')))) {
    throw new ReconError('build-failed', `the kernel is ${release}, and the root has no modules of it`, {
      hint: 'build all steps again: recon image build … --step root',
    });
  }
  const rootBytes = Number((await readOrUndefined(join(pack.directory, ROOT_SIZE)))?.toString('utf8') ?? Number.NaN);
  const tarball = await fileFacts(join(pack.directory, 'root.tar.zst'));
  const embedded = isEmbedded && tarball !== undefined ? embeddedMemoryMiB(rootBytes, tarball.sizeBytes) : 0;
  const { kind, description } = recipe;
  const minimumMemoryMiB = embedded > (recipe.minimumMemoryMiB ?? 0) ? embedded : recipe.minimumMemoryMiB;
  return {
    ...{ kind, architecture: 'x86_64' as const, builtAt: new Date().toISOString(), kernelRelease: release, recipe: recipe.name },
    ...definedOnly({ description, minimumMemoryMiB, rootBytes: Number.isNaN(rootBytes) ? undefined : rootBytes }),
    stepSeconds: {
      root: Math.round((parts.seconds + (root?.seconds ?? 0)) * 10) / 10,
      ...(root === undefined ? {} : { pack: pack.seconds }),
      drivers: drivers.seconds,
      ramdisk: ramdisk.seconds,
    },
  };
}

/**
 * What a machine needs that unpacks its root out of its ramdisk: there are both for a while, beside kernel and system. Measured: a tree of 170 MiB, 75 MiB when
 * packed, came up in 384 MiB and not in 352. Pure.
 */
export function embeddedMemoryMiB(rootBytes: number, packedBytes: number): number {
  const step = 32;
  return Math.ceil(((rootBytes + packedBytes) / 1024 ** 2 + 120) / step) * step;
}

async function placeUnlessSame(directory: string, name: string, { pack, ramdisk }: Made, draft: PoolImageDraft): Promise<StoredImage> {
  const files = [
    ...['kernel', 'ramdisk'].map((file) => [file, join(ramdisk.directory, file)] as const),
    ...['root.sqfs', 'root.tar.zst', 'packages', 'sbom'].map((file) => [file, join(pack.directory, file)] as const),
  ];
  return placeImage({
    directory,
    name,
    fill: async (partial) => {
      // one file system, and nobody writes them any more: no copy
      for (const [file, from] of files) if (await exists(from)) await shareFile(from, join(partial, file));
      return draft;
    },
    isSameAs: (await storedImages(directory)).images.findLast((image) => image.name === name),
  });
}
