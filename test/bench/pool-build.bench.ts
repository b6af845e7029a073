import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findDebianMirror } from '../../src/builder/image/apt-mirror.ts';
import { aptSources } from '../../src/builder/image/apt-sources.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { stderrLog } from '../../src/platform/log.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { buildFromRecipe } from '../../src/pool/image/build/from-recipe.ts';
import { findImageRecipe } from '../../src/pool/image/build/image-recipe.ts';
import type { StoredImage } from '../../src/pool/image/store/stored-images.ts';
import { tell, tellNotRun } from './frame/tell.ts';

/**
 * A whole build of a compute image against what one would do without this program: debootstrap of the same packages, and xz. Then the same build once
 * more, elsewhere: it is to be the same bytes. It fetches some hundred megabytes and takes a quarter of an hour, so it runs when RECON_BENCH_BUILD=1.
 */
const NAME = 'compute-debian-13';
const repository = join(import.meta.dirname, '../..');
const signal = new AbortController().signal;

if (process.env['RECON_BENCH_BUILD'] !== '1' || process.geteuid?.() !== 0)
  tellNotRun('it takes a quarter of an hour: as root with RECON_BENCH_BUILD=1, and a Debian mirror');
else await compareBuilds(process.env['MIRROR'] ?? findDebianMirror(await aptSources()) ?? '');

async function compareBuilds(mirror: string): Promise<void> {
  await using work = await temporaryDirectory('recon-bench-', process.env['RECON_BENCH_DIRECTORY']);
  const build = (images: string): Promise<StoredImage> =>
    buildFromRecipe({
      ...{ name: NAME, images: join(work.path, images), repository, signal, isFast: false, isEmbedded: false },
      ...{ environment: { ...process.env, MIRROR: mirror }, log: stderrLog({ debug: false }) },
    });
  const [ours, one] = await taken(() => build('one'));
  const [theirs, bytes] = await taken(() => debootstrapAndXz(mirror, work.path));
  process.stdout.write(`${NAME}: a whole build ${ours.wall.toFixed(0)} s, ${ours.cpu.toFixed(0)} s of processors\n`);
  process.stdout.write(
    `  debootstrap and xz ${theirs.wall.toFixed(0)} s, ${theirs.cpu.toFixed(0)} s of processors; ${(bytes / 1e6).toFixed(1)} MB\n`,
  );
  tell('pool-build.wall', { ours: [ours.wall], theirs: [theirs.wall] });
  tell('pool-build.cpu', { ours: [ours.cpu], theirs: [theirs.cpu] });
  const [, other] = await taken(() => build('other'));
  const differ = Object.entries(one.manifest.files).filter(
    ([file, { sha256 }]) => other.manifest.files[file as 'kernel']?.sha256 !== sha256,
  );
  for (const [file] of differ) process.stdout.write(`  built twice, ${file}: OTHER bytes\n`);
  tell('pool-build.other', { ours: [differ.length] });
}

/** The tree as a tarball; its size in bytes. No initrd is made in it, which we do not make either. */
async function debootstrapAndXz(mirror: string, directory: string): Promise<number> {
  const { recipe } = await findImageRecipe(join(repository, 'recipes/images'), NAME);
  if (recipe.root?.packager !== 'mmdebstrap') throw new Error(`${NAME} is no Debian`);
  const packages = [...recipe.root.packages, ...recipe.parts.packages].join(',');
  const tree = join(directory, 'tree');
  const environment = { INITRD: 'No' };
  const made = await run(['debootstrap', '--variant=minbase', `--include=${packages}`, recipe.root.suite, tree, mirror], {
    timeoutMs: 7_200_000,
    environment,
  });
  if (made.status !== 'ok') throw new Error(`debootstrap: ${made.stdout.toString('utf8').trim().split('\n').slice(-5).join('\n')}`);
  const packed = join(directory, 'tree.tar.xz');
  await runOk(['sh', '-c', 'tar --create --directory "$1" . | xz -6 -T1 > "$2"', 'sh', tree, packed], { timeoutMs: 7_200_000 });
  return (await stat(packed)).size;
}

/** Seconds by the clock, and of processors by all that was started and has ended. */
async function taken<T>(work: () => Promise<T>): Promise<[{ wall: number; cpu: number }, T]> {
  const [began, before] = [performance.now(), childrenSeconds()];
  const result = await work();
  return [{ wall: (performance.now() - began) / 1000, cpu: childrenSeconds() - before }, result];
}

/** cutime and cstime of proc(5), in ticks of 10 ms. */
function childrenSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
