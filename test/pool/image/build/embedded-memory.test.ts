import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embeddedMemoryMiB } from '../../../../src/pool/image/build/build-image.ts';

test('an image with its root in the ramdisk asks for as much memory as one came up in', () => {
  assert.equal(embeddedMemoryMiB(178_627_554, 78_572_404), 384);
  assert.equal(embeddedMemoryMiB(1024 ** 3, 400 * 1024 ** 2), 1568);
});
