import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smbiosMemoryTables } from '../../../src/lab/hardware/smbios-memory.ts';
import { type LabDimm, labDimms } from '../../../src/lab/plan/lab-hardware.ts';

const DIMMS = labDimms(1, [1024, 0]);
const [ARRAY, FITTED, EMPTY] = smbiosMemoryTables(DIMMS).map((table) => Buffer.from(table)) as [Buffer, Buffer, Buffer];

/** What stands behind the formatted part. */
const stringsOf = (table: Buffer): string => table.subarray(table[1]).toString('latin1');

test('the array counts its slots and corrects errors', () => {
  assert.equal(ARRAY.toString('hex'), `10170010${'030306'}${'00002000'}${'feff'}${'0200'}${'00'.repeat(8)}0000`);
});

test('a module has its labels in the order of their numbers', () => {
  assert.equal(stringsOf(FITTED), 'DIMM_A1\0BANK 0\0Rehearsal Memory\0D1AA0010\0RDTAG10\0RDIMM-1024\0\0');
  assert.deepEqual(
    [0x10, 0x11, 0x17, 0x18, 0x19, 0x1a].map((offset) => FITTED[offset]),
    [1, 2, 3, 4, 5, 6],
  );
});

test('a module has size, widths, speeds and a slot in the array', () => {
  assert.deepEqual([FITTED[0], FITTED[1], FITTED.readUInt16LE(2), FITTED.readUInt16LE(4)], [17, 0x28, 0x1100, ARRAY.readUInt16LE(2)]);
  assert.deepEqual(
    [0x08, 0x0a, 0x0c, 0x15, 0x20].map((offset) => FITTED.readUInt16LE(offset)),
    [72, 64, 1024, 3200, 2933],
  );
});

test('an empty slot has size 0, its place and nothing else', () => {
  assert.deepEqual([EMPTY.readUInt16LE(2), EMPTY.readUInt16LE(0x0c)], [0x1101, 0]);
  assert.equal(stringsOf(EMPTY), 'DIMM_B1\0BANK 1\0\0');
});

for (const sizeMiB of [0.5, 0, 32_767]) {
  test(`a module of ${sizeMiB} MiB cannot be written down`, () => {
    const [dimm] = labDimms(1, [1024]) as [LabDimm & { module: NonNullable<LabDimm['module']> }];
    assert.throws(() => smbiosMemoryTables([{ ...dimm, module: { ...dimm.module, sizeMiB } }]), RangeError);
  });
}
