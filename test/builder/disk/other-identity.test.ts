import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/builder/disk/identity-edits.ts';
import { identityOf, isoUuidOf, otherIdentity } from '../../../src/builder/disk/other-identity.ts';

const BEFORE = { signature: 0x0ac0de01, volumeDate: '2026112021400125' };

test('a thousand seeds: a date that there is, on the same day, and never the identity of before', () => {
  const dates = new Set<string>();
  for (let seed = 0; seed < 1000; seed++) {
    const other = otherIdentity(BEFORE, `${seed}`);
    assert.match(other.volumeDate, /^20261120([01]\d|2[0-3])[0-5]\d[0-5]\d\d\d$/);
    assert.notEqual(other.volumeDate, BEFORE.volumeDate);
    assert.ok(other.signature > 0 && other.signature <= 0xffffffff && other.signature !== BEFORE.signature);
    dates.add(other.volumeDate);
  }
  assert.ok(dates.size > 990, `${dates.size} dates`);
  assert.deepEqual(otherIdentity(BEFORE, 'a'), otherIdentity(BEFORE, 'a'));
});

test('an identity by the names that manifest and menu have of it', () => {
  assert.deepEqual(identityOf({ isoUuid: '2026-11-20-21-40-01-25', dataPartitionUuid: '0ac0de01-03' }), BEFORE);
  assert.equal(isoUuidOf(BEFORE), '2026-11-20-21-40-01-25');
});

test('an edit lands in each chunk with the part of it that lies there', () => {
  const edits = [{ offsetBytes: 6, bytes: Buffer.from('ABCDE') }];
  const chunks = ['........', '........'].map((text) => Buffer.from(text));
  for (const [index, chunk] of chunks.entries()) applyEdits(chunk, index * 8, edits);
  assert.deepEqual(chunks.map(String), ['......AB', 'CDE.....']);
});
