import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { installFile } from '../../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { exists } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import { commandError, run, runOk } from '../../../platform/process/command.ts';

const HALF_HOUR_MS = 1_800_000;

/**
 * What a folder `customise` says: `files/` is laid over the tree, then each program beside it runs inside the tree, in the order of the names.
 * @throws ReconError `build-failed` with the script and the end of what it said
 */
export async function customiseTree(root: string, folder: string, say: (text: string) => void): Promise<void> {
  const files = join(folder, 'files');
  if (await exists(files)) await layOver(files, root);
  for (const name of (await listDirectory(folder)).filter((one) => one.endsWith('.sh'))) {
    say(`customise/${name}`);
    const inside = join(root, 'run/recon-customise');
    await makeDirectory(inside);
    await installFile(join(folder, name), join(inside, name), 0o755);
    const result = await run(inTree(root, `/run/recon-customise/${name}`), {
      timeoutMs: HALF_HOUR_MS,
      environment: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    await removePath(inside);
    if (result.status !== 'ok') {
      throw new ReconError('build-failed', `${join(folder, name)} failed: ${commandError(result).message.slice(-600)}`, {
        hint: 'it runs inside the tree, as root, without network',
      });
    }
  }
}

/** A command inside the tree, with /proc and no network. What it mounts goes with it. */
export function inTree(root: string, ...command: readonly string[]): [string, ...string[]] {
  const script =
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount -t tmpfs run "$1/tmp" && root=$1 && shift && exec chroot "$root" "$@"';
  return ['unshare', '--mount', '--net', '--propagation', 'private', 'sh', '-c', script, 'sh', root, ...command];
}

/** Names and modes of the folder, owned by root; links in the tree (`/lib`) stay links. */
export async function layOver(from: string, root: string): Promise<void> {
  await runOk(
    [
      'sh',
      '-c',
      'tar --create --owner=0 --group=0 --numeric-owner --directory "$1" . | tar --extract --no-overwrite-dir --keep-directory-symlink --directory "$2"',
      'sh',
      from,
      root,
    ],
    { timeoutMs: HALF_HOUR_MS },
  );
}
