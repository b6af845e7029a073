import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolImageManifest } from '../../../src/domain/pool/image-manifest.ts';
import { missingPart } from '../../../src/domain/pool/image-parts.ts';

const entry = (sizeBytes: number): { sizeBytes: number; sha256: string } => ({ sizeBytes, sha256: 'a'.repeat(64) });
const FILES = {
  kernel: entry(10),
  ramdisk: entry(20),
  'root.sqfs': entry(30),
  'root.tar.zst': entry(40),
  packages: entry(5),
  sbom: entry(6),
};
const ALL = { kernel: 10, ramdisk: 20, 'root.sqfs': 30, 'root.tar.zst': 40, packages: 5, sbom: 6 };

const ROWS: readonly (readonly [what: string, there: Record<string, number>, why: RegExp | undefined])[] = [
  ['all of it', ALL, undefined],
  ['no lists, as on a stick', { kernel: 10, ramdisk: 20, 'root.sqfs': 30, 'root.tar.zst': 40 }, undefined],
  ['one of two roots', { kernel: 10, ramdisk: 20, 'root.sqfs': 30 }, undefined],
  ['the other', { kernel: 10, ramdisk: 20, 'root.tar.zst': 40 }, undefined],
  ['a copy before its ramdisk', { kernel: 10 }, /^ramdisk is not there/],
  ['a copy in its ramdisk', { kernel: 10, ramdisk: 7 }, /^ramdisk has 7 of 20 bytes/],
  ['a copy before its root', { kernel: 10, ramdisk: 20, packages: 5 }, /^root\.sqfs is not there/],
  ['a copy in its root', { kernel: 10, ramdisk: 20, 'root.sqfs': 29 }, /^root\.sqfs has 29 of 30 bytes/],
  ['a copy in its second root', { ...ALL, 'root.tar.zst': 0 }, /^root\.tar\.zst has 0 of 40 bytes/],
  ['no kernel', { ramdisk: 20, 'root.sqfs': 30 }, /^kernel is not there/],
];

for (const [what, there, why] of ROWS) {
  test(`what a version of an image lacks: ${what}`, () => {
    const missing = missingPart({ files: FILES }, new Map(Object.entries(there)));
    if (why === undefined) assert.equal(missing, undefined);
    else assert.match(missing ?? '', why);
  });
}

test('an image without a root needs none', () => {
  const files: PoolImageManifest['files'] = { kernel: entry(10), ramdisk: entry(20) };
  assert.equal(missingPart({ files }, new Map([...Object.entries({ kernel: 10, ramdisk: 20 })])), undefined);
});
