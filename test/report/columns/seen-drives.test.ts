import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenDrives } from '../../../src/report/columns/seen-drives.ts';

test('the drives of a record are found once, and those of another one are not taken for them', () => {
  const disks = [{ name: 'sda', serial: 'S1', sizeBytes: 5 }];
  const storage = { controllers: [{ id: '0', tool: 'storcli', virtualDrives: [], physicalDrives: [{ serial: 'S2', slot: '1' }] }] };
  const shelf = storage as unknown as NonNullable<Parameters<typeof seenDrives>[1]>;
  const alone = seenDrives(disks, undefined);
  assert.deepEqual(
    alone?.drives.map(({ serial }) => serial),
    ['S1'],
  );
  assert.equal(seenDrives(disks, undefined), alone);
  assert.deepEqual(
    seenDrives(disks, shelf)?.drives.map(({ serial }) => serial),
    ['S1', 'S2'],
  );
  assert.deepEqual(
    seenDrives(undefined, shelf)?.drives.map(({ serial }) => serial),
    ['S2'],
  );
  assert.equal(seenDrives(undefined, undefined), undefined);
});
