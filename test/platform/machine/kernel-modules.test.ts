import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readLeftOutDrivers, readModuleAliases } from '../../../src/platform/machine/kernel-modules.ts';
import { replaceBuiltin, systemError } from '../files/replace-builtin.ts';

test('what the modules of the running kernel say, and nothing where a list is missing', async () => {
  await using root = await temporaryDirectory('recon-modules-');
  const directory = join(root.path, release());
  await mkdir(directory);
  await writeFile(join(directory, 'modules.alias'), 'alias pci:v00008086d* e1000e\n');
  await writeFile(join(directory, 'modules.builtin'), 'kernel/drivers/nvme/host/nvme.ko\n');
  assert.deepEqual(await readModuleAliases(root.path), {
    modules: 'alias pci:v00008086d* e1000e\n',
    builtin: 'kernel/drivers/nvme/host/nvme.ko\n',
    builtinInfo: '',
  });
});

test('the drivers that the image leaves out; none where there is no such table', async (t) => {
  await using root = await temporaryDirectory('recon-modules-');
  assert.equal(await readLeftOutDrivers(join(root.path, 'table')), '');
  await writeFile(join(root.path, 'table'), 'pci:v* x\n');
  assert.equal(await readLeftOutDrivers(join(root.path, 'table')), 'pci:v* x\n');
  const looked: string[] = [];
  replaceBuiltin(t, 'readFile', async (path: string) => void looked.push(path));
  await readLeftOutDrivers();
  assert.deepEqual(looked, ['/usr/share/recon/left-out-drivers']);
});

test('it is looked for where depmod writes it', async (t) => {
  const looked: string[] = [];
  replaceBuiltin(t, 'readFile', async (path: string) => {
    looked.push(path);
    throw systemError('ENOENT');
  });
  await readModuleAliases();
  assert.deepEqual(
    looked,
    ['alias', 'builtin', 'builtin.modinfo'].map((name) => `/lib/modules/${release()}/modules.${name}`),
  );
});
