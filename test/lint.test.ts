import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../src/platform/files/files.ts';
import { type Argv, run } from '../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_LINES = 250;

test('layers: what the layout forbids is an error, what it allows is none', async () => {
  const forbidden: ReadonlyArray<readonly [file: string, module: string]> = [
    ['src/domain/x.ts', '../platform/command.ts'],
    ['src/domain/x.ts', 'node:fs/promises'],
    ['src/domain/x.ts', 'fastify'],
    ['src/inventory/x.ts', '../platform/files.ts'],
    ['src/inventory/x.ts', 'node:fs'],
    ['src/platform/x.ts', '../master/ipxe.ts'],
    ['src/builder/x.ts', '../master/ipxe.ts'],
    ['src/builder/x.ts', '../peer/capture.ts'],
    ['src/master/guard/x.ts', '../../peer/capture.ts'],
    ['src/master/x.ts', '../inventory/normalise.ts'],
    ['src/peer/x.ts', '../master/ipxe.ts'],
    ['src/report/x.ts', '../master/store.ts'],
    ['src/lab/x.ts', '../master/store.ts'],
    ['src/master/x.ts', 'execa'],
    ['src/peer/x.ts', 'fastify'],
    ['src/lab/x.ts', 'tar-stream'],
    ['src/service/x.ts', 'commander'],
    ['src/builder/x.ts', 'node:child_process'],
    ['src/web/x.tsx', '../master/pin.ts'],
    ['src/web/x.ts', 'node:fs'],
    ['src/web/x.ts', 'zod'],
    ['src/report-page/x.ts', '../report/visit.ts'],
    ['src/report-page/x.ts', 'preact'],
    ['src/report/x.ts', '../report-page/main.ts'],
    ['src/master/x.ts', 'preact'],
    ['src/service/x.ts', 'preact/hooks'],
    ['src/cli/cli.ts', 'execa'],
    ['src/main.ts', 'commander'],
  ];
  const allowed: ReadonlyArray<readonly [file: string, module: string]> = [
    ['src/domain/x.ts', 'zod'],
    ['src/domain/x.ts', './stages.ts'],
    ['src/inventory/x.ts', '../domain/mac.ts'],
    ['src/platform/x.ts', 'execa'],
    ['src/master/x.ts', '../report/page/report-html.ts'],
    ['src/master/x.ts', '../inventory/visit.ts'],
    ['src/master/x.ts', '../inventory/identity-keys.ts'],
    ['src/master/guard/x.ts', '../subnets.ts'],
    ['src/master/x.ts', 'fastify'],
    ['src/peer/x.ts', '../inventory/normalise.ts'],
    ['src/service/x.ts', '../master/master.ts'],
    ['src/service/x.ts', '../peer/capture.ts'],
    ['src/report-page/x.ts', '../report/page/machine-columns.ts'],
    ['src/report/x.ts', 'node:zlib'],
    ['src/web/x.tsx', 'preact'],
    ['src/web/x.ts', '../domain/phase.ts'],
    ['src/cli/cli.ts', 'commander'],
  ];
  for (const [file, module] of forbidden) assert.equal(await violations(file, module), 1, `${file} may import ${module}`);
  for (const [file, module] of allowed) assert.equal(await violations(file, module), 0, `${file} may not import ${module}`);
});

test(`no source file is longer than ${MAX_LINES} lines`, async () => {
  const long: string[] = [];
  for (const file of await sources('src')) {
    const lines = (await text(file)).split('\n').length - 1;
    if (lines > MAX_LINES) long.push(`${file}: ${lines}`);
  }
  assert.deepEqual(long, []);
});

test('named exports only, no barrels, no names that say nothing', async () => {
  const files = [...(await sources('src')), ...(await sources('test'))];
  assert.ok(files.length > 100, `only ${files.length} sources were found`);
  const bad: string[] = [];
  for (const file of files) {
    if (/(^|[/-])(utils?|helpers?|misc|common|index)\.ts$/.test(file)) bad.push(`${file}: its name says nothing`);
    if (/^export default /m.test(await text(file))) bad.push(`${file}: default export`);
  }
  assert.deepEqual(bad, []);
});

test("no file names this machine's directories or a package registry", async () => {
  // put together here, so that this file does not find itself
  const patterns = [['/work', 'main'].join('/'), ['/work', 'shared'].join('/'), ['/tmp', 'w/'].join('/')].map(
    (path) => new RegExp(path.replaceAll('/', '\\/')),
  );
  patterns.push(/\bregistry\.[a-z0-9-]+\.(org|com|io|dev)\b/);
  const found: string[] = [];
  for (const file of await repositoryFiles()) {
    const content = await text(file);
    for (const pattern of patterns) if (pattern.test(content)) found.push(`${file}: ${pattern.exec(content)?.[0]}`);
  }
  assert.deepEqual(found, []);
});

test('every shell script can be parsed by the shell that it names', async () => {
  const scripts: Array<readonly [shell: string, file: string]> = [];
  for (const file of await repositoryFiles()) {
    const shell = /^#!\/bin\/(sh|bash)\n/.exec(await text(file))?.[1];
    if (shell !== undefined) scripts.push([shell, file]);
  }
  assert.ok(scripts.length >= 10, `only ${scripts.length} scripts were found`);
  for (const [shell, file] of scripts) {
    const result = await run([shell, '-n', join(ROOT, file)], { timeoutMs: 10_000 });
    assert.equal(result.status, 'ok', `${file}: ${result.stderr.toString()}`);
  }
});

/** How many forbidden imports Biome finds in a file with this import, under our own configuration. */
async function violations(file: string, module: string): Promise<number> {
  await using directory = await temporaryDirectory('recon-layers-');
  await mkdir(join(directory.path, dirname(file)), { recursive: true });
  await cp(join(ROOT, 'biome.json'), join(directory.path, 'biome.json'));
  await writeFile(join(directory.path, file), `import * as imported from '${module}';\n\nexport const used = imported;\n`);
  const argv: Argv = [join(ROOT, 'node_modules/.bin/biome'), 'lint', '--only=style/noRestrictedImports', '--reporter=json', file];
  const result = await run(argv, { timeoutMs: 30_000, cwd: directory.path });
  const report: unknown = JSON.parse(result.stdout.toString('utf8'));
  assert.ok(typeof report === 'object' && report !== null && 'summary' in report && 'diagnostics' in report);
  assert.ok(Array.isArray(report.diagnostics));
  assert.equal(result.exitCode, report.diagnostics.length === 0 ? 0 : 1, result.stderr.toString());
  return report.diagnostics.length;
}

async function sources(directory: string): Promise<string[]> {
  return (await repositoryFiles()).filter((file) => file.startsWith(`${directory}/`) && /\.tsx?$/.test(file));
}

/** Paths of all regular files that belong to the repository, relative to it. */
async function repositoryFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const top of await readdir(ROOT, { withFileTypes: true })) {
    if (['.git', 'node_modules', 'builds'].includes(top.name)) continue;
    if (top.isFile()) found.push(top.name);
    if (!top.isDirectory()) continue;
    const entries = await readdir(join(ROOT, top.name), { recursive: true, withFileTypes: true });
    for (const entry of entries) if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(ROOT.length + 1));
  }
  return found.sort();
}

async function text(file: string): Promise<string> {
  return readFile(join(ROOT, file), 'utf8');
}
