import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecondStick } from '../../../src/service/second-stick/find-second-stick.ts';

type Device = Record<string, string | number | null>;

const DISK: Device = {
  name: 'sdc',
  pkname: null,
  type: 'disk',
  tran: 'usb',
  model: 'Ultra Fit ',
  serial: '4C53',
  size: 32_015_679_488,
  fstype: null,
};
const PART: Device = { name: 'sdc1', pkname: 'sdc', type: 'part', tran: null, label: 'PHOTOS', fstype: 'vfat', size: 32_014_000_000 };
const INTERNAL: Device = { ...DISK, name: 'sda', model: 'IDSDM', serial: '0123' };
const SATA: Device = { ...DISK, name: 'sdb', tran: 'sata' };
const SEQUENCES = new Map([
  ['sda', 3],
  ['sdb', 12],
  ['sdc', 11],
  ['sdd', 13],
]);

const search = (...devices: Device[]) => findSecondStick(JSON.stringify({ blockdevices: devices }), SEQUENCES, 9, undefined);

test('the stick that was plugged in is shown with size, model, serial number, and what is on it', () => {
  assert.deepEqual(search(INTERNAL, SATA, DISK, PART, { ...PART, name: 'sdc2', label: 'x\u001b[2J', fstype: 'ntfs', size: 5 }), {
    found: true,
    stick: {
      ...{ disk: 'sdc', device: 'sdc1', fileSystem: 'vfat', sequence: 11 },
      words: '/dev/sdc (32 GB, Ultra Fit, serial number 4C53). On it: sdc1 vfat "PHOTOS", sdc2 ntfs "x?[2J". The file goes to /dev/sdc1',
    },
  });
});

for (const [title, devices, device] of [
  ['a file system on the whole disk', [{ ...DISK, fstype: 'exfat' }], 'sdc'],
  ['the larger one of two', [DISK, { ...PART, size: 5 }, { ...PART, name: 'sdc2', fstype: 'ext4' }], 'sdc2'],
] as const)
  test(`found: ${title}`, () => {
    const found = search(...devices);
    assert.equal(found.found && found.stick.device, device);
  });

for (const [title, devices, reason] of [
  ['nothing', [SATA], /^no USB stick is plugged in beside/],
  [
    'what was there from the start, such as a card inside',
    [INTERNAL, { ...PART, name: 'sda1', pkname: 'sda' }],
    /IDSDM.*was there when this machine started.*pull it and plug it in again/,
  ],
  ['two at once', [DISK, PART, { ...DISK, name: 'sdd' }], /sdc .* and \/dev\/sdd .* were plugged in: leave only one/],
  [
    'one that would have to be formatted',
    [DISK, { ...PART, fstype: 'ntfs' }],
    /no FAT, exFAT or ext4 file system, and it is not formatted here. On it: sdc1 ntfs "PHOTOS"$/,
  ],
  ['an empty one', [DISK], /not formatted here. On it: nothing$/],
  ['a disk of the machine that came later', [{ ...DISK, tran: 'sas' }, PART], /^no USB stick/],
] as const)
  test(`none: ${title}`, () => {
    const found = search(...devices);
    assert.match(found.found ? 'found' : found.reason, reason);
  });

test('the medium that the machine started from is never offered, whatever its number is', () => {
  const found = findSecondStick(JSON.stringify({ blockdevices: [DISK, PART] }), SEQUENCES, 9, 'sdc');
  assert.equal(found.found, false);
});
