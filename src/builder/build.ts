import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { ISO_PATHS } from '../domain/image.ts';
import type { Recipe } from '../domain/recipe.ts';
import { SITE_SETTINGS_FILE } from '../domain/site-settings.ts';
import { siteSettingsTemplate } from '../domain/site-settings-template.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { openTextLog } from '../platform/files/text-log.ts';
import type { Log } from '../platform/log.ts';
import { startSteps } from '../platform/steps.ts';
import { ageRecipient } from './age-recipient-setting.ts';
import { checkBuildHost } from './check-host.ts';
import { findDebianMirror } from './image/apt-mirror.ts';
import { aptSources } from './image/apt-sources.ts';
import {
  appendDataPartition,
  dataSizeBytes,
  diskSignature,
  partitionUuid,
  recordsThatFit,
  volumeDate,
  volumeUuid,
} from './image/data-partition.ts';
import { dataPartitionReadme } from './image/data-partition-readme.ts';
import { describeImage } from './image/description.ts';
import { extractFiles, findMarker } from './image/extract.ts';
import { grubConfig } from './image/grub-config.ts';
import { hashTree } from './image/inputs.ts';
import { type KiwiCall, kiwiCreate, progressOf } from './image/kiwi.ts';
import { describeBuild, writeManifest } from './image/manifest.ts';
import type { BuildPaths } from './image/paths.ts';
import { preparedRoot } from './image/prepared-root.ts';
import { stageDescription } from './image/stage.ts';
import { kiwiRunner } from './image/tool-root.ts';
import { isUpToDate } from './up-to-date.ts';
import { verifyImage } from './verify/verify.ts';

export interface BuildOptions {
  recipe: Recipe;
  paths: BuildPaths;
  environment: Readonly<Record<string, string | undefined>>;
  log: Log;
}

/**
 * Builds the live image of a recipe into `builds/<recipe>/`, step by step. Nothing of an earlier build is lost before the new one is
 * verified.
 * @throws ReconError `host-unfit`, `not-root`, `not-writable`, `disk-full`, `usage`, `build-failed`, `verify-failed`, `command-failed`
 */
export async function buildImage({ recipe, paths, environment, log }: BuildOptions): Promise<void> {
  const sizeBytes = dataSizeBytes(environment['DATA_SIZE']);
  const encryptTo = ageRecipient(environment['AGE_RECIPIENT']);
  await checkBuildHost(recipe, paths);
  const mirror = environment['MIRROR'] || (recipe.family === 'debian' ? findDebianMirror(await aptSources()) : undefined);
  const configXml = describeImage((await readOrUndefined(join(paths.recipe, 'config.xml')))?.toString('utf8') ?? '', mirror);
  const { step, elapsed } = startSteps({ log, total: 8 });
  await removePath(paths.work);
  await makeDirectory(paths.work);

  const staged = await step('bundling the program, staging the overlay', () => stageDescription(paths, configXml));
  const inputs = createHash('sha256')
    .update(`${await hashTree(staged.directory)} ${sizeBytes} ${recipe.profile}${encryptTo === undefined ? '' : ` ${encryptTo}`}`)
    .digest('hex');
  if (await isUpToDate(paths.output, inputs)) {
    await removePath(paths.work);
    log.info(`builds/${recipe.name}/ is up to date: nothing has changed since it was built`);
    return;
  }

  const textLog = await openTextLog(paths.log);
  const call = async (say: (text: string) => void): Promise<KiwiCall> => {
    const { prefix } = await kiwiRunner({ repositoryRoot: paths.repository, mirror: mirror ?? '', log });
    for (const name of ['packages', 'tmp']) await makeDirectory(join(paths.cache, name));
    return {
      prefix,
      profile: recipe.profile,
      cacheDirectory: join(paths.cache, 'packages'),
      temporaryDirectory: join(paths.cache, 'tmp'),
      onLine: (line) => {
        textLog.line(line);
        const progress = progressOf(line);
        if (progress !== undefined) say(progress);
      },
    };
  };
  try {
    const root = await step('KIWI prepare: packages into a root tree', async (say) =>
      preparedRoot({ paths, recipe, staged, call: await call(say), say }),
    );
    const target = join(paths.work, 'target');
    await makeDirectory(target);
    await step('KIWI create: initrd, root image, ISO', async (say) => kiwiCreate(await call(say), { root, target }));
    const kiwiIso = join(target, await findIso(target));

    const fresh = join(paths.work, 'fresh');
    await makeDirectory(fresh);
    const files = await step('extracting kernel, initrd and root image', () => extractFiles(kiwiIso, fresh, staged.version));
    const builtAt = new Date();
    const signature = diskSignature(inputs);
    const date = volumeDate(builtAt);
    const identity = { isoUuid: volumeUuid(date), dataPartitionUuid: partitionUuid(signature, 3) };
    const manifest = await step('writing the manifest', async () => {
      const [kernelRelease = ''] = await namesIn(join(root, 'usr/lib/modules'));
      return describeBuild({
        ...identity,
        recipe: recipe.name,
        version: staged.version,
        repository: paths.repository,
        builtAt,
        kernelRelease,
        dataSizeBytes: sizeBytes,
        encryptTo,
        files,
        inputs,
      });
    });
    const isoPath = join(fresh, basename(kiwiIso));
    await step(`appending the data partition (${sizeBytes / 1024 / 1024} MB)`, async () => {
      const menu = join(paths.work, 'grub.cfg');
      const insideManifest = join(paths.work, 'manifest.json');
      await writeAtomic(menu, grubConfig({ version: staged.version, ...identity, markerPath: await findMarker(kiwiIso), medium: 'stick' }));
      await writeAtomic(insideManifest, `${JSON.stringify(manifest, null, 2)}\n`);
      await appendDataPartition({
        isoPath: kiwiIso,
        outputPath: isoPath,
        workDirectory: paths.work,
        sizeBytes,
        signature,
        volumeDate: date,
        files: new Map([
          [`${recipe.grubDirectory}/grub.cfg`, menu],
          [ISO_PATHS.manifest, insideManifest],
        ]),
        dataFiles: await dataFiles(paths.work, encryptTo),
      });
    });
    await textLog.flush();
    await step('verifying', (say) => verifyImage({ paths, isoPath, menuPath: `${recipe.grubDirectory}/grub.cfg`, files, say }));
    await step('placing the result', async () => {
      const packages = join(fresh, 'recon.packages');
      await movePath(join(target, `${basename(kiwiIso, '.iso')}.packages`), packages);
      await writeManifest(fresh, manifest, isoPath, packages);
      for (const name of await namesIn(fresh)) await movePath(join(fresh, name), join(paths.output, name));
    });
    if (encryptTo !== undefined)
      log.info(`tarballs of this stick are encrypted to ${encryptTo}: nothing opens them without its other half`);
    log.info(
      `${basename(isoPath)} in builds/${recipe.name}/ after ${elapsed()}; the data partition holds the records of about ${recordsThatFit(sizeBytes)} machines`,
    );
  } finally {
    await textLog.close();
    await removePath(paths.work);
  }
}

/** What a new stick's data partition holds. */
async function dataFiles(directory: string, encryptTo: string | undefined): Promise<Map<string, string>> {
  const settings = siteSettingsTemplate(encryptTo === undefined ? {} : { encryptTo });
  const contents = { [SITE_SETTINGS_FILE]: settings, 'README.txt': dataPartitionReadme() };
  const paths = new Map(Object.keys(contents).map((name) => [name, join(directory, `data-${name}`)]));
  for (const [name, text] of Object.entries(contents)) await writeAtomic(paths.get(name) ?? '', text);
  return paths;
}

async function findIso(directory: string): Promise<string> {
  const iso = (await namesIn(directory)).find((name) => name.endsWith('.iso'));
  if (iso === undefined) throw new ReconError('build-failed', 'KIWI ended without an ISO', { hint: 'see build.log' });
  return iso;
}
