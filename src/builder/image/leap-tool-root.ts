import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { type CommandResult, commandError, run, runOk } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';
import { isTelling, kiwiFailure } from './kiwi-failure.ts';
import { convertPackageDatabase, DATABASE_HOME } from './package-database.ts';
import { STAND_IN_MARK } from './stand-in.ts';

/** What a Leap has to have to build one: its own KIWI, zypper and rpm. The first two are the names that it had in every release so far. */
export const LEAP_TOOL_PACKAGES = [
  'python3-kiwi',
  'kiwi-systemdeps-iso-media',
  'zypper',
  'rpm',
  'ca-certificates-mozilla',
  'util-linux-systemd',
  'binutils',
] as const;

const MINUTE_MS = 60_000;
const REPOSITORIES = 'etc/zypp/repos.d';

/** Of those that zypper(8) gives from 100 on, the ones after which not all is there: no such package, ended by a signal, a repository left out. */
const FAILED_EXIT_CODES: readonly (number | undefined)[] = [104, 105, 106];

export interface LeapTree {
  /** `.ci/in-tool-root` */
  script: string;
  repositoryRoot: string;
  /** where it is made */
  path: string;
  /** URLs */
  repositories: readonly string[];
}

/** openSUSE and SLE, whose own rpm and zypper build their images. */
export async function isSuseHost(): Promise<boolean> {
  return /^ID(_LIKE)?=.*suse/m.test((await readOrUndefined('/etc/os-release'))?.toString('utf8') ?? '');
}

/**
 * Makes a tree with Leap's own KIWI, zypper and rpm by the zypper and rpm of another distribution, and proves that it is whole.
 * @throws ReconError `build-failed`, `disk-full`, `host-unfit`
 */
export async function makeLeapToolRoot(tree: LeapTree): Promise<void> {
  const { script, repositoryRoot, path, repositories } = tree;
  await makeDirectory(join(path, REPOSITORIES));
  await makeDirectory(join(path, 'root'));
  for (const [index, url] of repositories.entries()) await writeAtomic(repositoryPath(path, index), zyppRepository(index, url));
  const zypper = ['zypper', '--root', path, '--non-interactive', '--gpg-auto-import-keys'] as const;
  const install = [
    'install',
    '--no-recommends',
    '--auto-agree-with-licenses',
    '--download',
    'in-advance',
    '--',
    ...LEAP_TOOL_PACKAGES,
  ] as const;
  // one that outlived us would write into the tree that the next build makes
  const argv = endsWithUs([script, '--host', path, repositoryRoot, ...zypper, ...install]);
  refuseFailure(await run(argv, { timeoutMs: 40 * MINUTE_MS, environment: DATABASE_HOME }));
  // an rpm of the host that looks elsewhere than zypper wrote sees none at all
  const count = Math.max(await convertPackageDatabase(tree), LEAP_TOOL_PACKAGES.length);
  await proveToolRoot(tree, count);
  await removePath(join(path, 'var/cache/zypp'));
}

/**
 * Whether a tree there is a stand-in that came from other repositories than these: the tree of a rehearsal must not build what is meant. Whoever changes
 * from one mirror of openSUSE to another keeps the tree.
 */
export async function isStandInOfAnother(path: string, repositories: readonly string[]): Promise<boolean> {
  if (!(await exists(join(path, STAND_IN_MARK)))) return false;
  const texts = await Promise.all(repositories.map((_, index) => readOrUndefined(repositoryPath(path, index))));
  return repositories.some((url, index) => texts[index]?.toString('utf8') !== zyppRepository(index, url));
}

function repositoryPath(tree: string, index: number): string {
  return join(tree, REPOSITORIES, `recon-${index}.repo`);
}

/** A repository as zypper reads it. What packages are is told by the index, and by nothing else: as in the image. */
export function zyppRepository(index: number, url: string): string {
  return `${[
    `[recon-${index}]`,
    `name=recon-${index}`,
    'enabled=1',
    'autorefresh=1',
    `baseurl=${url}`,
    'type=rpm-md',
    'gpgcheck=0',
    'repo_gpgcheck=0',
    'pkg_gpgcheck=0',
  ].join('\n')}\n`;
}

function refuseFailure(result: CommandResult): void {
  const isFine = result.status === 'ok' || ((result.exitCode ?? 0) >= 100 && !FAILED_EXIT_CODES.includes(result.exitCode));
  if (isFine) return;
  if (result.status === 'absent') {
    throw new ReconError('host-unfit', 'this host has no zypper', { hint: 'apt-get install --no-install-recommends zypper rpm' });
  }
  const known = kiwiFailure(`${result.stdout}\n${result.stderr}`.split('\n').filter(isTelling));
  const doing = 'while the tree with KIWI was made';
  if (known !== undefined) throw new ReconError(known.code, `${known.message} (${doing})`, { hint: known.hint });
  throw new ReconError('build-failed', `${commandError(result).message} (${doing})`, { hint: 'is MIRROR= a whole mirror of openSUSE?' });
}

/** Without it a database that Leap's rpm cannot read is an empty one: nothing fails, and everything is installed a second time. */
async function proveToolRoot({ script, path, repositoryRoot }: LeapTree, expected: number): Promise<void> {
  const inside = [script, path, repositoryRoot] as const;
  const listed = await run([...inside, 'rpm', '-qa'], { timeoutMs: MINUTE_MS });
  const count = packagesIn(listed);
  if (listed.status !== 'ok' || count < expected) {
    throw new ReconError('build-failed', `the rpm of the tree with KIWI sees ${count} of its ${expected} packages`, {
      hint: 'its database could not be converted; the rpm of this host is too old or too new for it. Build on openSUSE instead',
    });
  }
  await runOk([...inside, 'kiwi-ng', '--version'], {
    timeoutMs: MINUTE_MS,
    hint: 'the tree with KIWI is not whole; is MIRROR= a whole mirror?',
  });
}

function packagesIn({ stdout }: CommandResult): number {
  return stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '').length;
}
