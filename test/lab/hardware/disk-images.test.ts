import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DISK_WORDS } from '../../../src/lab/hardware/boot-sector.ts';
import { makeFixture } from '../../../src/lab/hardware/disk-images.ts';
import type { Fixture } from '../../../src/lab/plan/lab-hardware.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const LIMIT = { timeoutMs: 30_000 };

/** What blkid, the prober of udev, takes each disk for: what it does not recognise would not be in danger. */
const SEEN_BY_UDEV: ReadonlyArray<[Fixture, Record<string, string>]> = [
  ['ext4-crashed', { TYPE: 'ext4', LABEL: 'crashed' }],
  ['ext4-cow', { TYPE: 'ext4', LABEL: 'cow' }],
  ['lvm', { TYPE: 'LVM2_member', USAGE: 'raid' }],
  ['raid1-first', { TYPE: 'linux_raid_member', VERSION: '1.2' }],
  ['raid1-second', { TYPE: 'linux_raid_member', VERSION: '1.2' }],
  ['swap', { TYPE: 'swap', LABEL: 'rehearsal' }],
  ['suspended', { TYPE: 'swsuspend' }],
  ['vfat-recondata', { TYPE: 'vfat', LABEL: 'RECONDATA' }],
];

for (const [fixture, expected] of SEEN_BY_UDEV) {
  test(`udev recognises the disk ${fixture}`, async () => {
    await using directory = await temporaryDirectory('recon-test-');
    const path = join(directory.path, 'disk.img');
    await makeFixture(fixture, path);
    const text = await runOk(['blkid', '-p', '-o', 'export', path], LIMIT);
    for (const [key, value] of Object.entries(expected)) assert.match(text, new RegExp(`^${key}=${value}$`, 'm'));
  });
}

test('the disk that a BIOS boots has a boot sector, with its words behind the program', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const path = join(directory.path, 'disk.img');
  await makeFixture('boot-sector', path);
  const sector = (await readFile(path)).subarray(0, 512);
  assert.deepEqual([...sector.subarray(510)], [0x55, 0xaa]);
  // mov si
  assert.equal(sector.toString('latin1', sector.readUInt16LE(6) - 0x7c00).split('\0')[0], `\r\n${DISK_WORDS}\r\n`);
});

test('the crashed file system has a journal to replay and an orphan to delete', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const path = join(directory.path, 'disk.img');
  await makeFixture('ext4-crashed', path);
  const text = await runOk(['dumpe2fs', '-h', path], LIMIT);
  assert.match(text, /needs_recovery/);
  assert.match(text, /First orphan inode:\s+12/);
  const repair = await run(['e2fsck', '-fp', path], LIMIT);
  assert.match(repair.stdout.toString(), /recovering journal[\s\S]*(Clearing|Truncating) orphaned inode 12/);
});

test('mdadm accepts the raid superblocks and sees a stale pair', async (t) => {
  await using directory = await temporaryDirectory('recon-test-');
  for (const [fixture, events, role] of [
    ['raid1-first', 20, 0],
    ['raid1-second', 18, 1],
  ] as const) {
    const path = join(directory.path, fixture);
    await makeFixture(fixture, path);
    const result = await run(['mdadm', '-E', path], LIMIT);
    if (result.status === 'absent') return t.skip('mdadm is not installed');
    const text = result.stdout.toString();
    assert.match(text, /Checksum : [0-9a-f]+ - correct/);
    assert.match(text, new RegExp(`Events : ${events}$`, 'm'));
    assert.match(text, new RegExp(`Device Role : Active device ${role}$`, 'm'));
  }
});
