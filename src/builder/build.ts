import { basename, join } from 'node:path';
import type { ImageManifest } from '../domain/image.ts';
import type { RecipeBudgets } from '../domain/recipe.ts';
import { ARCHITECTURES, type Architecture } from '../domain/values/architecture.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { shareFile } from '../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { openTextLog, type TextLog } from '../platform/files/text-log.ts';
import type { Log } from '../platform/log.ts';
import { startSteps } from '../platform/steps.ts';
import { alone } from './alone.ts';
import { type BaseParts, baseParts } from './base-parts.ts';
import { isForeign } from './foreign/is-foreign.ts';
import { programsForKiwi } from './foreign/programs-for-kiwi.ts';
import { recordsThatFit } from './image/data-partition.ts';
import { type ExtractedFiles, extractedFiles } from './image/extract.ts';
import { finishIso } from './image/finish-iso.ts';
import { buildDate, type ImageIdentity, imageIdentity } from './image/identity.ts';
import { type KiwiCall, progressOf } from './image/kiwi.ts';
import { kiwiLuck } from './image/kiwi-luck.ts';
import { describeBuild, writeManifest } from './image/manifest.ts';
import { packageCache } from './image/paths.ts';
import { keptRoot } from './image/prepared-root.ts';
import { PROGRAM_FILE, type StagedDescription, stageDescription } from './image/stage.ts';
import { kiwiRunner } from './image/tool-root.ts';
import { addProgram } from './initrd/program-layer.ts';
import { hashSources, inputsOfSources, noteInputsOfSources } from './kept-sources.ts';
import { listedDisks, nextCommand } from './next-command.ts';
import { type BuildPlan, type BuildRequest, inputsOf, planBuild } from './plan-build.ts';
import { imageSbom } from './sbom/image-sbom.ts';
import { SUMS, signSums, verifyWords } from './sign-sums.ts';
import { SQUASH_LEVELS } from './trim/squash-root.ts';
import { isUpToDate, readBuildManifest } from './up-to-date.ts';
import { verifyImage } from './verify/verify.ts';

/** Of a build from nothing; when everything but the program is kept, five of them are not taken. */
const STEPS = 11;

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
  const steps = startSteps({ log, total: STEPS });
  const { step, elapsed } = steps;
  await removePath(paths.work);
  const fresh = join(paths.work, 'fresh');
  await makeDirectory(fresh);

  const staged = await step('bundling the program, staging the overlay', () =>
    stageDescription(paths, plan.configXml, recipe.architecture),
  );
  const inputs = await inputsOf(plan, staged);
  await noteInputsOfSources(plan, sources, inputs);
  if (await isUpToDate(paths.output, inputs)) {
    await removePath(paths.work);
    return sayUpToDate(plan, log);
  }
  const kiwiLog = await openTextLog(paths.log);
  try {
    const kept = await keptRoot(paths, staged);
    const luck = await kiwiLuck(join(paths.work, 'luck'), basename(kept));
    const call = (say: (text: string) => void): Promise<KiwiCall> => kiwiCall(plan, { log, kiwiLog, luck, say });
    const base = await baseParts({ plan, staged, keptRoot: kept, call, steps, log });
    const files = await step('program: packing it behind the initrd', () => ownFiles(base, { staged, fresh, work: paths.work }));
    const identity = imageIdentity(inputs, buildDate(plan.sourceDate, new Date()));
    const manifest = await step('writing the manifest', () =>
      makeManifest(plan, { ...base, version: staged.version, files, inputs, identity }),
    );
    const isoPath = join(fresh, base.isoName);
    const sbomPath = join(fresh, 'recon.cdx.json');
    await writeAtomic(
      sbomPath,
      await imageSbom(paths.repository, base.parts, { program: join(staged.program, PROGRAM_FILE), architecture: recipe.architecture }),
    );
    const { kiwiIso, signed } = base;
    const menuPath = `${recipe.grubDirectory}/grub.cfg`;
    await step(`appending the data partition (${sizeBytes / 1024 / 1024} MB)`, () =>
      finishIso({ ...recipe, kiwiIso, isoPath, files, workDirectory: paths.work, menuPath, manifest, identity, signed, sbomPath }),
    );
    await kiwiLog.flush();
    await step('verifying', (say) =>
      verifyImage({ ...recipe, paths, isoPath, menuPath, files, budgets: budgetsOf(plan), dataSizeBytes: sizeBytes, say }),
    );
    await step('placing the result', () => placeResult(plan, { fresh, packages: base.packages, isoPath, sbomPath, manifest }));
    for (const line of resultLines(plan, base.isoName, elapsed())) log.info(line);
    await sayNext(plan, log);
  } finally {
    await kiwiLog.close();
    await removePath(paths.work);
  }
}

/** What is served and goes into the ISO: the kept parts under one more name, and the initrd with our program behind it. */
async function ownFiles(
  base: BaseParts,
  { staged, fresh, work }: { staged: StagedDescription; fresh: string; work: string },
): Promise<ExtractedFiles> {
  const files = extractedFiles(fresh, staged.version);
  for (const part of ['kernel', 'drivers', 'rootImage'] as const) await shareFile(base.files[part], files[part]);
  await addProgram({ program: staged.program, initrd: base.files.initrd, to: files.initrd, work });
  return files;
}

async function sayUpToDate({ recipe, paths, signer }: BuildPlan, log: Log): Promise<void> {
  if (signer !== undefined) log.info(`${await signSums(paths.output, signer)} is made anew; to verify: ${verifyWords(signer)}`);
  log.info(`builds/${recipe.name}/ is up to date: nothing has changed since it was built`);
  await sayNext({ recipe, paths }, log);
}

/** Nobody is to boot a stand-in. */
async function sayNext({ recipe, paths }: Pick<BuildPlan, 'recipe' | 'paths'>, log: Log): Promise<void> {
  const manifest = await readBuildManifest(paths.output);
  const iso = manifest?.files.iso;
  if (iso === undefined || manifest?.standIn === true) return;
  const isoPath = `builds/${recipe.name}/${iso.name}`;
  for (const line of nextCommand({ isoPath, isoBytes: iso.sizeBytes, lsblk: await listedDisks() })) log.info(line);
}

/** They are for what goes out. */
function budgetsOf({ recipe, level }: BuildPlan): RecipeBudgets | undefined {
  return level === SQUASH_LEVELS.small ? recipe.budgetsMb : undefined;
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
  const foreign = await foreignCall(recipe.architecture, join(paths.work, 'programs'));
  return { prefix, profiles, ...definedOnly({ foreign }), cacheDirectory, temporaryDirectory, luck, onLine };
}

/** What KIWI is told where the image is for another processor than this host's. */
async function foreignCall(architecture: Architecture, directory: string): Promise<KiwiCall['foreign']> {
  if (!isForeign(architecture)) return undefined;
  return { machine: ARCHITECTURES[architecture].machine, path: await programsForKiwi(architecture, directory) };
}

async function makeManifest(
  { recipe, paths, sizeBytes, encryptTo }: BuildPlan,
  made: {
    version: string;
    kernelRelease: string;
    isStandIn: boolean;
    rareCards: string[];
    files: ExtractedFiles;
    inputs: string;
    identity: ImageIdentity;
  },
): Promise<ImageManifest> {
  const { version, kernelRelease, isStandIn, rareCards, files, inputs, identity } = made;
  const { builtAt, isoUuid, dataPartitionUuid } = identity;
  return describeBuild({
    ...{
      recipe: recipe.name,
      architecture: recipe.architecture,
      version,
      repository: paths.repository,
      builtAt,
      kernelRelease,
      isoUuid,
      dataPartitionUuid,
    },
    ...{ dataSizeBytes: sizeBytes, encryptTo, isStandIn, rareCards, files, inputs },
  });
}

/** From here on the earlier build is replaced. */
async function placeResult(
  { paths: { output }, signer }: BuildPlan,
  made: { fresh: string; packages: string; isoPath: string; sbomPath: string; manifest: ImageManifest },
): Promise<void> {
  const { fresh, isoPath, sbomPath, manifest } = made;
  const packages = join(fresh, 'recon.packages');
  await shareFile(made.packages, packages);
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
