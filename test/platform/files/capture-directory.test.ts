import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { readCaptureDirectory } from '../../../src/platform/files/capture-directory.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

test('files of raw/ have any name and are unpacked, those of fs/ only names that a capture has', async () => {
  await using directory = await temporaryDirectory('recon-capture-directory-');
  const { path } = directory;
  await mkdir(join(path, 'raw'));
  await mkdir(join(path, 'fs/proc'), { recursive: true });
  await writeFile(join(path, 'raw/a b.txt.gz'), gzipSync('inside'));
  await writeFile(join(path, 'fs/proc/a b'), 'x');
  await writeFile(join(path, 'fs/proc/meminfo.gz'), 'as it is');
  await symlink('/etc/passwd', join(path, 'fs/proc/link'));
  await symlink('/etc/passwd', join(path, 'raw/link'));
  const { files, unread } = await readCaptureDirectory(path);
  assert.deepEqual(
    [...files].map(([name, bytes]) => [name, bytes.toString()]),
    [
      ['fs/proc/meminfo.gz', 'as it is'],
      ['raw/a b.txt.gz', 'inside'],
    ],
  );
  assert.deepEqual(unread, [{ path: 'raw/link', reason: 'a link, and links are not followed' }]);
  await assert.rejects(readCaptureDirectory(join(path, 'none')), { code: 'capture-unreadable', message: /none: ENOENT$/ });
});

test('a small file that unpacks to more than a tool prints is left', async () => {
  await using directory = await temporaryDirectory('recon-capture-directory-');
  await mkdir(join(directory.path, 'raw'));
  await writeFile(join(directory.path, 'raw/bomb.gz'), gzipSync(Buffer.alloc(65 * 1024 * 1024)));
  const { files, unread } = await readCaptureDirectory(directory.path);
  assert.deepEqual([files.size, unread[0]?.path], [0, 'raw/bomb.gz']);
});
