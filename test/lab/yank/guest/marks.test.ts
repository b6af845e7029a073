import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Mark, markBytes, readMark } from '../../../../src/lab/yank/guest/marks.ts';

const HASH = 'a'.repeat(64);

test('a mark fits into a sector, and comes back', () => {
  const marks: Mark[] = [
    { kind: 'receipt', mac: '52:54:00:00:00:01', revision: 1000, recordSha256: HASH, captureSha256: HASH },
    { kind: 'sealed', name: 'recon-yank-2026-11-20-12.tar.gz', sha256: HASH },
  ];
  for (const mark of marks) {
    const sector = Buffer.alloc(512);
    markBytes(mark).copy(sector);
    assert.deepEqual(readMark(sector), mark);
  }
});

test('another sector is no mark', () => {
  assert.equal(readMark(Buffer.alloc(512)), undefined);
  assert.throws(() => markBytes({ kind: 'sealed', name: 'x'.repeat(500), sha256: HASH }), RangeError);
});
