import { spawnSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { runOk } from '../../../src/platform/process/command.ts';

const BYTES = 2 * 1024 ** 3;
const MARK = 'RECON_BENCH_INSIDE';
const isRoot = process.getuid?.() === 0;

/** Runs the script once more where mounts are its own and go with it; true when that was done, false inside, and for who is not root. */
export async function inOwnNamespace(script: string): Promise<boolean> {
  if (!isRoot || process.env[MARK] !== undefined) return false;
  const argv = ['--mount', '--propagation', 'private', process.execPath, script];
  const { status } = spawnSync('unshare', argv, { stdio: 'inherit', env: { ...process.env, [MARK]: '1' } });
  process.exitCode = status ?? 1;
  return true;
}

/** An ext4 of its own at a directory, in a file, until it is disposed of; for who is not root the directory stays as it is. */
export async function ownFileSystem(directory: string, image: string): Promise<AsyncDisposable> {
  if (!isRoot) return { [Symbol.asyncDispose]: async () => {} };
  await writeFile(image, '');
  await truncate(image, BYTES);
  await runOk(['mkfs.ext4', '-q', '-F', image], { timeoutMs: 60_000 });
  await runOk(['mount', '-o', 'loop', image, directory], { timeoutMs: 60_000 });
  return { [Symbol.asyncDispose]: async () => void (await runOk(['umount', directory], { timeoutMs: 60_000 })) };
}
