import { join } from 'node:path';
import { namesIn } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';

/**
 * The openSUSE mirror that a host's zypper uses, from the text of its `.repo` files: what stands before `/distribution/leap/` in the address of a
 * repository that is not switched off. Undefined when there is none.
 */
export function findLeapMirror(repositories: readonly string[]): string | undefined {
  for (const text of repositories) {
    if (/^\s*enabled\s*=\s*0\s*$/m.test(text)) continue;
    const found = /^\s*baseurl\s*=\s*((?:https?|ftp):\/\/\S+?)\/distribution\/leap\/\S+/m.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const DIRECTORY = '/etc/zypp/repos.d';

/** The texts of the building host's zypper repositories, each of one. */
export async function zyppRepositories(): Promise<string[]> {
  const names = (await exists(DIRECTORY)) ? (await namesIn(DIRECTORY)).filter((name) => name.endsWith('.repo')) : [];
  const files = await Promise.all(names.map((name) => readOrUndefined(join(DIRECTORY, name))));
  return files.flatMap((file) => file?.toString('utf8').split(/^(?=\[)/m) ?? []);
}
