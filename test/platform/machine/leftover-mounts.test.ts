import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopsBelow, mountPointsBelow } from '../../../src/platform/machine/leftover-mounts.ts';

test('mount points below a directory, the innermost first; not the directory, and not its neighbours', () => {
  const table = [
    '22 1 254:0 / / rw - ext4 /dev/vda rw',
    '40 22 0:40 / /b/debian-13 rw shared:3 - tmpfs t rw',
    '41 40 0:41 / /b/debian-13/.work/root rw - ext4 /dev/loop3 rw',
    '42 41 0:5 / /b/debian-13/.work/root/proc rw - proc proc rw',
    String.raw`43 40 0:5 / /b/debian-13/with\040blank rw - proc proc rw`,
    '44 22 0:5 / /b/debian-13.5/proc rw - proc proc rw',
  ].join('\n');
  assert.deepEqual(mountPointsBelow(`${table}\n`, '/b/debian-13'), [
    '/b/debian-13/with blank',
    '/b/debian-13/.work/root/proc',
    '/b/debian-13/.work/root',
  ]);
  assert.deepEqual(mountPointsBelow(table, '/c'), []);
});

test('loop devices of files below a directory, also of removed ones', () => {
  const listing = [
    '/dev/loop3 /b/debian-13/.work/rootfs.img',
    '/dev/loop4 /b/debian-13/.work/fat.img (deleted)',
    String.raw`/dev/loop5 /b/debian-13/a\x20b`,
    '/dev/loop6 /b/debian-12/rootfs.img',
    '/dev/loop7 ',
  ].join('\n');
  assert.deepEqual(loopsBelow(`${listing}\n`, '/b/debian-13'), ['/dev/loop3', '/dev/loop4', '/dev/loop5']);
  assert.deepEqual(loopsBelow('', '/b'), []);
});
