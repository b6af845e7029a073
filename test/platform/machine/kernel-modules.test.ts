import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readModuleAliases } from '../../../src/platform/machine/kernel-modules.ts';
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
