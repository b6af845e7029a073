import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findGuestTrouble, stickDevices } from '../../../../src/lab/matrix/findings/guest-state.ts';
import { guestDevices, parseGuestReport } from '../../../../src/lab/matrix/guest/guest-report.ts';
import { HEADING, SECTION_NAMES, type Section } from '../../../../src/lab/matrix/guest/report-script.ts';

const CLEAN: Record<Section, string> = {
  kernel: 'Linux version 6.12\n',
  mdstat: 'cat: /proc/mdstat: No such file or directory\n',
  swaps: 'Filename\tType\tSize\tUsed\tPriority\n',
  mapper: '/dev/mapper/control: open failed: No such device\nFailure to communicate with kernel device-mapper driver.\nCommand failed.\n',
  mounts: '22 1 0:20 / / rw - overlay LiveOS_rootfs rw\n30 22 8:1 / /run/initramfs/live ro - iso9660 /dev/sda1 ro\n',
  disks: [
    'NAME="sda" PKNAME="" RO="0" SERIAL="RSTICK"',
    'NAME="sda1" PKNAME="sda" RO="0" SERIAL=""',
    'NAME="vda" PKNAME="" RO="1" SERIAL="MTRX00VIRTIO"',
    'NAME="vda1" PKNAME="vda" RO="1" SERIAL=""\n',
  ].join('\n'),
  loops: '/sys/block/loop0/loop/backing_file:/run/initramfs/live/LiveOS/squashfs.img\n',
  pstore: '(null)\n',
};
const text = (change: Partial<typeof CLEAN> = {}): string =>
  `${SECTION_NAMES.map((name) => `${HEADING}${name}\n${{ ...CLEAN, ...change }[name]}`).join('')}${HEADING}end\n`;
const trouble = (change: Partial<typeof CLEAN>): string[] => findGuestTrouble(parseGuestReport(text(change)));

test('the last whole report counts, with the line ends of a serial port', () => {
  const report = parseGuestReport(`${text({ kernel: 'first\n' })}${text()}${HEADING}kernel\nhalf a rep`.replaceAll('\n', '\r\n'));
  assert.deepEqual(report.kernel, ['Linux version 6.12']);
  assert.throws(() => parseGuestReport(`${HEADING}kernel\n`), /did not report/);
  assert.throws(() => parseGuestReport(`${HEADING}kernel\na\n${HEADING}end\n`), /lacks mdstat/);
});

test('a partition has the serial of its disk, and the stick is known by its own', () => {
  const report = parseGuestReport(text());
  assert.deepEqual(guestDevices(report).at(-1), { name: 'vda1', serial: 'MTRX00VIRTIO', isReadOnly: true });
  assert.deepEqual(stickDevices(report), ['sda', 'sda1']);
});

test('a guest that left everything alone has no findings; each kind of trouble is one', () => {
  assert.deepEqual(trouble({}), []);
  assert.match(trouble({ mdstat: 'Personalities : [raid1]\nmd127 : active raid1 sdb[0]\n' }).join(), /^\/proc\/mdstat is not empty: md127/);
  assert.match(trouble({ swaps: `${CLEAN.swaps}/dev/sdb partition 65532 0 -2\n` }).join(), /^\/proc\/swaps is not empty/);
  assert.match(trouble({ mapper: 'rehearsal-mirror: 0 8192 raid raid1\n' }).join(), /^the device mapper has rehearsal-mirror/);
  assert.match(trouble({ mounts: '40 22 254:0 / /mnt/cow ro - ext4 /dev/vda1 ro\n' }).join(), /MTRX00VIRTIO\) is mounted on \/mnt\/cow/);
  assert.match(trouble({ loops: '/sys/block/loop3/loop/backing_file:/dev/vda1\n' }).join(), /^a loop device uses/);
  assert.match(trouble({ disks: 'NAME="vda" PKNAME="" RO="0" SERIAL="MTRX00VIRTIO"\n' }).join(), /is not set read-only/);
  assert.match(trouble({ pstore: 'efi_pstore\n' }).join(), /crash records of the kernel would go to efi_pstore/);
});
