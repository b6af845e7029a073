import { createHash } from 'node:crypto';
import type { CommandResult } from '../../platform/process/command.ts';
import type { FileChange } from './revision.ts';

/**
 * Which of these files were, before the change, not as HEAD has them: an edit by hand that nobody has committed lies in them. A commit takes whole
 * files, and must not say that all of it is by who made the change.
 */
export async function broughtAlong(
  git: (args: readonly string[]) => Promise<CommandResult>,
  changed: readonly FileChange[],
): Promise<string[]> {
  // without a first commit there is no HEAD, and it holds no file
  const { status, stdout } = await git(['ls-tree', '-z', 'HEAD', '--', ...changed.map(({ path }) => path)]);
  const held = new Map(status === 'ok' ? stdout.toString('utf8').split('\0').flatMap(idOf) : []);
  return changed.filter(({ path, before }) => !isHeld(held.get(path), before)).map(({ path }) => path);
}

/** Of a line of git-ls-tree(1): `100644 blob ID<tab>PATH`. */
function idOf(line: string): [path: string, id: string][] {
  const [, id = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
  return path === '' ? [] : [[path, id]];
}

function isHeld(id: string | undefined, text: string | undefined): boolean {
  if (id === undefined || text === undefined) return id === undefined && text === undefined;
  const bytes = Buffer.from(text);
  // 64 letters: a repository of the newer format, by SHA-256
  return (
    createHash(id.length === 64 ? 'sha256' : 'sha1')
      .update(`blob ${bytes.length}\0`)
      .update(bytes)
      .digest('hex') === id
  );
}
