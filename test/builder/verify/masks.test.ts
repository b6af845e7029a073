import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { linksToNull } from '../../../src/builder/verify/masks.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

test('links to /dev/null, and no other links or files', async () => {
  await using directory = await temporaryDirectory('recon-masks-');
  await mkdir(join(directory.path, 'etc/systemd/system'), { recursive: true });
  await symlink('/dev/null', join(directory.path, 'etc/systemd/system/b.service'));
  await symlink('/dev/null', join(directory.path, 'etc/a.rules'));
  await symlink('/dev/zero', join(directory.path, 'etc/c.rules'));
  await symlink('../../../dev/null', join(directory.path, 'etc/systemd/system/d.service'));
  await writeFile(join(directory.path, 'etc/e.rules'), '/dev/null');
  assert.deepEqual(await linksToNull(directory.path), ['etc/a.rules', 'etc/systemd/system/b.service']);
});

test('the overlay masks what would assemble storage, by unit and by udev rule', async () => {
  const masked = (await linksToNull(join(import.meta.dirname, '../../../overlay'))).map((path) => path.replace(/^.*\//, ''));
  for (const name of [
    ...['64-md-raid-assembly.rules', '69-lvm.rules', '56-lvm.rules', '01-md-raid-creating.rules', '69-dm-lvm.rules'],
    ...['lvm2-monitor.service', 'lvm2-pvscan@.service', 'blk-availability.service', 'dm-event.service', 'dm-event.socket'],
    ...['mdmonitor.service', 'mdmonitor-oneshot.timer', 'mdcheck_start.timer', 'mdadm-last-resort@.timer', 'mdadm-shutdown.service'],
  ])
    assert.ok(masked.includes(name), `${name} is not in ${masked.join(' ')}`);
});
