import type { TestContext } from 'node:test';
import { replaceBuiltin } from '../../platform/files/replace-builtin.ts';

/** Lets every file system say that so many bytes are free, in clusters of this size, until the test ends. */
export function freeBytesAre(t: TestContext, free: () => Promise<number> | number, clusterBytes = 1): void {
  replaceBuiltin(t, 'statfs', async () => ({ bavail: (await free()) / clusterBytes, blocks: 0, bsize: clusterBytes }));
}
