import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import type { Log } from '../platform/log.ts';
import { runningNodes } from './running-nodes.ts';

export interface ImageCommandsDeps {
  /** for people */
  print: (text: string) => void;
  /** for programs */
  printData: (text: string) => void;
  log: Log;
  environment: Readonly<Record<string, string | undefined>>;
  /** the checkout */
  repository: string;
  /** from then on a signal to end is only told */
  takeSignal: () => AbortSignal;
}

const IMAGES = '/srv/recon/images';
const POOL = '/etc/recon/pool';

interface ImageOptions {
  images: string;
  json?: true;
}

/** The images that the machines of the boot pool are given. */
export function addImageCommands(program: Command, deps: ImageCommandsDeps): void {
  const image = program.command('image').description('images of the boot pool: what its machines are given');
  const command = (words: string, description: string): Command =>
    image
      .command(words)
      .description(description)
      // steps of a build change to other folders
      .option('--images <dir>', 'where the images are', (path: string) => resolve(path), IMAGES)
      .option('--json', 'for programs');
  image.hook('preAction', async (_, action) => atInstalledPlaces(action));
  addReading(command, deps);
  addCheck(command, deps);
  addChanging(command, deps);
  addBuild(command, deps);
}

/** A head may have them elsewhere, by its head.yaml. */
async function atInstalledPlaces(action: Command): Promise<void> {
  const { servedPlaces } = await import('../pool/head/served-places.ts');
  const places = await servedPlaces();
  for (const key of ['images', 'pool'] as const)
    if (action.getOptionValueSource(key) === 'default') action.setOptionValueWithSource(key, places[key], 'config');
}

type MakeCommand = (words: string, description: string) => Command;

function addReading(command: MakeCommand, { print, printData }: ImageCommandsDeps): void {
  command('list', 'every image and version, with its size and who boots it')
    .option('--pool <dir>', 'the folder of the pool', POOL)
    .addHelpText('after', '\nExample:\n  recon image list --images /srv/recon/images')
    .action(async ({ images, json, pool }: ImageOptions & { pool: string }) => {
      const { imageList, imageListText } = await import('../pool/image/desk/list-images.ts');
      const found = await imageList(images, pool);
      if (json) printData(jsonText(found));
      else print(imageListText(found, images));
    });
  command('show <image>', 'one version: kernel, files, hashes, packages, who boots it; without @VERSION the newest')
    .option('--pool <dir>', 'the folder of the pool', POOL)
    .addHelpText('after', '\nExample:\n  recon image show compute-debian-13@3')
    .action(async (choice: string, { images, json, pool }: ImageOptions & { pool: string }) => {
      const { shownImage, shownImageText } = await import('../pool/image/desk/show-image.ts');
      const found = await shownImage(images, choice, pool);
      if (json) printData(jsonText(found));
      else print(shownImageText(found));
    });
  command('diff <from> <to>', 'what is other in one version than in another: kernel, packages, sizes')
    .addHelpText('after', '\nExample:\n  recon image diff compute-debian-13@3 compute-debian-13@4')
    .action(async (from: string, to: string, { images, json }: ImageOptions) => {
      const { findImage } = await import('../pool/image/store/stored-images.ts');
      const { compareImages } = await import('../pool/image/store/compare-images.ts');
      const { differenceText } = await import('../pool/image/desk/difference-text.ts');
      const difference = await compareImages(await findImage(images, from), await findImage(images, to));
      if (json) printData(jsonText(difference));
      else print(differenceText(difference));
    });
}

function addCheck(command: MakeCommand, { print, printData }: ImageCommandsDeps): void {
  command('check <image>', 'all that is wrong with one version: hashes, kernel and modules, init, secrets, what belongs to one machine')
    .option('--memory <MiB>', 'RAM of the smallest machine that is to boot it')
    .option('--allow <code...>', 'faults that are meant, by their code')
    .addHelpText(
      'after',
      '\nIt exits with 1 when something is wrong. Examples:\n  recon image check compute-debian-13\n  recon image check compute-debian-13@3 --memory 512',
    )
    .action(async (choice: string, { images, json, memory, allow = [] }: ImageOptions & { memory?: string; allow?: string[] }) => {
      const { positiveCount } = await import('../pool/image/desk/image-words.ts');
      const { findImage } = await import('../pool/image/store/stored-images.ts');
      const { checkStoredImage } = await import('../pool/image/check/check-stored-image.ts');
      const { checkedText } = await import('../pool/image/desk/checked-text.ts');
      const found = await findImage(images, choice);
      const memoryBytes = memory === undefined ? {} : { memoryBytes: positiveCount(memory) * 1024 ** 2 };
      const faults = await checkStoredImage({ ...found, allow, ...memoryBytes });
      if (json) printData(jsonText({ image: `${found.name}@${found.version}`, faults }));
      else print(checkedText(found, faults));
      if (faults.length > 0) process.exitCode = 1;
    });
}

function addChanging(command: MakeCommand, { print, printData, environment }: ImageCommandsDeps): void {
  const tell = (json: true | undefined, value: object, text: string): void => (json ? printData(jsonText(value)) : print(`${text}\n`));
  command('import <source>', 'take over an image that was made elsewhere: a directory, or a tar archive, with kernel, ramdisk and root')
    .requiredOption('--name <name>', 'what it is called here; an image of that name gets one more version')
    .addHelpText(
      'after',
      '\nExamples:\n  recon image import ./my-image --name lab-image\n  recon image import compute.tar --name compute-debian-13',
    )
    .action(async (source: string, { images, json, name }: ImageOptions & { name: string }) => {
      const { poolName } = await import('../pool/image/desk/image-words.ts');
      const { importImage } = await import('../pool/image/store/import-image.ts');
      const {
        name: placed,
        version,
        path,
        manifest,
      } = await importImage({ directory: images, name: poolName(name), source, now: new Date() });
      tell(json, manifest, `${placed}@${version} is in ${path}\nBefore a machine boots it: recon image check ${placed}@${version}`);
    });
  command('rm <image>', 'take one version away; refused while something boots it')
    .option('--pool <dir>', 'the folder of the pool', POOL)
    .addHelpText('after', '\nExample:\n  recon image rm compute-debian-13@2')
    .action(async (choice: string, { images, json, pool }: ImageOptions & { pool: string }) => {
      const { numberedImage } = await import('../pool/image/desk/image-words.ts');
      const { usersInFolder } = await import('../pool/image/desk/list-images.ts');
      const { removeImage } = await import('../pool/image/store/remove-image.ts');
      const image = numberedImage(choice);
      await removeImage(images, image, await usersInFolder(pool, await runningNodes(environment)));
      tell(json, { removed: image }, `${choice} is gone`);
    });
  command('keep <name>', 'take old versions away, but none that something boots')
    .requiredOption('--last <count>', 'how many of the newest stay')
    .option('--pool <dir>', 'the folder of the pool', POOL)
    .addHelpText('after', '\nExample:\n  recon image keep compute-debian-13 --last 3')
    .action(async (name: string, { images, json, pool, last }: ImageOptions & { pool: string; last: string }) => {
      const { keptText, poolName, positiveCount } = await import('../pool/image/desk/image-words.ts');
      const { usersInFolder } = await import('../pool/image/desk/list-images.ts');
      const { keepImages } = await import('../pool/image/store/remove-image.ts');
      const kept = await keepImages(
        images,
        { name: poolName(name), last: positiveCount(last) },
        await usersInFolder(pool, await runningNodes(environment)),
      );
      tell(json, kept, keptText(name, kept));
      if (kept.failed.length > 0) process.exitCode = kept.removed.length > 0 ? 4 : 1;
    });
}

interface BuildWords extends ImageOptions {
  step?: 'root' | 'pack' | 'ramdisk';
  fast?: true;
  embed?: true;
}

function addBuild(command: MakeCommand, { print, printData, log, environment, repository, takeSignal }: ImageCommandsDeps): void {
  command('build <recipe>', 'the next version of an image, from a recipe: a name, or the path of a folder of your own')
    .addOption(
      new Option('--step <step>', 'make this step anew; the others are made when something has changed').choices([
        'root',
        'pack',
        'ramdisk',
      ]),
    )
    .option('--fast', 'weak compression, for images that change hourly')
    .option('--embed', 'the packed root goes into the ramdisk, for loaders that fetch two files and no more')
    .addHelpText('after', BUILD_HELP)
    .action(async (name: string, { images, json, step, fast, embed }: BuildWords) => {
      const { buildFromRecipe } = await import('../pool/image/build/from-recipe.ts');
      const options = { isFast: fast === true, isEmbedded: embed === true, ...definedOnly({ only: step }) };
      const placed = await buildFromRecipe({ name, images, repository, environment, log, signal: takeSignal(), ...options });
      if (json) printData(jsonText(placed.manifest));
      else print(`To boot it: recon assign NODE PROFILE@${placed.version}, with image: ${placed.name} in the profile\n`);
    });
}

const BUILD_HELP = `
Recipes: compute-debian-13, compute-rocky-9, failsafe; docs/images.md says how to make your own.
MIRROR= names a Debian mirror (default: the host's own), REPOSITORY= the repositories of rpm recipes.

Examples:
  recon image build failsafe
  recon image build compute-debian-13
  recon image build compute-debian-13 --step ramdisk    after an edit of its init, in seconds
  recon image build ./my-image --fast`;

function jsonText(value: object): string {
  return `${plainJson(value, 2)}\n`;
}
