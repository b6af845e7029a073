import assert from 'node:assert/strict';
import { access, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run, runOk } from '../../src/platform/process/command.ts';
import { CONTENT, placeBuild } from '../builder/fixture-build.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT = { timeoutMs: 60_000 };

test('target with a file where its directory should be: one sentence, exit code 2, nothing started', async (t) => {
  await using checkout = await copyOfCheckout();
  await mkdir(join(checkout.path, 'builds'));
  const output = join(checkout.path, 'builds/debian-13');
  await writeFile(output, 'in the way');
  const result = await recipe(checkout.path, ['debian-13', 'target']);
  if (cannotBuild(t, result)) return;
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /^recon: .*builds\/debian-13 cannot be written: EEXIST\n {2}try: /);
  assert.equal(await readFile(output, 'utf8'), 'in the way');
  assert.deepEqual(await readdir(join(checkout.path, 'builds')), ['debian-13']);
});

test('target on a read-only file system: one sentence, exit code 2', async (t) => {
  await using checkout = await copyOfCheckout();
  await using builds = await smallFileSystem(join(checkout.path, 'builds'), 'ro,size=64k');
  const result = await recipe(checkout.path, ['debian-13', 'target']);
  if (cannotBuild(t, result)) return;
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /^recon: .*builds\/debian-13 cannot be written: EROFS\n {2}try: /);
  assert.deepEqual(await readdir(builds.path), []);
});

test('target on a disk that is too small: what is free and what it takes, exit code 1, before any work', async (t) => {
  await using checkout = await copyOfCheckout();
  await using builds = await smallFileSystem(join(checkout.path, 'builds'), 'size=4m');
  const result = await recipe(checkout.path, ['debian-13', 'target']);
  if (cannotBuild(t, result)) return;
  assert.equal(result.exitCode, 1);
  assert.match(result.stderr.toString(), /^recon: .*builds\/debian-13 has \d MB free, a build needs \d{4} MB\n {2}try: /);
  assert.deepEqual(await readdir(builds.path), []);
});

test('http: the files of the build in HTTP_DIR, and a script for HTTP_URL', async () => {
  await using checkout = await copyOfCheckout();
  await placeBuild(checkout.path);
  const directory = join(checkout.path, 'htdocs');
  const result = await recipe(checkout.path, ['debian-13', 'http'], { HTTP_DIR: directory, HTTP_URL: 'http://www.example/recon/' });
  assert.equal(result.exitCode, 0, result.stderr.toString());
  assert.equal(await readFile(join(directory, CONTENT.rootImage[0]), 'utf8'), CONTENT.rootImage[1]);
  assert.match(await readFile(join(directory, 'recon.ipxe'), 'utf8'), / root=live:http:\/\/www\.example\/recon\/recon-13\.x\.1\.squashfs /);
});

test('http, virtual and disk before target: what is missing and what to do', async () => {
  await using checkout = await copyOfCheckout();
  for (const target of ['http', 'virtual', 'disk']) {
    const result = await recipe(checkout.path, ['debian-13', target], { HTTP_DIR: join(checkout.path, 'htdocs') });
    assert.equal(result.exitCode, 2);
    assert.equal(
      result.stderr.toString(),
      'recon: builds/debian-13/ holds no finished image\n  try: ./make-recipe-target debian-13 target',
    );
  }
  await assert.rejects(access(join(checkout.path, 'htdocs')));
});

test('http and disk: an image of stand-ins for packages gets to no machine', async () => {
  await using checkout = await copyOfCheckout();
  const { output } = await placeBuild(checkout.path);
  const path = join(output, 'manifest.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), standIn: true }));
  for (const target of ['http', 'disk']) {
    const result = await recipe(checkout.path, ['debian-13', target], { HTTP_DIR: join(checkout.path, 'htdocs') });
    assert.equal(result.exitCode, 2);
    assert.match(
      result.stderr.toString(),
      /^recon: builds\/debian-13\/ holds a stand-in, made of another distribution's packages.*\n {2}try: /,
    );
  }
  await assert.rejects(access(join(checkout.path, 'htdocs')));
});

test('clean: the build and cache of this recipe and of no other; a second time there is nothing to do', async () => {
  await using checkout = await copyOfCheckout();
  await placeBuild(checkout.path);
  for (const path of ['builds/other', 'builds/.cache/other', 'builds/.cache/debian-13'])
    await mkdir(join(checkout.path, path), { recursive: true });
  for (const said of [/^removed builds\/debian-13\//, /nothing to clean$/]) {
    const result = await recipe(checkout.path, ['debian-13', 'clean']);
    assert.equal(result.exitCode, 0, result.stderr.toString());
    assert.match(result.stderr.toString(), said);
    assert.deepEqual((await readdir(join(checkout.path, 'builds'))).sort(), ['.cache', 'other']);
    assert.deepEqual(await readdir(join(checkout.path, 'builds/.cache')), ['other']);
  }
});

test('a recipe.json that is broken: its path and the reason, exit code 2', async () => {
  await using checkout = await copyOfCheckout();
  const path = join(checkout.path, 'recipes/debian-13/recipe.json');
  const whole = await readFile(path, 'utf8');
  for (const [text, said] of [
    ['{"name":', /^recon: .*recipes\/debian-13\/recipe\.json is not JSON: /],
    ['', /recipe\.json is not JSON: /],
    ['[]', /^recon: .*recipe\.json: /],
    [whole.replace('"family"', '"familie"'), /^recon: .*recipe\.json: .*[\s\S]*famil/],
    [whole.replace('"debian-13"', '"debian-12"'), /is named "debian-12", its directory "debian-13"$/],
    [whole.replace('usr/lib/ipxe/undionly.kpxe', '../../etc/passwd'), /recipe\.json: .*not a relative path/],
  ] as const) {
    await writeFile(path, text);
    const result = await recipe(checkout.path, ['debian-13', 'check']);
    assert.equal(result.exitCode, 2);
    assert.match(result.stderr.toString().trim(), said);
  }
});

/** What a build reads of a checkout, where it can write without touching this one. */
async function copyOfCheckout(): Promise<{ path: string } & AsyncDisposable> {
  const directory = await temporaryDirectory('recon-checkout-');
  for (const name of ['src', 'recipes', 'overlay', 'package.json'])
    await cp(join(ROOT, name), join(directory.path, name), { recursive: true, verbatimSymlinks: true });
  await symlink(join(ROOT, 'node_modules'), join(directory.path, 'node_modules'));
  return directory;
}

async function smallFileSystem(path: string, options: string): Promise<{ path: string } & AsyncDisposable> {
  await mkdir(path);
  await runOk(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path], TIMEOUT);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await runOk(['umount', path], TIMEOUT);
      await rm(path, { recursive: true });
    },
  };
}

async function recipe(checkout: string, words: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  return run([process.execPath, join(checkout, 'src/main.ts'), 'recipe', ...words], { ...TIMEOUT, cwd: '/', environment });
}

/** A host that lacks a program of the build says so first; then what these tests look at is never reached. */
function cannotBuild(t: TestContext, result: CommandResult): boolean {
  const missing = /^recon: missing on this host: .*$/m.exec(result.stderr.toString())?.[0];
  if (missing === undefined) return false;
  t.skip(missing);
  return true;
}
