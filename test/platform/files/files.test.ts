import assert from 'node:assert/strict';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import {
  errorCode,
  exists,
  fileSystemSpace,
  freeBytes,
  readOrUndefined,
  temporaryDirectory,
  writeAtomic,
} from '../../../src/platform/files/files.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

it('replaces a file whole, with the mode that was asked for, and leaves no temporary one', async () => {
  await using directory = await temporaryDirectory('recon-files-');
  const path = join(directory.path, 'state');
  await writeAtomic(path, 'old');
  assert.equal((await stat(path)).mode & 0o777, 0o644);
  await writeAtomic(path, Buffer.from('new'), 0o600);
  assert.equal(await readFile(path, 'utf8'), 'new');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(directory.path), ['state']);
});

it('takes what cannot be read for missing, and nothing else', async () => {
  await using directory = await temporaryDirectory('recon-files-');
  const path = join(directory.path, 'file');
  await writeFile(path, 'x');
  assert.deepEqual(await readOrUndefined(path), Buffer.from('x'));
  assert.equal(await exists(path), true);
  const missing = [join(directory.path, 'none'), join(path, 'below'), directory.path, '/proc/self/mem'];
  for (const one of missing) assert.equal(await readOrUndefined(one), undefined, one);
  assert.equal(await exists(join(path, 'below')), false);
  await assert.rejects(readOrUndefined('x'.repeat(300)), { code: 'ENAMETOOLONG' });
});

for (const code of ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EIO', 'EINVAL', 'ENODEV', 'ENXIO', 'EOPNOTSUPP', 'ESRCH']) {
  it(`takes a file that answers ${code} for one that is not there`, async (t) => {
    replaceBuiltin(t, 'readFile', async () => {
      throw systemError(code);
    });
    assert.equal(await readOrUndefined('/sys/some/file'), undefined);
  });
}

it('tells the free bytes of a file system', async () => {
  await using directory = await temporaryDirectory('recon-files-');
  const free = await freeBytes(directory.path);
  const blocks = free / 512;
  assert.ok(Number.isInteger(blocks) && blocks > 0, `${free}`);
  await assert.rejects(freeBytes(join(directory.path, 'none')), { code: 'ENOENT' });
});

it('removes a temporary directory with all that is in it', async () => {
  const directory = await temporaryDirectory('recon-files-');
  assert.match(basename(directory.path), /^recon-files-./);
  await writeFile(join(directory.path, 'file'), 'x');
  await chmod(join(directory.path, 'file'), 0o400);
  await directory[Symbol.asyncDispose]();
  assert.equal(await exists(directory.path), false);
  await directory[Symbol.asyncDispose]();
});

it('knows the code of a system error, and none of others', async () => {
  assert.equal(errorCode(Object.assign(new Error('x'), { code: 'ENOSPC' })), 'ENOSPC');
  for (const other of [new Error('x'), Object.assign(new Error('x'), { code: 5 }), { code: 'ENOSPC' }, undefined])
    assert.equal(errorCode(other), undefined);
});

it('a file that could not be written leaves nothing beside the old one', async (t) => {
  await using directory = await temporaryDirectory('recon-files-');
  const path = join(directory.path, 'a');
  await writeAtomic(path, 'old');
  replaceBuiltin(t, 'rename', async () => {
    throw systemError('ENOSPC');
  });
  await assert.rejects(writeAtomic(path, 'new'), { code: 'ENOSPC' });
  assert.deepEqual(await readdir(directory.path), ['a']);
});

it('tells why a file could not be replaced, also when its half cannot be removed', async (t) => {
  const directory = await temporaryDirectory('recon-files-');
  replaceBuiltin(t, 'rename', async () => {
    throw systemError('ENOSPC');
  });
  replaceBuiltin(t, 'rm', async () => {
    throw systemError('EIO');
  });
  // behind the end of the test, when files can be removed again
  t.after(() => directory[Symbol.asyncDispose]());
  const failed = await writeAtomic(join(directory.path, 'file'), 'new').catch(errorCode);
  assert.equal(failed, 'ENOSPC');
});

it('counts a file system in bytes: what is free is a part of it', async (t) => {
  replaceBuiltin(t, 'statfs', async () => ({ bavail: 3, blocks: 7, bsize: 512 }));
  assert.deepEqual(await fileSystemSpace('/'), { freeBytes: 1536, totalBytes: 3584, clusterBytes: 512 });
});
