import { constants, readlinkSync } from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TestContext } from 'node:test';
import { replaceBuiltin } from './replace-builtin.ts';

/** What is asked of an open file, while it happens. */
export interface FileCall {
  call: 'sync' | 'read';
  /** without its directory */
  name: string;
  /** it was opened past the kernel's copy (O_DIRECT); also on a file system that cannot do so */
  isDirect: boolean;
}

/** Calls back before each `sync` and `read` of an open file until the test ends. What is not called here reaches no medium. */
export async function onFileCalls(t: TestContext, note: (call: FileCall) => void): Promise<void> {
  const open = promises.open;
  const direct = new WeakSet<FileHandle>();
  replaceBuiltin(t, 'open', async (path: string, flags?: string | number, mode?: number): Promise<FileHandle> => {
    if (typeof flags !== 'number' || (flags & constants.O_DIRECT) === 0) return open(path, flags, mode);
    const handle = await open(path, flags & ~constants.O_DIRECT, mode);
    direct.add(handle);
    return handle;
  });
  await using handle = await open('/dev/null');
  const prototype = Object.getPrototypeOf(handle) as Record<FileCall['call'], (...given: unknown[]) => unknown>;
  for (const call of ['sync', 'read'] as const) {
    const real = prototype[call];
    t.mock.method(prototype, call, function (this: FileHandle, ...given: unknown[]) {
      note({ call, name: basename(readlinkSync(`/proc/self/fd/${this.fd}`)), isDirect: direct.has(this) });
      return real.apply(this, given);
    });
  }
}
