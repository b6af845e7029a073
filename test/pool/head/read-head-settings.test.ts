import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readHeadSettings } from '../../../src/pool/head/read-head-settings.ts';

async function settingsOf(text: string): ReturnType<typeof readHeadSettings> {
  await using directory = await temporaryDirectory('recon-head-');
  const path = join(directory.path, 'head.yaml');
  await writeFile(path, text);
  return await readHeadSettings(path);
}

test('the settings of a head are read', async () =>
  assert.deepEqual(await settingsOf('interface: eth1\npool: /etc/recon/pool\nport: 8080\n'), {
    interface: 'eth1',
    pool: '/etc/recon/pool',
    port: 8080,
  }));

test('a key that nobody knows, a relative folder, no interface: each with its line', async () => {
  await assert.rejects(settingsOf('interface: eth1\nimagse: /srv\n'), /head\.yaml line 2: "imagse" is not a setting/);
  await assert.rejects(settingsOf('interface: eth1\npool: ./pool\n'), /line 2: pool: an absolute path/);
  await assert.rejects(settingsOf('pool: /pool\n'), { code: 'usage' });
});

test('no such file is said, with the command that makes one', async () =>
  await assert.rejects(readHeadSettings('/nonexistent/head.yaml'), { code: 'not-found', hint: 'recon head install --private eth1' }));
