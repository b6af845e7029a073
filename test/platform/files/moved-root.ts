import promises, { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin } from './replace-builtin.ts';

const ONE_PATH = ['access', 'mkdir', 'open', 'readdir', 'readFile', 'readlink', 'stat', 'writeFile'] as const;

/**
 * A tree in the place of /sys, /proc/sys and /run until the test ends: what the kernel or the system would show there. Gives the
 * function that makes a path of the tree.
 */
export async function movedRoot(t: TestContext, files: Readonly<Record<string, string>> = {}): Promise<(path: string) => string> {
  const directory = await temporaryDirectory('recon-root-');
  t.after(() => directory[Symbol.asyncDispose]());
  const at = (path: string): string => join(directory.path, path);
  for (const mountPoint of ['/sys', '/proc/sys', '/run']) await mkdir(at(mountPoint), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  }
  const moved = (path: unknown): unknown => (typeof path === 'string' && /^\/(sys|proc\/sys|run)\//.test(path) ? at(path) : path);
  for (const name of ONE_PATH) {
    const real = promises[name] as (...given: unknown[]) => unknown;
    replaceBuiltin(t, name, async (path: unknown, ...rest: unknown[]) => real(moved(path), ...rest));
  }
  const { rename } = promises;
  replaceBuiltin(t, 'rename', async (from: string, to: string) => rename(String(moved(from)), String(moved(to))));
  return at;
}
