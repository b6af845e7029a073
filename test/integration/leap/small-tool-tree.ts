import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runOk } from '../../../src/platform/process/command.ts';

/** Where the rpm of the tree keeps its database: not where the host's does, so that without the conversion it sees none, as Leap's does. */
export const OWN_DATABASE = '/usr/lib/sysimage/rpm';

/** The host's rpm and shell with their libraries, and a KIWI that only tells its version. `rpmdb`: a script in the place of that program. */
export async function smallToolTree(root: string, rpmdb?: string): Promise<void> {
  for (const name of ['sh', 'cat', 'rpm', 'rpmdb', 'rm', 'mkdir']) await copyProgram(name, root);
  await mkdir(join(root, 'usr/lib'), { recursive: true });
  await runOk(['cp', '-a', '/usr/lib/rpm', join(root, 'usr/lib/')], { timeoutMs: 60_000 });
  await mkdir(join(root, 'etc/rpm'), { recursive: true });
  await writeFile(join(root, 'etc/rpm/macros'), `%_dbpath ${OWN_DATABASE}\n`);
  await writeFile(join(root, 'usr/bin/kiwi-ng'), '#!/bin/sh\necho "KIWI (next generation) version 9.0"\n', { mode: 0o755 });
  if (rpmdb !== undefined) await writeFile(join(root, 'usr/bin/rpmdb'), rpmdb, { mode: 0o755 });
}

/** Into usr/bin, with the libraries that it is linked to at their own paths. */
async function copyProgram(name: string, root: string): Promise<void> {
  const path = (await runOk(['sh', '-c', 'readlink -f "$(command -v "$1")"', 'sh', name], { timeoutMs: 60_000 })).trim();
  const libraries = (await runOk(['ldd', path], { timeoutMs: 60_000 })).match(/\/\S+/g) ?? [];
  await place(path, join(root, 'usr/bin', name));
  for (const file of libraries) await place(file, join(root, file));
  await mkdir(join(root, 'bin'), { recursive: true });
  if (name === 'sh') await place(path, join(root, 'bin/sh'));
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
