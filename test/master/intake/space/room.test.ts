import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inClusters, keptForRecordsBytes, ledgerLimitBytes, leftBytes, storedBytes } from '../../../../src/master/intake/space/room.ts';

const SPACE = { freeBytes: 1000, totalBytes: 4000, clusterBytes: 10 };
const TARBALL = { wholeBytes: 195, withoutCapturesBytes: 91, spoolBytes: 11 };
const WANTED = { promisedBytes: 100, tarball: TARBALL, ledgerGrowthBytes: 50, earlierBytes: 0, floorBytes: 30 };

test('what is left counts whole clusters, the spool, the ledger to come and what is promised', () => {
  const left = 1000 - 100 - 50 - 30 - 20;
  assert.deepEqual(leftBytes(SPACE, WANTED), { always: left - 400, whole: left - 200, withoutCaptures: left - 100 });
});

test('a seal changes nothing of what is always left: the larger tarball takes the place of the smaller one', () => {
  for (const [earlierBytes, sealedBytes] of [
    [0, 200],
    [120, 180],
    [180, 200],
  ] as const) {
    const before = leftBytes(SPACE, { ...WANTED, earlierBytes });
    const freeBytes = SPACE.freeBytes - sealedBytes + earlierBytes;
    assert.equal(leftBytes({ ...SPACE, freeBytes }, { ...WANTED, earlierBytes: sealedBytes }).always, before.always);
  }
});

test('an earlier tarball that is larger than the next one can be gives no credit', () => {
  assert.equal(leftBytes(SPACE, { ...WANTED, earlierBytes: 900 }).always, leftBytes(SPACE, WANTED).whole);
});

test('a file takes whole clusters, and a revision four more', () => {
  assert.deepEqual([inClusters(0, 10), inClusters(1, 10), inClusters(10, 10), inClusters(11, 10)], [0, 10, 10, 20]);
  assert.equal(storedBytes(11, SPACE), 60);
});

test('records have a sixteenth of the medium to themselves; the ledger gets a 64th of it, between two limits', () => {
  assert.equal(keptForRecordsBytes(SPACE), 250);
  const MIB = 1024 ** 2;
  assert.deepEqual(
    [8 * MIB, 256 * MIB, 64 * 1024 * MIB].map((totalBytes) => ledgerLimitBytes(64 * MIB, totalBytes)),
    [MIB / 4, 4 * MIB, 64 * MIB],
  );
  assert.equal(ledgerLimitBytes(64 * MIB, 256 * MIB + 63), 4 * MIB, 'whole bytes: people are told of them');
});
