import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import type { FailedSeal } from '../fixtures/fail-seals.ts';

const isRoot = process.getuid?.() === 0;
const PROGRAM = join(import.meta.dirname, '../fixtures/fail-seals.ts');

describe('a stick that gives I/O errors in the middle of a seal', { skip: isRoot ? false : 'needs root' }, () => {
  // without a journal, as FAT, and with one, which is ended by the first error
  for (const kind of ['ext2', 'ext4'])
    it(`${kind}: ends it with a sentence; the last whole tarball stays, no acknowledged record is lost, and a later seal has them all`, async () => {
      await using root = await temporaryDirectory('recon-failing-');
      for (const name of ['under', 'data']) await mkdir(join(root.path, name));
      const inside = [process.execPath, PROGRAM, root.path, kind];
      const output = await runOk(['unshare', '--mount', '--propagation', 'private', ...inside], { timeoutMs: 300_000 });
      const results: FailedSeal[] = JSON.parse(output);
      const failed = results.filter(({ seal }) => !seal.endsWith('machines'));
      assert.ok(failed.length >= 3, JSON.stringify(results));
      for (const one of results) {
        const what = JSON.stringify(one);
        assert.deepEqual([one.standing, one.lost, one.faults], [[], [], []], what);
      }
      for (const { seal } of failed) assert.match(seal, /^(medium-failed|verify-failed): .{20}/);
    });
});
