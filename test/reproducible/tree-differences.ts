import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What differs in two trees, by path: content, kind, mode, owner, or that one of them has it alone; last, as one line, what differs by its time only.
 * Times are left out where they are those of unpacking.
 */
export async function treeDifferences(one: string, other: string, { withTimes }: { withTimes: boolean }): Promise<string[]> {
  const [a, b] = [await pathsBelow(one), await pathsBelow(other)];
  const all = [...new Set([...a, ...b])].sort();
  const lines: string[] = [];
  const byTime: string[] = [];
  for (const path of all) {
    if (!a.has(path) || !b.has(path)) lines.push(`/${path}: only in ${a.has(path) ? 'the first' : 'the second'}`);
    else {
      const what = await differingIn(join(one, path), join(other, path));
      if (what.length > 0) lines.push(`/${path}: ${what.join(', ')}`);
      else if (withTimes) byTime.push(...(await timesOf(path, one, other)));
    }
  }
  if (byTime.length > 0) lines.push(`the time alone, of ${byTime.length} files and folders; the first: ${byTime[0]}`);
  return lines;
}

async function timesOf(path: string, one: string, other: string): Promise<string[]> {
  const [a, b] = [await lstat(join(one, path)), await lstat(join(other, path))];
  return a.mtimeMs === b.mtimeMs ? [] : [`/${path}, ${a.mtime.toISOString()} | ${b.mtime.toISOString()}`];
}

async function differingIn(one: string, other: string): Promise<string[]> {
  const [a, b] = [await lstat(one), await lstat(other)];
  const what: string[] = [];
  if ((a.mode & 0o170000) !== (b.mode & 0o170000)) return ['kind'];
  if (a.mode !== b.mode) what.push(`mode ${(a.mode & 0o7777).toString(8)} | ${(b.mode & 0o7777).toString(8)}`);
  if (a.uid !== b.uid || a.gid !== b.gid) what.push(`owner ${a.uid}:${a.gid} | ${b.uid}:${b.gid}`);
  if (a.isSymbolicLink() && (await readlink(one)) !== (await readlink(other))) what.push('target');
  if (a.isFile() && !(await readFile(one)).equals(await readFile(other))) what.push(`content (${a.size} | ${b.size} bytes)`);
  return what;
}

async function pathsBelow(folder: string): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Set(entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)));
}
