import { appendFile, cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { tell, tellNotRun } from './frame/tell.ts';

/**
 * A build of the stick's image from nothing, one after an edit of the program, and one when nothing has changed, in a clone of the last commit. Archives of
 * packages are taken along where they are here. It takes some minutes and 5 GB of disk, so it runs when RECON_BENCH_BUILD=1.
 */
const ROOT = join(import.meta.dirname, '../..');
const RECIPE = process.env['RECIPE'] || 'debian-13';
const HOUR_MS = 3_600_000;

if (process.env['RECON_BENCH_BUILD'] !== '1' || process.geteuid?.() !== 0)
  tellNotRun('it takes minutes and 5 GB of disk: as root with RECON_BENCH_BUILD=1, and a Debian mirror');
else await compareBuilds();

async function compareBuilds(): Promise<void> {
  await mkdir(join(ROOT, 'builds'), { recursive: true });
  // on the file system of node_modules, whose files get a second name
  await using work = await temporaryDirectory('.bench-', join(ROOT, 'builds'));
  const checkout = join(work.path, 'checkout');
  await runOk(['git', 'clone', '--quiet', ROOT, checkout], { timeoutMs: HOUR_MS });
  for (const name of ['node_modules', 'builds/.tools']) {
    if (!(await exists(join(ROOT, name)))) continue;
    await mkdir(dirname(join(checkout, name)), { recursive: true });
    await runOk(['cp', '--archive', '--link', join(ROOT, name), join(checkout, name)], { timeoutMs: HOUR_MS });
  }
  const packages = `builds/.cache/${RECIPE}/packages`;
  if (await exists(join(ROOT, packages))) await cp(join(ROOT, packages), join(checkout, packages), { recursive: true });

  const clean = await build(checkout);
  // something that the bundle keeps
  await appendFile(join(checkout, 'src/main.ts'), "\nprocess.env['RECON_EDITED'] = '1';\n");
  const edited = await build(checkout);
  const unchanged = await build(checkout);
  tell('image-edit.edit', { ours: [edited], theirs: [clean] });
  tell('image-edit.nothing', { ours: [unchanged], theirs: [clean] });
}

/** In seconds, as somebody waits for it. */
async function build(checkout: string): Promise<number> {
  const started = performance.now();
  await runOk([join(checkout, 'make-recipe-target'), RECIPE, 'target'], { timeoutMs: HOUR_MS, cwd: checkout });
  return (performance.now() - started) / 1000;
}
