import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { tellingProgress } from '../../../src/service/inventory/telling-progress.ts';

test('each command that the other program has captured is told once, while it works', async () => {
  await using directory = await temporaryDirectory('recon-telling-');
  const hardware = join(directory.path, 'hardware');
  await mkdir(join(hardware, 'raw'), { recursive: true });
  await writeFile(join(hardware, 'raw/lscpu.out'), '');
  await writeFile(join(hardware, 'raw/lscpu.err'), '');
  const told: object[] = [];
  const heard = Promise.withResolvers<void>();
  const tell = (command: object): void => {
    told.push(command);
    heard.resolve();
  };
  const work = async (): Promise<string> => {
    await heard.promise;
    return 'done';
  };
  assert.equal(await tellingProgress(tell, work, [hardware, join(directory.path, 'not-there')]), 'done');
  assert.deepEqual(told, [{ id: 'lscpu' }], 'whether it worked is not known yet');
  await assert.rejects(
    tellingProgress(tell, () => Promise.reject(new Error('no')), [hardware]),
    { message: 'no' },
  );
});
