import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setMode } from '../../platform/files/build-files.ts';
import { removePath } from '../../platform/files/directories.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { runOk } from '../../platform/process/command.ts';

const MINUTE_MS = 60_000;

/** A folder as the kernel reads it (cpio, newc); a folder comes before what is in it. The same tree gives the same bytes. */
export async function packInitrd(
  tree: string,
  to: string,
  { work, packer }: { work: string; packer: readonly [string, ...string[]] },
): Promise<void> {
  // names alone would lead through /lib to all of /usr/lib once more
  const found = await readdir(tree, { recursive: true, withFileTypes: true });
  const entries = found.map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1)).sort();
  const plain = join(work, 'packed.cpio');
  const touch = ['xargs', '--null', 'touch', '--no-dereference', '--date=@0', '--'] as const;
  const names = entries.map((path) => `${path}\0`).join('');
  await runOk([...touch], { timeoutMs: MINUTE_MS, cwd: tree, input: names });
  const options = ['--quiet', '-o', '-H', 'newc', '--reproducible', '--owner=0:0', '--null', '-F', plain];
  await removePath(plain);
  await runOk(['cpio', ...options], { timeoutMs: 5 * MINUTE_MS, cwd: tree, input: names });
  await runOk([...packer, '-f', '-k', plain], { timeoutMs: 30 * MINUTE_MS });
  await movePath(`${plain}.${packer[0] === 'xz' ? 'xz' : 'zst'}`, to);
  await setMode(to, 0o644);
  await removePath(plain);
}

/** An initrd as dracut packs it, into an empty folder. */
export async function unpackInitrd(initrd: string, tree: string, work: string): Promise<void> {
  const plain = join(work, 'initrd.cpio');
  await runOk(['zstd', '-q', '-d', '-f', '-o', plain, initrd], { timeoutMs: 5 * MINUTE_MS });
  await runOk(['cpio', '--quiet', '-i', '-d', '-m', '-F', plain], { timeoutMs: 5 * MINUTE_MS, cwd: tree });
  await removePath(plain);
}
