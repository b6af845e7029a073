import { join } from 'node:path';
import { exists, readOrUndefined } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import { run } from '../../../platform/process/command.ts';
import type { ImageFault } from './image-fault.ts';
import type { TreeEntry } from './tree-entries.ts';

const SETUID_OR_SETGID = 0o6000;

/** Programs that run with the rights of another, and that no package brought. */
export async function setuidFaults(root: string, entries: readonly TreeEntry[]): Promise<ImageFault[]> {
  const found = entries.filter(({ mode }) => (mode & SETUID_OR_SETGID) !== 0).map(({ path }) => path);
  if (found.length === 0) return [];
  const unowned = (await exists(join(root, 'var/lib/dpkg/info')))
    ? await withoutDpkgOwner(root, found)
    : await withoutRpmOwner(root, found);
  if (unowned.length === 0) return [];
  return [
    {
      code: 'setuid',
      message: `no package owns ${unowned.map((path) => `/${path}`).join(', ')}, which ${unowned.length === 1 ? 'runs' : 'run'} with the rights of another user`,
      hint: 'take the bit away in a customise script (chmod u-s,g-s), or ship it as a package',
    },
  ];
}

async function withoutDpkgOwner(root: string, paths: readonly string[]): Promise<string[]> {
  const info = join(root, 'var/lib/dpkg/info');
  const owned = new Set<string>();
  for (const name of await listDirectory(info)) {
    if (!name.endsWith('.list')) continue;
    for (const line of ((await readOrUndefined(join(info, name)))?.toString('utf8') ?? '').split('\n')) owned.add(line);
  }
  // packages of before the merge of /usr still list /bin/su
  return paths.filter((path) => !owned.has(`/${path}`) && !owned.has(`/${path}`.replace(/^\/usr/, '')));
}

async function withoutRpmOwner(root: string, paths: readonly string[]): Promise<string[]> {
  const unowned: string[] = [];
  for (const path of paths) {
    const result = await run(['rpm', '--root', root, '--query', '--file', `/${path}`], { timeoutMs: 60_000 });
    if (result.status !== 'ok') unowned.push(path);
  }
  return unowned;
}
