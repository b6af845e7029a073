import { ReconError } from '../domain/errors.ts';

const MAX_MEMBERS = 10_000;

/**
 * Looks through `tar --list --verbose --quoting-style=escape` of a workload and gives the paths of its files. Only plain files
 * and directories inside the archive's own tree may be there, and a `run` at the top.
 * @throws ReconError `body-malformed` that names what is wrong
 */
export function checkedMembers(listing: string): string[] {
  const lines = listing.split('\n').filter((line) => line !== '');
  if (lines.length > MAX_MEMBERS) throw wrong(`it has more than ${MAX_MEMBERS} files`);
  const files = lines.flatMap((line) => {
    const [, type, path] = /^(.)\S{9,10}\s+\S+\s+\d+\s+\S+\s+\S+\s(.+)$/.exec(line) ?? [];
    if (type === undefined || path === undefined || (type !== '-' && type !== 'd')) throw wrong(`"${line}" is no plain file`);
    if (path.startsWith('/') || path.split('/').includes('..')) throw wrong(`"${path}" leads out of it`);
    return type === '-' ? [path.replace(/^(\.\/)+/, '')] : [];
  });
  if (!files.includes('run')) throw wrong('it has no file "run"');
  return files;
}

function wrong(why: string): ReconError {
  return new ReconError('body-malformed', `post.tgz cannot be used: ${why}`, {
    hint: 'Make it with: tar -czf post.tgz run … (in the directory of `run`).',
  });
}
