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
  const told: string[] = [];
  const heard = Promise.withResolvers<void>();
  const tell = ({ id }: { id: string }): void => {
    told.push(id);
    heard.resolve();
  };
  const work = async (): Promise<string> => {
    await heard.promise;
    return 'done';
  };
  assert.equal(await tellingProgress(tell, work, [hardware, join(directory.path, 'not-there')]), 'done');
  assert.deepEqual(told, ['lscpu']);
  await assert.rejects(
    tellingProgress(tell, () => Promise.reject(new Error('no')), [hardware]),
    { message: 'no' },
  );
});
