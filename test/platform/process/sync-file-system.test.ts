import assert from 'node:assert/strict';
import promises from 'node:fs/promises';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { syncFileSystem } from '../../../src/platform/process/sync-file-system.ts';
import { fakePrograms } from '../../fake-programs.ts';
import { replaceBuiltin } from '../files/replace-builtin.ts';

it('has the file system write out first, and then the medium its own cache', async (t) => {
  await using directory = await temporaryDirectory('recon-sync-');
  await using programs = await fakePrograms({ sync: '[ "$2" != /nowhere ]' });
  const { open } = promises;
  const flushed: string[] = [];
  replaceBuiltin(t, 'open', async (path: string, flags: number) => {
    const file = await open(path, flags);
    const { sync } = file;
    file.sync = async () => {
      flushed.push(`${path} after ${(await programs.calls()).length}`);
      await sync.call(file);
    };
    return file;
  });
  await syncFileSystem(directory.path);
  assert.deepEqual(await programs.calls(), [['sync', '--file-system', directory.path]]);
  assert.deepEqual(flushed, [`${directory.path} after 1`]);
  await assert.rejects(syncFileSystem('/nowhere'), { code: 'command-failed' });
  assert.equal(flushed.length, 1, 'what was not written out is not said to be on the medium');
});
