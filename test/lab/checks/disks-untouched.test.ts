import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCountedWrites, findTouchedDisks, parseBlockStatistics } from '../../../src/lab/checks/disks-untouched.ts';
import type { PreparedDisk } from '../../../src/lab/hardware/disk-images.ts';
import { startVirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';
import type { LabDisk } from '../../../src/lab/plan/lab-hardware.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile, hashImage, writeAt } from '../../../src/platform/machine/disk-image-file.ts';
import { run } from '../../../src/platform/process/command.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';

const DISK: LabDisk = { id: 'disk0', fixture: 'swap', bus: 'virtio', serial: 'S1' };
const PREPARED: PreparedDisk = { machine: 'peer', disk: DISK, path: '/nowhere', sha256: '' };
const COUNTERS = {
  rd_operations: 5,
  wr_operations: 0,
  unmap_operations: 0,
  failed_wr_operations: 0,
  failed_unmap_operations: 0,
  invalid_wr_operations: 0,
  invalid_unmap_operations: 0,
};

test('reads are no finding; a write, an unmap and an attempt to write are', () => {
  const findingsFor = (changed: Partial<typeof COUNTERS>): string[] =>
    findCountedWrites([PREPARED], parseBlockStatistics([{ device: 'disk0', stats: { ...COUNTERS, ...changed } }]));
  assert.deepEqual(findingsFor({}), []);
  assert.deepEqual(findingsFor({ wr_operations: 2 }), ['peer: the virtio disk S1 (swap) saw 2 writes and 0 unmaps']);
  assert.equal(findingsFor({ unmap_operations: 1 }).length, 1);
  assert.equal(findingsFor({ failed_wr_operations: 1 }).length, 1);
});

test('a disk without counters is no proof of anything', () => {
  assert.throws(() => findCountedWrites([PREPARED], new Map()), { code: 'infrastructure' });
});

/** 16-bit code that reads (2) or writes (3) one sector of the first disk by BIOS call 13h, says it on COM1, and stops. */
function sectorProgram(biosFunction: 2 | 3): Uint8Array {
  const code = new Uint8Array(512);
  code.set([0xb8, 0x01, biosFunction]); // mov ax, function:1 sector
  code.set([0xbb, 0x00, 0x7e], 3); // mov bx, 0x7e00
  code.set([0xb9, 0x02, 0x00, 0xba, 0x80, 0x00, 0xcd, 0x13], 6); // cylinder 0, sector 2, head 0, disk 0x80; int 13h
  code.set([0xba, 0xf8, 0x03, 0xb0, 0x21, 0xee, 0xb0, 0x0a, 0xee], 14); // '!' and a line feed to COM1
  code.set([0xf4, 0xeb, 0xfd], 23); // halt
  code.set([0x55, 0xaa], 510);
  return code;
}

for (const [name, biosFunction, expected] of [
  ['a guest that only reads', 2, 0],
  ['a guest that writes', 3, 2],
] as const) {
  test(`${name} is judged right by real counters`, async (t) => {
    if ((await run(['qemu-system-x86_64', '--version'], { timeoutMs: 60_000 })).status === 'absent') return t.skip('QEMU is not installed');
    await using directory = await temporaryDirectory('recon-test-');
    const path = join(directory.path, 'disk.img');
    const qmpPath = join(directory.path, 'm.qmp');
    await createSparseFile(path, 1024 * 1024);
    await writeAt(path, 0, sectorProgram(biosFunction));
    // not zero, so that writing what was never read changes the content
    await writeAt(path, 512, new Uint8Array(512).fill(0xab));
    const prepared: PreparedDisk[] = [{ machine: 'guest', disk: DISK, path, sha256: await hashImage(path) }];
    await using vm = await startVirtualMachine(
      'guest',
      [
        ...(['qemu-system-x86_64', '-nodefaults', '-display', 'none', '-accel', 'tcg', '-m', '64'] as const),
        ...['-qmp', `unix:${qmpPath},server=on,wait=off`, '-serial', 'stdio'],
        ...['-drive', `if=none,id=disk0,format=raw,file=${path}`, '-device', 'virtio-blk-pci,drive=disk0,bootindex=0'],
      ],
      qmpPath,
    );
    await vm.waitForLine(/!/, 60_000);
    assert.equal((await findTouchedDisks('guest', vm.qmp, prepared)).length, expected);
    await vm.qmp.execute('quit');
    const ended = await waitFor(
      () => {
        try {
          vm.assertAlive();
          return undefined;
        } catch (error) {
          return error;
        }
      },
      { timeoutMs: 60_000, pauseMs: 20 },
    );
    assert.equal((ended as { code?: string }).code, 'infrastructure', 'a QEMU that is gone is nobody’s power off');
  });
}
