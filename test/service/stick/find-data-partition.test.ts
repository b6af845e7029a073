import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../src/demo/fleet/seeded-random.ts';
import {
  type DataPartition,
  type DataPartitionQuery,
  findDataPartition,
  findDataPartitionAgain,
  otherStickWords,
} from '../../../src/service/stick/find-data-partition.ts';

const UUID = '5ec0de01-03';
const QUERY: DataPartitionQuery = { bootDevice: '/dev/sdb1', partUuid: UUID, anyTransport: false };

type Device = Record<string, string | null>;

/** A disk with the three partitions of our image, as lsblk tells it. */
function disk(name: string, tran: string | null, change: Device = {}): Device[] {
  return [
    { name, pkname: null, partuuid: null, label: 'RECON', fstype: 'iso9660', tran, type: 'disk' },
    { name: `${name}1`, pkname: name, partuuid: '5ec0de01-01', label: 'RECON', fstype: 'iso9660', tran: null, type: 'part' },
    { name: `${name}2`, pkname: name, partuuid: '5ec0de01-02', label: null, fstype: 'vfat', tran: null, type: 'part' },
    { name: `${name}3`, pkname: name, partuuid: UUID, label: 'RECONDATA', fstype: 'vfat', tran: null, type: 'part', ...change },
  ];
}

const STICK = disk('sdb', 'usb');
const CLONE = disk('sda', 'sata');
const CD: Device = { name: 'sr0', pkname: null, partuuid: null, label: 'RECON', fstype: 'iso9660', tran: 'usb', type: 'rom' };

const FOUND: DataPartition = { found: true, device: '/dev/sdb3', disk: 'sdb', identity: { uuid: undefined, serial: undefined } };

for (const [title, devices, change] of [
  ['our stick', STICK, {}],
  ['our stick, mounted whole', STICK, { bootDevice: '/dev/sdb' }],
  ['a clone of it on a SATA disk that comes first', [...CLONE, ...STICK], {}],
  ['a PARTUUID in capitals', STICK, { partUuid: UUID.toUpperCase() }],
  ['a virtual disk, when the image is one for virtual machines', disk('sdb', null), { anyTransport: true }],
] as const) {
  test(`found: ${title}`, () => assert.deepEqual(findDataPartition(listing(devices), { ...QUERY, ...change }), FOUND));
}

for (const [title, devices, change, reason] of [
  ['booted from a SATA disk that is a clone of the stick', CLONE, { bootDevice: '/dev/sda1' }, /^\/dev\/sda1 is not on a USB disk$/],
  ['booted from the clone while the stick is in', [...CLONE, ...STICK], { bootDevice: '/dev/sda1' }, /not on a USB disk/],
  ['a disk of a virtual machine, with an image for sticks', disk('sdb', null), {}, /not on a USB disk/],
  ['a CD', [CD, ...STICK], { bootDevice: '/dev/sr0' }, /CD or virtual CD, which cannot be written/],
  ['a CD, with an image for virtual machines', [CD, ...STICK], { bootDevice: '/dev/sr0', anyTransport: true }, /CD or virtual CD/],
  [
    'a stick that was written only in part',
    STICK.slice(0, 3),
    {},
    /^\/dev\/sdb has no partition 5ec0de01-03; was the image written whole\?$/,
  ],
  ['a stick without it beside a clone that has it', [...CLONE, ...STICK.slice(0, 3)], {}, /^\/dev\/sdb has no partition/],
  ['another stick of ours is meant', STICK, { partUuid: '00000001-03' }, /^\/dev\/sdb3 is RECONDATA, but the disk has another number/],
  [
    'a stick to which Windows has given another number',
    disk('sdb', 'usb', { partuuid: '1badb002-03' }),
    {},
    /^\/dev\/sdb3 is RECONDATA, but the disk has another number than the image \(Windows .*; write the image again$/,
  ],
  ['another label', disk('sdb', 'usb', { label: 'DATA' }), {}, /^\/dev\/sdb3 is not the FAT file system RECONDATA any more$/],
  ['another file system', disk('sdb', 'usb', { fstype: 'ext4' }), {}, /not the FAT file system RECONDATA/],
  ['no label', disk('sdb', 'usb', { label: null }), {}, /not the FAT file system RECONDATA/],
  ['no medium', STICK, { bootDevice: undefined }, /not booted from a medium/],
  ['no name in the boot menu', STICK, { partUuid: undefined }, /names no data partition/],
  ['a medium that is gone', CLONE, {}, /^\/dev\/sdb1 is not among the block devices$/],
] as const) {
  test(`refused: ${title}`, () => {
    const result = findDataPartition(listing(devices), { ...QUERY, ...change });
    assert.equal(result.found, false);
    if (!result.found) assert.match(result.reason, reason);
  });
}

test('a disk that has no PARTUUID at all is never ours', () => {
  const devices = disk('sdb', 'usb').map(({ partuuid: _, ...rest }) => rest);
  assert.equal(findDataPartition(listing(devices), QUERY).found, false);
});

function listing(devices: readonly Device[]): string {
  return JSON.stringify({ blockdevices: devices });
}

/** A stick with a volume number and a serial. */
const numbered = (name: string, uuid: string, serial: string | null, change: Device = {}): Device[] =>
  disk(name, 'usb', { uuid, ...change }).map((one) => (one['type'] === 'disk' ? { ...one, serial } : one));

const AGAIN = { partUuid: UUID, anyTransport: false };
const BEFORE = { uuid: '1234-ABCD', serial: 'S1' };

for (const [title, devices, device] of [
  ['under another name', numbered('sdc', '1234-ABCD', 'S1'), '/dev/sdc3'],
  ['beside another stick of the same image', [...numbered('sdb', '1234-ABCD', 'S2'), ...numbered('sdc', '1234-ABCD', 'S1')], '/dev/sdc3'],
  ['where a reader shows no serial', numbered('sdc', '1234-ABCD', null), '/dev/sdc3'],
] as const)
  test(`plugged in again, found: ${title}`, () => {
    const found = findDataPartitionAgain(listing(devices), AGAIN, BEFORE);
    assert.equal(found.found && found.device, device);
  });

const [OTHER_ONE, NOTHING_ELSE] = ['Plug in the one that was in before.', undefined];

for (const [title, devices, reason, hint] of [
  ['nothing is in', [], /^it is not plugged in$/, NOTHING_ELSE],
  ['another volume number', numbered('sdc', '9999-ABCD', 'S1'), /^\/dev\/sdc3 is another stick of the same image$/, OTHER_ONE],
  ['another serial', numbered('sdc', '1234-ABCD', 'S2'), /another stick of the same image/, OTHER_ONE],
  ['a clone on a SATA disk', disk('sda', 'sata', { uuid: '1234-ABCD' }), /^it is not plugged in$/, NOTHING_ELSE],
  ['another file system', numbered('sdc', '1234-ABCD', 'S1', { fstype: 'ext4' }), /^it is not plugged in$/, NOTHING_ELSE],
  [
    'two that look the same',
    [...numbered('sdb', '1234-ABCD', null), ...numbered('sdc', '1234-ABCD', null)],
    /sdb3 and \/dev\/sdc3 look the same/,
    'Pull the one that was not in before.',
  ],
] as const)
  test(`plugged in again, not found: ${title}`, () => {
    const found = findDataPartitionAgain(listing(devices), AGAIN, BEFORE);
    assert.match(found.found ? 'found' : found.reason, reason);
    assert.equal(found.found || found.hint, hint);
  });

test('in whatever order the buses come, the stick is found and what only looks like it is not: 200 orders, booted from each', () => {
  const { next } = seededRandom('buses');
  const decoys = [
    ...[...CLONE, ...disk('nvme0n1p', 'nvme'), ...disk('vda', 'virtio', { label: 'cow' })],
    { name: 'sdd1', pkname: 'sdd', partuuid: 'x', label: 'RECONDATA', fstype: 'vfat', tran: null, type: 'part' },
    { name: 'sdd', pkname: null, partuuid: null, label: null, fstype: null, tran: 'usb', type: 'disk' },
    CD,
  ];
  for (let order = 0; order < 200; order += 1) {
    const shuffled = [...STICK, ...decoys]
      .map((device) => ({ device, key: next() }))
      .sort((one, other) => one.key - other.key)
      .map(({ device }) => device);
    assert.deepEqual(findDataPartition(listing(shuffled), QUERY), FOUND);
    for (const bootDevice of ['/dev/sda1', '/dev/nvme0n1p1', '/dev/vda1', '/dev/sdd1', '/dev/sr0'])
      assert.equal(findDataPartition(listing(shuffled), { ...QUERY, bootDevice }).found, false, bootDevice);
  }
});

test('of two sticks of one image it is said which one is written to', () => {
  const named = (devices: Device[], model: string, serial: string): Device[] =>
    devices.map((one) => (one['type'] === 'disk' ? { ...one, model, serial } : one));
  const two = listing([...named(disk('sda', 'usb'), 'Ultra Fit', '4C53'), ...named(STICK, 'DataTraveler', 'E0D5 ')]);
  assert.deepEqual(otherStickWords(two, QUERY, 'sdb'), [
    'another stick of the same image is plugged in: /dev/sda (Ultra Fit, serial number 4C53).',
    'Records go to /dev/sdb (DataTraveler, serial number E0D5). Pull the other one, so that nobody takes the wrong one home.',
  ]);
  assert.deepEqual(otherStickWords(listing([...CLONE, ...STICK]), QUERY, 'sdb'), [], 'a clone on a SATA disk is no stick');
  assert.deepEqual(
    otherStickWords(listing([...disk('sdc', 'usb', { partuuid: '5ec0de02-03' }), ...STICK]), QUERY, 'sdb'),
    [],
    'nor is one of another image',
  );
});
