import assert from 'node:assert/strict';
import fs, { readdir } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { newAgeKeys } from '../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { asking, inputOf, largeRecords } from './seal-input.ts';

test('no room for the tarball, or for the file in which records wait, is said so and leaves nothing', async (context) => {
  await using directory = await temporaryDirectory('recon-seal-');
  const input = await inputOf(directory.path, largeRecords());
  const { recipient } = await newAgeKeys();
  for (const [full, more] of [
    ['.seal-spool', {}],
    ['.part', {}],
    ['.part', { encryptTo: recipient }],
  ] as const) {
    fillUp(context, full);
    await assert.rejects(sealTarball({ ...input, ...more }, 0), { code: 'disk-full', hint: /below records\// }, full);
    context.mock.restoreAll();
    syncBuiltinESMExports();
    assert.deepEqual(await readdir(input.directory), []);
  }
});

test('what fails while the tarball is written ends the seal with its reason, and leaves nothing', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const input = await inputOf(directory.path, largeRecords());
  const { recipient } = await newAgeKeys();
  for (const more of [{}, { encryptTo: recipient }]) {
    let asked = 0;
    const failing = asking(async () => {
      asked += 1;
      if (asked > 1) throw new Error('the stick was pulled');
    });
    await assert.rejects(sealTarball({ ...input, ...failing, ...more }), /the stick was pulled/);
    assert.deepEqual(await readdir(input.directory), []);
  }
});

/** From here on a file whose name ends so cannot take another byte. */
function fillUp({ mock }: TestContext, end: string): void {
  const { open } = fs;
  mock.method(fs, 'open', async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    if (String(args[0]).endsWith(end))
      mock.method(file, 'write', async () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });
    return file;
  });
  syncBuiltinESMExports();
}
