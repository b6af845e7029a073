import { basename, join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { ImageManifest } from '../domain/image.ts';
import type { RecipeBudgets } from '../domain/recipe.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { exists, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { openTextLog, type TextLog } from '../platform/files/text-log.ts';
import type { Log } from '../platform/log.ts';
import { startSteps } from '../platform/steps.ts';
import { alone } from './alone.ts';
import { recordsThatFit } from './image/data-partition.ts';
import { type ExtractedFiles, extractFiles } from './image/extract.ts';
import { finishIso } from './image/finish-iso.ts';
import { buildDate, type ImageIdentity, imageIdentity } from './image/identity.ts';
import { type KiwiCall, kiwiCreate, progressOf } from './image/kiwi.ts';
import { kiwiLuck } from './image/kiwi-luck.ts';
import { describeBuild, writeManifest } from './image/manifest.ts';
import { type BuildPaths, packageCache } from './image/paths.ts';
import { keptRoot, modulesFolder, preparedRoot } from './image/prepared-root.ts';
import { stageDescription } from './image/stage.ts';
import { kiwiRunner } from './image/tool-root.ts';
import { splitInitrd } from './initrd/split-initrd.ts';
import { hashSources, inputsOfSources, noteInputsOfSources } from './kept-sources.ts';
import { type BuildPlan, type BuildRequest, checkMirror, inputsOf, planBuild } from './plan-build.ts';
import { imageSbom } from './sbom/image-sbom.ts';
import { SUMS, signSums, verifyWords } from './sign-sums.ts';
import { SQUASH_LEVELS } from './trim/squash-root.ts';
import { trimmedRoot } from './trim/trimmed-root.ts';
import { isUpToDate } from './up-to-date.ts';
import { verifyImage } from './verify/verify.ts';

/**
 * Builds the live image of a recipe into `builds/<recipe>/`, step by step. Nothing of an earlier build is lost before the new one is
 * verified.
 * @throws ReconError `host-unfit`, `not-root`, `not-writable`, `disk-full`, `usage`, `build-failed`, `verify-failed`, `command-failed`, `busy`
 */
export async function buildImage({ log, ...request }: BuildRequest & { log: Log }): Promise<void> {
  const plan = await planBuild(request);
  await alone(plan.paths, () => buildPlanned(plan, log));
}

async function buildPlanned(plan: BuildPlan, log: Log): Promise<void> {
  const sources = await hashSources(plan);
  const known = await inputsOfSources(plan.paths, sources);
  if (known !== undefined && (await isUpToDate(plan.paths.output, known))) return sayUpToDate(plan, log);
  await buildAnew(plan, sources, log);
}

async function buildAnew(plan: BuildPlan, sources: string, log: Log): Promise<void> {
  const { recipe, paths, sizeBytes } = plan;
  const { step, elapsed } = startSteps({ log, total: 10 });
  await removePath(paths.work);
  const [target, fresh] = await workDirectories(paths);

  const staged = await step('bundling the program, staging the overlay', () => stageDescription(paths, plan.configXml));
  const inputs = await inputsOf(plan, staged.directory);
  await noteInputsOfSources(plan, sources, inputs);
  if (await isUpToDate(paths.output, inputs)) {
    await removePath(paths.work);
    return sayUpToDate(plan, log);
  }
  // packages that are kept need no network
  if (!(await exists(await keptRoot(paths, staged)))) await checkMirror(plan);
  const kiwiLog = await openTextLog(paths.log);
  try {
    const rootKey = basename(await keptRoot(paths, staged));
    const luck = await kiwiLuck(join(paths.work, 'luck'), rootKey);
    const call = (say: (text: string) => void): Promise<KiwiCall> => kiwiCall(plan, { log, kiwiLog, luck, say });
    const { root, signed, isStandIn } = await step('KIWI prepare: packages into a root tree', async (say) =>
      preparedRoot({ paths, recipe, staged, call: await call(say), say }),
    );
    const rootImage = await step('root image: trimming the tree, packing it', async (say) =>
      trimmedRoot({ ...plan, root, rootKey, prefix: (await call(say)).prefix, say }),
    );
    await step('KIWI create: initrd, ISO', async (say) => kiwiCreate(await call(say), { root, target }));
    const kiwiIso = join(target, await findIso(target));
    const files = await step('extracting kernel and initrd', () =>
      extractFiles(kiwiIso, rootImage, { directory: fresh, version: staged.version }),
    );
    const rareCards = await step('initrd: taking rare drivers out', () => splitInitrd({ ...files, root, work: paths.work }));
    const identity = imageIdentity(inputs, buildDate(plan.sourceDate, new Date()));
    const manifest = await step('writing the manifest', () =>
      makeManifest(plan, { version: staged.version, root, isStandIn, rareCards, files, inputs, identity }),
    );
    const isoPath = join(fresh, basename(kiwiIso));
    const sbomPath = join(fresh, 'recon.cdx.json');
    const packages = kiwiIso.replace(/\.iso$/, '.packages');
    const parts = { recipe, packages, root, cacheDirectory: packageCache(paths), kernel: files.kernel, signed };
    await writeAtomic(sbomPath, await imageSbom(paths.repository, parts));
    const menuPath = `${recipe.grubDirectory}/grub.cfg`;
    await step(`appending the data partition (${sizeBytes / 1024 / 1024} MB)`, () =>
      finishIso({ ...recipe, kiwiIso, isoPath, files, workDirectory: paths.work, menuPath, manifest, identity, signed, sbomPath }),
    );
    await kiwiLog.flush();
    await step('verifying', (say) =>
      verifyImage({ ...recipe, paths, isoPath, menuPath, files, budgets: budgetsOf(plan), dataSizeBytes: sizeBytes, say }),
    );
    await step('placing the result', () => placeResult(plan, { fresh, kiwiIso, isoPath, sbomPath, manifest }));
    for (const line of resultLines(plan, basename(isoPath), elapsed())) log.info(line);
  } finally {
    await kiwiLog.close();
    await removePath(paths.work);
  }
}

async function sayUpToDate({ recipe, paths, signer }: BuildPlan, log: Log): Promise<void> {
  if (signer !== undefined) log.info(`${await signSums(paths.output, signer)} is made anew; to verify: ${verifyWords(signer)}`);
  log.info(`builds/${recipe.name}/ is up to date: nothing has changed since it was built`);
}

/** They are for what goes out. */
function budgetsOf({ recipe, level }: BuildPlan): RecipeBudgets | undefined {
  return level === SQUASH_LEVELS.small ? recipe.budgetsMb : undefined;
}

/** Where KIWI puts its result, and where ours is finished. */
async function workDirectories({ work }: BuildPaths): Promise<[target: string, fresh: string]> {
  const [target, fresh] = [join(work, 'target'), join(work, 'fresh')];
  await makeDirectory(target);
  await makeDirectory(fresh);
  return [target, fresh];
}

/** How KIWI is called here. What it says goes into build.log; `say` gets what a person wants to know of it. */
async function kiwiCall(
  { recipe, paths, mirror, release, profiles, repositories }: BuildPlan,
  { log, kiwiLog, luck, say }: { log: Log; kiwiLog: TextLog; luck: KiwiCall['luck']; say: (text: string) => void },
): Promise<KiwiCall> {
  const leap = recipe.family === 'suse' ? { leap: { release, repositories: repositories.map(({ url }) => url) } } : {};
  const { prefix } = await kiwiRunner({ repositoryRoot: paths.repository, mirror, log, ...leap });
  const [cacheDirectory, temporaryDirectory] = [packageCache(paths), join(paths.cache, 'tmp')];
  for (const directory of [cacheDirectory, temporaryDirectory]) await makeDirectory(directory);
  let told = '';
  const onLine = (line: string): void => {
    kiwiLog.line(line);
    const progress = progressOf(line);
    if (progress === undefined || progress === told) return;
    told = progress;
    say(progress);
  };
  return { prefix, profiles, cacheDirectory, temporaryDirectory, luck, onLine };
}

async function findIso(directory: string): Promise<string> {
  const iso = (await namesIn(directory)).find((name) => name.endsWith('.iso'));
  if (iso === undefined) throw new ReconError('build-failed', 'KIWI ended without an ISO', { hint: 'see build.log' });
  return iso;
}

async function makeManifest(
  { recipe, paths, sizeBytes, encryptTo }: BuildPlan,
  made: {
    version: string;
    root: string;
    isStandIn: boolean;
    rareCards: string[];
    files: ExtractedFiles;
    inputs: string;
    identity: ImageIdentity;
  },
): Promise<ImageManifest> {
  const { version, root, isStandIn, rareCards, files, inputs, identity } = made;
  const { builtAt, isoUuid, dataPartitionUuid } = identity;
  const [kernelRelease = ''] = await namesIn(await modulesFolder(root));
  return describeBuild({
    ...{ recipe: recipe.name, version, repository: paths.repository, builtAt, kernelRelease, isoUuid, dataPartitionUuid },
    ...{ dataSizeBytes: sizeBytes, encryptTo, isStandIn, rareCards, files, inputs },
  });
}

/** From here on the earlier build is replaced. */
async function placeResult(
  { paths: { output }, signer }: BuildPlan,
  made: { fresh: string; kiwiIso: string; isoPath: string; sbomPath: string; manifest: ImageManifest },
): Promise<void> {
  const { fresh, kiwiIso, isoPath, sbomPath, manifest } = made;
  const packages = join(fresh, 'recon.packages');
  await movePath(kiwiIso.replace(/\.iso$/, '.packages'), packages);
  await writeManifest(fresh, manifest, isoPath, [packages, sbomPath]);
  await signSums(fresh, signer);
  // those of the earlier build are of other sums
  await signSums(output, undefined);
  // what says that the build is whole goes first and comes last: who is interrupted between the files has none
  await removePath(join(output, 'manifest.json'));
  const names = (await namesIn(fresh)).filter((name) => name !== 'manifest.json');
  for (const name of [...names, 'manifest.json']) await movePath(join(fresh, name), join(output, name));
}

function resultLines({ recipe, sizeBytes, encryptTo, signer }: BuildPlan, isoName: string, took: string): string[] {
  return [
    ...(encryptTo === undefined ? [] : [`tarballs of this stick are encrypted to ${encryptTo}: nothing opens them without its other half`]),
    ...(signer === undefined ? [] : [`${SUMS} is signed; to verify: ${verifyWords(signer)}`]),
    `${isoName} in builds/${recipe.name}/ after ${took}; the data partition holds the records of about ${recordsThatFit(sizeBytes)} machines`,
  ];
}
