import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { fileUnderTest } from '../guarantees/file-under-test.ts';

const GUARD = fileUnderTest('overlay/usr/lib/recon/guard-disk');

/** What the guard is open for, a device, and whether that stays writable. */
const ROWS: ReadonlyArray<readonly [open: string | undefined, device: string, isWritable: boolean]> = [
  [undefined, 'sda', false],
  [undefined, 'sda1', false],
  ['', 'sda', false],
  ['sda', 'sda', true],
  ['sda', 'sda1', true],
  ['sda', 'sda15', true],
  ['sda', 'sdaa', false],
  ['sda', 'sdb', false],
  ['sda', 'sdb1', false],
  ['sdaa', 'sda', false],
  ['nvme0n1', 'nvme0n1', true],
  ['nvme0n1', 'nvme0n1p1', true],
  // other namespaces of the same drive are other disks
  ['nvme0n1', 'nvme0n10', false],
  ['nvme0n1', 'nvme0n12', false],
  ['nvme0n1', 'nvme0n12p1', false],
  ['nvme0n1', 'nvme0n2', false],
  ['mmcblk0', 'mmcblk0p3', true],
  ['mmcblk0', 'mmcblk0boot0', false],
  ['mmcblk1', 'mmcblk10', false],
  ['*', 'sda', false],
];

test('the guard is open for one disk and its partitions, and for nothing else', async () => {
  await using directory = await temporaryDirectory('recon-guard-');
  const at = (name: string): string => join(directory.path, name);
  // blockdev says what it was told; the file that names the disk is one of ours
  await writeFile(at('blockdev'), '#!/bin/sh\necho "$*"\n', { mode: 0o755 });
  await writeFile(at('guard'), (await readFile(GUARD, 'utf8')).replaceAll('/run/recon/writable-disk', at('writable-disk')));
  await chmod(at('guard'), 0o755);
  for (const [open, device, isWritable] of ROWS) {
    await runOk(['rm', '-f', at('writable-disk')], { timeoutMs: 60_000 });
    if (open !== undefined) await writeFile(at('writable-disk'), open);
    const environment = { PATH: `${directory.path}:${process.env['PATH']}` };
    const said = await runOk([at('guard'), device], { timeoutMs: 60_000, environment });
    assert.equal(said, isWritable ? '' : `--setro /dev/${device}`, `open for ${open}: ${device}`);
  }
});
