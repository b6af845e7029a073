import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissingDisks } from '../../../src/lab/matrix/boot-peer.ts';
import { MATRIX_DISKS } from '../../../src/lab/matrix/disks/matrix-disks.ts';

test('a disk that is not in the record was not looked at by all collectors', () => {
  const serials = MATRIX_DISKS.map(({ serial }) => serial);
  assert.deepEqual(findMissingDisks(JSON.stringify(serials)), []);
  assert.deepEqual(findMissingDisks(JSON.stringify(serials.filter((one) => one !== 'MTRX13NVME'))), [
    'the record has no disk MTRX13NVME (lvm-thin)',
  ]);
  assert.equal(findMissingDisks('').length, MATRIX_DISKS.length);
});
