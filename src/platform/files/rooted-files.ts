import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errorCode } from './files.ts';

/** Read-only view of a file tree below a root that may not be `/`. Paths have no leading slash. */
export interface RootedFiles {
  /** at most `capBytes` of a regular file; undefined when there is none or the kernel refuses to read it */
  read(path: string, capBytes: number): Promise<Buffer | undefined>;
  /** sorted names; empty when there is no such directory */
  list(path: string): Promise<string[]>;
  /** the path with all links resolved inside the root; undefined when it leads nowhere */
  resolve(path: string): Promise<string | undefined>;
}

/**
 * Opens a tree. Links are resolved inside the root, absolute ones too, so that the tree of another machine never shows a file
 * of this one. Answers are remembered: it is a view of one moment, made for one capture.
 */
export function rootedFiles(root: string): RootedFiles {
  const base = root.replace(/\/+$/, '');
  const known = new Map<string, Promise<string | undefined>>();
  const resolveFrom = (directory: string, path: string): Promise<string | undefined> => {
    const whole = `${directory}/${path}`;
    const found = known.get(whole) ?? resolveInside(base, directory, path);
    known.set(whole, found);
    return found;
  };
  const resolve = (path: string): Promise<string | undefined> => resolveFrom('', path);
  return {
    resolve,
    list: async (path) => {
      const real = await resolve(path);
      return real === undefined ? [] : await orUndefined(readdir(`${base}/${real}`)).then((names) => (names ?? []).sort());
    },
    read: async (path, capBytes) => {
      // the directory is resolved once for all its files
      const directory = await resolve(dirname(path));
      const real = directory === undefined ? undefined : await resolveFrom(directory, basename(path));
      return real === undefined ? undefined : await orUndefined(readCapped(`${base}/${real}`, capBytes));
    },
  };
}

/** Follows a path from a resolved directory, component by component; as the kernel does, 40 links are enough and `..` of the root is the root. */
async function resolveInside(base: string, directory: string, path: string): Promise<string | undefined> {
  let done = directory.split('/').filter((part) => part !== '');
  const todo = path.split('/');
  for (let links = 0; todo.length > 0; ) {
    const part = todo.shift() ?? '';
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done.pop();
      continue;
    }
    const here = `${base}/${[...done, part].join('/')}`;
    const stat = await orUndefined(lstat(here));
    if (stat === undefined) return undefined;
    if (!stat.isSymbolicLink()) {
      done.push(part);
      continue;
    }
    links += 1;
    const target = links > 40 ? undefined : await orUndefined(readlink(here));
    if (target === undefined) return undefined;
    if (target.startsWith('/')) done = [];
    todo.unshift(...target.split('/'));
  }
  return done.join('/');
}

/** Files in /sys say 4096 bytes and hold less, files in /proc say 0 and hold more: only reading tells. */
async function readCapped(path: string, capBytes: number): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const chunks: Buffer[] = [];
    for (let total = 0; ; ) {
      const buffer = Buffer.allocUnsafe(Math.min(65536, capBytes - total));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** Any refusal of the kernel is an answer here (EIO and EINVAL are common in /sys); a mistake of ours is not. */
async function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (/^E[A-Z0-9]+$/.test(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
