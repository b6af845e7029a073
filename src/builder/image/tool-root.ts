import { dirname, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { takeProcessLock } from '../../platform/files/process-lock.ts';
import type { Log } from '../../platform/log.ts';
import { clearLeftoverMounts } from '../../platform/machine/leftover-mounts.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';
import { isStandInOfAnother, isSuseHost, makeLeapToolRoot } from './leap-tool-root.ts';

/** The newest Debian that packages KIWI, and what a build calls there. */
export const TOOL_SUITE = 'bookworm';
export const TOOL_PACKAGES = [
  'ca-certificates',
  'debian-archive-keyring',
  'kiwi',
  'kiwi-systemdeps-iso-media',
  'debootstrap',
  'binutils',
  'qemu-utils',
  'gnupg',
  'xorriso',
  'squashfs-tools',
  'mtools',
  'dosfstools',
  'rsync',
  'e2fsprogs',
  'util-linux',
  'cpio',
  'zstd',
  'curl',
] as const;

const MINUTE_MS = 60_000;

export interface ToolRootOptions {
  /** absolute path of the checkout; it is visible at the same path inside the tool root */
  repositoryRoot: string;
  /** URL of a Debian mirror */
  mirror: string;
  /** for an image of Leap: of which, and the URLs of its repositories */
  leap?: { release: string; repositories: readonly string[] };
  log: Log;
}

/** How to call KIWI here: `[...prefix, 'kiwi-ng', …]`. */
export interface KiwiRunner {
  prefix: readonly string[];
  /** added to the command's environment */
  environment: Record<string, string>;
}

/**
 * KIWI from the host when it has one, otherwise from a Debian 12 tree in `builds/.tools/`, made on first use: Debian 13 has no
 * KIWI package (tracker.debian.org/pkg/kiwi). Leap is built by its own KIWI, zypper and rpm: where the host is no SUSE, from a tree of that Leap.
 * @throws ReconError `host-unfit` when there is no debootstrap or zypper, `busy` when another build makes it, `command-failed`, `build-failed` when the tree cannot be made
 */
export async function kiwiRunner(options: ToolRootOptions): Promise<KiwiRunner> {
  if (options.leap === undefined || (await isSuseHost())) {
    const own = await run(['kiwi-ng', '--version'], { timeoutMs: MINUTE_MS });
    if (own.status === 'ok') return { prefix: [], environment: {} };
  }
  return toolRootRunner(options, join(options.repositoryRoot, toolRootFolder(options.leap?.release)));
}

/** Where the tree with KIWI lies in a checkout: of a Leap, or of Debian 12. */
export function toolRootFolder(leapRelease: string | undefined): string {
  return join('builds', '.tools', leapRelease === undefined ? 'debian-12' : `leap-${leapRelease}`);
}

/** The runner for a tool root at `path`, which is made when it is not there yet. */
export async function toolRootRunner({ repositoryRoot, mirror, leap, log }: ToolRootOptions, path: string): Promise<KiwiRunner> {
  const script = join(repositoryRoot, '.ci', 'in-tool-root');
  const isUnfit = leap !== undefined && (await isStandInOfAnother(path, leap.repositories));
  if (isUnfit || !(await exists(path))) {
    await afresh(path, async (partial) => {
      if (leap === undefined) {
        log.info('no kiwi-ng on this host: making a Debian 12 tree with KIWI in it (once, about 3 minutes)');
        await makeToolRoot({ script, repositoryRoot, mirror, path: partial });
      } else {
        log.info(`making a tree of Leap ${leap.release} with its KIWI, zypper and rpm (once, some minutes)`);
        await makeLeapToolRoot({ script, repositoryRoot, path: partial, repositories: leap.repositories });
      }
    });
  }
  return { prefix: [script, ...shown(mirror), path, repositoryRoot], environment: {} };
}

/** What KIWI reads of a mirror that is a directory of this host: KIWI leaves out a repository that is not there, and only says so. */
function shown(mirror: string): string[] {
  return mirror.startsWith('file://') ? ['--show', decodeURIComponent(new URL(mirror).pathname)] : [];
}

/** A half-made tree has another name, so that an interrupted build never takes it for a whole one. */
async function afresh(path: string, make: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`;
  await makeDirectory(dirname(path));
  const lock = await takeProcessLock(`${path}.lock`);
  if ('heldBy' in lock) {
    throw new ReconError('busy', `the builder's own tools are being made already, by process ${lock.heldBy}`, {
      hint: 'wait until they are there',
    });
  }
  await using _held = lock;
  // debootstrap mounts /proc in it
  await clearLeftoverMounts(partial);
  await removePath(partial);
  await make(partial);
  await removePath(path);
  await movePath(partial, path);
}

/** Debootstrap's arguments for the tree. */
export function debootstrapArguments(path: string, mirror: string): [string, ...string[]] {
  return ['debootstrap', '--variant=minbase', TOOL_SUITE, path, mirror];
}

async function makeToolRoot(tree: { script: string; repositoryRoot: string; mirror: string; path: string }): Promise<void> {
  const { script, repositoryRoot, mirror, path } = tree;
  const inside = [script, path, repositoryRoot] as const;
  if ((await run(['debootstrap', '--version'], { timeoutMs: MINUTE_MS })).status === 'absent') {
    throw new ReconError('host-unfit', 'this host has neither kiwi-ng nor debootstrap', {
      hint: 'Debian: apt-get install debootstrap; openSUSE: zypper install python3-kiwi',
    });
  }
  const made = await run(endsWithUs(debootstrapArguments(path, mirror)), { timeoutMs: 20 * MINUTE_MS });
  if (made.status !== 'ok') {
    throw new ReconError('command-failed', `debootstrap of ${TOOL_SUITE} from ${mirror} failed: ${lastLines(made.stdout, made.stderr)}`, {
      hint: 'name a Debian mirror that this host can reach with MIRROR=',
    });
  }
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await runOk(endsWithUs([...inside, 'apt-get', 'install', '--yes', '--no-install-recommends', ...TOOL_PACKAGES]), {
    timeoutMs: 30 * MINUTE_MS,
    environment,
  });
  await runOk([...inside, 'apt-get', 'clean'], { timeoutMs: MINUTE_MS });
}

function lastLines(...outputs: readonly Buffer[]): string {
  return outputs
    .map((output) => output.toString('utf8'))
    .join('\n')
    .trim()
    .split('\n')
    .slice(-5)
    .join('\n');
}
