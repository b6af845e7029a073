import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { offeredDisks } from '../../../src/service/install/disks.ts';
import { diskLines, doneLines, eraseLines, greetingLines, progressLine } from '../../../src/service/install/install-text.ts';
import { wrapLines } from '../../../src/service/wrap-lines.ts';
import { SERVER, SERVER_PATHS } from './server-disks.ts';

const NEEDED = 700_000_000;

test('the stick is not among the disks, nor what is no disk', () => {
  const disks = offeredDisks({ lsblk: SERVER, bootDevice: '/dev/sdb1', paths: SERVER_PATHS, drivers: new Map() });
  assert.ok(disks.known);
  assert.equal(disks.bootDisk, 'sdb');
  assert.deepEqual(
    disks.disks.map(({ name }) => name),
    ['sda', 'sdc', 'sdd', 'vda', 'vdb', 'nvme0n1'],
  );
});

test('what is mounted, swapped to or active on a disk is a use of it', () => {
  const disks = offeredDisks({ lsblk: SERVER, bootDevice: '/dev/sdb1', paths: SERVER_PATHS, drivers: new Map() });
  assert.deepEqual(disks.known && disks.disks.map(({ name, uses }) => [name, uses]).filter(([, uses]) => uses?.length !== 0), [
    ['sdc', ['/dev/sdc1 is mounted at /mnt', '/dev/sdc2 is swap', '/dev/vg-root (lvm) is active on it']],
  ]);
});

test('a system from a CD: it has no disk of its own, and each one is offered', () => {
  const disks = offeredDisks({ lsblk: SERVER, bootDevice: '/dev/sr0', paths: SERVER_PATHS, drivers: new Map() });
  assert.ok(disks.known && disks.bootDisk === 'sr0' && disks.disks.some(({ name }) => name === 'sdb'));
});

test('when the stick is not found, nothing is offered: any of them could be it', () => {
  const disks = offeredDisks({ lsblk: SERVER, bootDevice: '/dev/sdz1', paths: SERVER_PATHS, drivers: new Map() });
  assert.deepEqual(disks, { known: false, reason: '/dev/sdz1, which this system booted from, is not among the block devices' });
});

test('golden: what stands on the console', async () => {
  const disks = offeredDisks({ lsblk: SERVER, bootDevice: '/dev/sdb1', paths: SERVER_PATHS, drivers: new Map() });
  assert.ok(disks.known);
  const [first] = disks.disks;
  assert.ok(first !== undefined);
  const lines = [
    ...greetingLines('13.x.1', disks.bootDisk),
    ...diskLines(disks.disks, NEEDED),
    ...eraseLines(first),
    progressLine('copying', 0.999),
    progressLine('reading back', 1),
    ...doneLines(first),
    '--- a machine without disks ---',
    ...diskLines([], NEEDED),
  ];
  const shown = `${lines.flatMap(wrapLines).join('\n')}\n`;
  assert.ok(shown.split('\n').every((line) => line.length < 80));
  const golden = join(import.meta.dirname, 'golden/console.txt');
  if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(golden, shown);
  assert.equal(shown, await readFile(golden, 'utf8'));
});
