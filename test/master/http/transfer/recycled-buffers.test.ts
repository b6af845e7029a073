import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recycledBuffers } from '../../../../src/master/http/transfer/recycled-buffers.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

test('transfers that come one after the other and stay hold 64 MiB together, and 64 KiB each beyond that', () => {
  const buffers = recycledBuffers();
  const shares = Array.from({ length: 2000 }, () => buffers.share(Number.MAX_SAFE_INTEGER));
  const heldBytes = shares.reduce((sum, { bufferBytes }) => sum + 2 * bufferBytes, 0);
  assert.equal(shares[0]?.bufferBytes, MEBIBYTE);
  assert.equal(shares.at(-1)?.bufferBytes, 32 * KIBIBYTE);
  assert.ok(heldBytes <= 64 * MEBIBYTE + 2000 * 64 * KIBIBYTE, `${heldBytes}`);
  assert.ok(shares.filter(({ bufferBytes }) => bufferBytes === MEBIBYTE).length >= 16, 'a few have large ones');
});

test('what a transfer held is there for the next, and only once', () => {
  const buffers = recycledBuffers();
  const shares = Array.from({ length: 2000 }, () => buffers.share(Number.MAX_SAFE_INTEGER));
  for (const share of shares) for (const _twice of [1, 2]) share.end();
  const again = Array.from({ length: 2000 }, () => buffers.share(Number.MAX_SAFE_INTEGER));
  assert.deepEqual(
    again.map(({ bufferBytes }) => bufferBytes),
    shares.map(({ bufferBytes }) => bufferBytes),
  );
});

test('a small file takes a small buffer', () => {
  const buffers = recycledBuffers();
  assert.deepEqual(
    [1, 32 * KIBIBYTE, 33 * KIBIBYTE, 300 * KIBIBYTE].map((sizeBytes) => buffers.share(sizeBytes).bufferBytes / KIBIBYTE),
    [32, 32, 32, 256],
  );
});

test('a buffer that is given back is filled again by the next transfer', () => {
  const buffers = recycledBuffers();
  const first = buffers.share(MEBIBYTE);
  const buffer = first.take();
  first.giveBack(buffer);
  first.end();
  assert.equal(buffers.share(MEBIBYTE).take(), buffer);
});

test('of what many gave back 8 MiB wait, and the rest is the system’s again at once', () => {
  const share = recycledBuffers().share(MEBIBYTE);
  const taken = Array.from({ length: 20 }, () => share.take());
  for (const buffer of taken) share.giveBack(buffer);
  assert.equal(taken.filter(({ length }) => length > 0).length, 8);
});
