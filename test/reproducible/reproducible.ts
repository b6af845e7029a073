/**
 * `make reproducible`: the image of a commit is built twice, each time from nothing, in different folders, under different names of the host, in
 * different zones and languages, and one after the other; then every file of the two builds is compared. Prints what differs, part by part, and ends
 * with 1 when anything does. KIWI's archive of packages is taken along where there is one, so that nothing is downloaded twice.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists } from '../../src/platform/files/files.ts';
import { type Argv, runOk } from '../../src/platform/process/command.ts';
import { compareBuilds } from './compare-builds.ts';

const ROOT = join(import.meta.dirname, '../..');
const RECIPE = process.env['RECIPE'] || 'debian-13';
const MINUTE_MS = 60_000;
const PLACE = join(ROOT, 'builds/.reproducible');

interface Surroundings {
  folder: string;
  hostName: string;
  environment: Record<string, string>;
}

const TWO: readonly Surroundings[] = [
  { folder: 'one', hostName: 'first', environment: { TZ: 'UTC', LANG: 'C.UTF-8' } },
  {
    folder: 'another/with-a-longer-name',
    hostName: 'second',
    environment: { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LANGUAGE: 'de' },
  },
];

if ((await git('status', '--porcelain')) !== '') console.log('what is not committed is in neither build');
// somebody may commit while the first one is built
const [commit = '', epoch = ''] = (await git('log', '-1', '--format=%H %ct')).split(' ');
await rm(PLACE, { recursive: true, force: true });
const outputs: string[] = [];
for (const surroundings of TWO) outputs.push(await build(surroundings));
const [one = '', other = ''] = outputs;
const differences = await compareBuilds(one, other);
for (const line of differences) console.log(line);
console.log(differences.length === 0 ? `the two builds of ${RECIPE} are the same, byte for byte` : `the two builds of ${RECIPE} differ`);
if (differences.length === 0) await rm(PLACE, { recursive: true, force: true });
else console.log(`they stay here: ${one} ${other}`);
process.exitCode = differences.length === 0 ? 0 : 1;

async function build({ folder, hostName, environment }: Surroundings): Promise<string> {
  const checkout = join(PLACE, folder);
  await mkdir(dirname(checkout), { recursive: true });
  await runOk(['git', 'clone', '--quiet', '--no-checkout', ROOT, checkout], { timeoutMs: 600_000 });
  await runOk(['git', '-C', checkout, 'checkout', '--quiet', '--detach', commit], { timeoutMs: 600_000 });
  await linkTree('node_modules', checkout);
  if (await exists(join(ROOT, 'builds/.tools'))) await linkTree('builds/.tools', checkout);
  const packages = `builds/.cache/${RECIPE}/packages`;
  if (await exists(join(ROOT, packages))) await cp(join(ROOT, packages), join(checkout, packages), { recursive: true });
  console.log(`${folder}: building`);
  const script = 'hostname "$1" && shift && exec "$@"';
  const argv: Argv = ['unshare', '--uts', 'sh', '-c', script, 'sh', hostName, join(checkout, 'make-recipe-target'), RECIPE, 'target'];
  await runOk(argv, {
    timeoutMs: 3_600_000,
    cwd: dirname(checkout),
    environment: { ...environment, LC_ALL: '', SOURCE_DATE_EPOCH: epoch },
    onLine: (line) => console.log(`  ${line}`),
  });
  // what the second one finds must not be what the first one made
  await rm(join(checkout, `builds/.cache/${RECIPE}`), { recursive: true, force: true });
  return join(checkout, 'builds', RECIPE);
}

/** With links: nobody writes into these. */
async function linkTree(name: string, checkout: string): Promise<void> {
  await mkdir(dirname(join(checkout, name)), { recursive: true });
  await runOk(['cp', '--archive', '--link', join(ROOT, name), join(checkout, name)], { timeoutMs: 600_000 });
}

async function git(...words: string[]): Promise<string> {
  return (await runOk(['git', '-C', ROOT, ...words], { timeoutMs: MINUTE_MS })).trim();
}
