import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unfitFor } from '../../../src/pool/serve/unfit-machine.ts';

const MIB = 1024 ** 2;
const image = { name: 'compute-debian-13', version: 3, minimumMemoryMiB: 192, architecture: 'x86_64' } as const;

test('an image is held against memory and architecture, as far as they are known', () => {
  const rows = [
    [{ memoryBytes: 128 * MIB }, 'too-little-ram', 'it has 128 MiB of RAM, and compute-debian-13@3 needs 192 MiB'],
    [{ memoryBytes: 192 * MIB - 1 }, 'too-little-ram', 'it has 191 MiB of RAM, and compute-debian-13@3 needs 192 MiB'],
    [{ memoryBytes: 192 * MIB }, undefined, undefined],
    [{ architecture: 'arm64', memoryBytes: 128 * MIB }, 'other-architecture', 'it is arm64, and compute-debian-13@3 is for x86_64'],
    [{ architecture: 'x86_64' }, undefined, undefined],
    [{}, undefined, undefined],
  ] as const;
  for (const [facts, problem, sentence] of rows) {
    const unfit = unfitFor(image, facts);
    assert.deepEqual([unfit?.problem, unfit?.sentence], [problem, sentence]);
  }
});

test('an image that says nothing of what it needs is given to everybody', () => {
  assert.equal(unfitFor({ name: 'mine', version: 1 }, { memoryBytes: 64 * MIB, architecture: 'arm64' }), undefined);
});
