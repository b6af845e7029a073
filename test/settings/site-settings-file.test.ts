import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { readSiteSettings } from '../../src/settings/site-settings-file.ts';

async function stick(files: Record<string, string>) {
  const directory = await temporaryDirectory('recon-settings-');
  await mkdir(join(directory.path, 'tools'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
  return directory;
}

test('no file is no settings', async () => {
  await using data = await stick({});
  assert.deepEqual(await readSiteSettings(data.path), { outcome: 'none' });
});

test('the list of expected machines is read from beside', async () => {
  await using data = await stick({
    'Recon.yaml': 'site: hall-3\nexpected:\n  file: rack.csv\n  machines:\n    - serial: A1234\n',
    'rack.csv': '52:54:00:00:00:01\n',
  });
  assert.deepEqual(await readSiteSettings(data.path), {
    outcome: 'read',
    settings: { site: 'hall-3', expected: { file: 'rack.csv', machines: [{ serial: 'A1234' }, { mac: '52:54:00:00:00:01' }] } },
  });
});

test('a name that Windows has lengthened, and two candidates, are told and not guessed', async () => {
  await using renamed = await stick({ 'recon.yaml.txt': 'site: x\n' });
  assert.deepEqual(await readSiteSettings(renamed.path), {
    outcome: 'wrong',
    mistakes: ['recon.yaml.txt: the settings file must be called recon.yaml'],
  });
  await using two = await stick({ 'recon.yaml': 'site: x\n', 'recon.yml': 'site: y\n' });
  assert.equal((await readSiteSettings(two.path)).outcome, 'wrong');
});

test('mistakes name file and line, those of the list too', async () => {
  await using data = await stick({ 'recon.yaml': '\n\nsiet: x\n' });
  assert.deepEqual(await readSiteSettings(data.path), {
    outcome: 'wrong',
    mistakes: ['recon.yaml line 3: "siet" is not a setting; did you mean "site"?'],
  });
  await using list = await stick({ 'recon.yaml': 'expected:\n  file: rack.csv\n', 'rack.csv': 'mac\nzz\n' });
  assert.match(JSON.stringify(await readSiteSettings(list.path)), /rack\.csv line 2: .*not a MAC address/);
});

test('a list or a tool that is named and not there is a mistake', async () => {
  await using list = await stick({ 'recon.yaml': 'expected:\n  file: rack.csv\n' });
  assert.match(JSON.stringify(await readSiteSettings(list.path)), /rack\.csv is not beside it/);
  await using tool = await stick({ 'recon.yaml': 'tools: [storcli64, perccli64]\n', 'tools/storcli64': '' });
  assert.match(JSON.stringify(await readSiteSettings(tool.path)), /tools: perccli64 not found/);
});
