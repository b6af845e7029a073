import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';

/** A squashfs with the folder of the modules of a release, or with no module at all; false, and another file, where no program makes one. */
export async function writeRoot(to: string, release: string | undefined): Promise<boolean> {
  await using tree = await temporaryDirectory('recon-fake-root-');
  const file = join(tree.path, release === undefined ? 'etc/motd' : `usr/lib/modules/${release}/modules.dep`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
  await rm(to, { force: true });
  const made = await run(['mksquashfs', tree.path, to, '-noappend', '-no-progress', '-quiet'], { timeoutMs: 60_000 });
  if (made.status !== 'ok') await writeFile(to, 'a root');
  return made.status === 'ok';
}
