import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { placeForHttp } from '../../src/builder/http.ts';
import type { BuildPaths } from '../../src/builder/image/paths.ts';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { ReconError } from '../../src/domain/errors.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { CONTENT, placeBuild } from './fixture-build.ts';

const BASE = 'http://www.example/install/recon';
const NAMES = [...Object.values(CONTENT).map(([name]) => name), 'recon.ipxe'].sort();

test('all files with their content, readable for a web server, and a script that names them', async () => {
  await using directory = await temporaryDirectory('recon-http-');
  const target = join(directory.path, 'htdocs/install/recon');
  const paths = await placeBuild(directory.path);
  await chmod(join(paths.output, CONTENT.initrd[0]), 0o600);
  await place(paths, target);
  assert.deepEqual((await readdir(target)).sort(), NAMES);
  for (const [name, content] of Object.values(CONTENT)) {
    assert.equal(await readFile(join(target, name), 'utf8'), content);
    assert.equal((await stat(join(target, name))).mode & 0o777, 0o644, name);
  }
  const script = await readFile(join(target, 'recon.ipxe'), 'utf8');
  assert.ok(script.includes(`root=live:${BASE}/${CONTENT.rootImage[0]} `));
});

test('a file that cannot be placed: nothing of the old image changes, and nothing half is left', async () => {
  await using directory = await temporaryDirectory('recon-http-');
  const target = join(directory.path, 'htdocs');
  const paths = await placeBuild(directory.path);
  await mkdir(target);
  for (const name of NAMES) await writeFile(join(target, name), `old ${name}`);
  const iso = join(paths.output, CONTENT.iso[0]);
  await rm(iso);
  // a directory of the right size is no file that could be copied
  await mkdir(iso);
  await writeFile(
    join(paths.output, 'manifest.json'),
    withIsoSize(await readFile(join(paths.output, 'manifest.json'), 'utf8'), (await stat(iso)).size),
  );
  await fails('not-writable', new RegExp(escaped(target)), () => place(paths, target));
  assert.deepEqual((await readdir(target)).sort(), NAMES);
  for (const name of NAMES) assert.equal(await readFile(join(target, name), 'utf8'), `old ${name}`);
});

test('a second time: the new files replace the old ones', async () => {
  await using directory = await temporaryDirectory('recon-http-');
  const target = join(directory.path, 'htdocs');
  const paths = await placeBuild(directory.path);
  await mkdir(target);
  for (const name of NAMES) await writeFile(join(target, name), `old ${name}`);
  await place(paths, target);
  assert.equal(await readFile(join(target, CONTENT.kernel[0]), 'utf8'), CONTENT.kernel[1]);
  assert.match(await readFile(join(target, 'recon.ipxe'), 'utf8'), /^#!ipxe\n/);
});

test('a directory that cannot be made: the error names it', async () => {
  await using directory = await temporaryDirectory('recon-http-');
  const paths = await placeBuild(directory.path);
  await writeFile(join(directory.path, 'file'), 'in the way');
  const target = join(directory.path, 'file/htdocs');
  await fails('not-writable', new RegExp(`${escaped(target)}: ENOTDIR`), () => place(paths, target));
});

test('a read-only file system: the error says that', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('mounting a small file system needs root');
  await using directory = await temporaryDirectory('recon-http-');
  const paths = await placeBuild(directory.path);
  const mountPoint = join(directory.path, 'small');
  await mkdir(mountPoint);
  await runOk(['mount', '-t', 'tmpfs', '-o', 'ro,size=48k', 'tmpfs', mountPoint], { timeoutMs: 60_000 });
  try {
    await fails('not-writable', /small\/install\/recon: EROFS$/, () => place(paths, join(mountPoint, 'install/recon')));
  } finally {
    await runOk(['umount', mountPoint], { timeoutMs: 60_000 });
  }
});

test('no build, or one that is not whole: said with what to do, and nothing is placed', async () => {
  await using directory = await temporaryDirectory('recon-http-');
  const target = join(directory.path, 'htdocs');
  const paths = await placeBuild(directory.path);
  await writeFile(join(paths.output, CONTENT.initrd[0]), 'cut');
  const failure = await fails('not-found', /builds\/debian-13\/ holds no finished image/, () => place(paths, target));
  assert.equal(failure.hint, './make-recipe-target debian-13 target');
  await rm(join(paths.output, 'manifest.json'));
  await fails('not-found', /holds no finished image/, () => place(paths, target));
  assert.ok(!(await readdir(directory.path)).includes('htdocs'));
});

test('a full disk: named, and what was placed before is still complete', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('mounting a small file system needs root');
  await using directory = await temporaryDirectory('recon-http-');
  const paths = await placeBuild(directory.path);
  const target = join(directory.path, 'small');
  await mkdir(target);
  await runOk(['mount', '-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', target], { timeoutMs: 60_000 });
  try {
    await place(paths, target);
    const before = await contents(target);
    await writeFile(join(paths.output, CONTENT.kernel[0]), 'THE KERNEL');
    await writeFile(join(target, 'filler'), Buffer.alloc(await room(target)));
    await fails('disk-full', new RegExp(escaped(target)), () => place(paths, target));
    await rm(join(target, 'filler'));
    assert.deepEqual(await contents(target), before);
  } finally {
    await runOk(['umount', target], { timeoutMs: 60_000 });
  }
});

async function place(paths: BuildPaths, directory: string): Promise<void> {
  await placeForHttp({ paths, recipeName: 'debian-13', directory, baseUrl: BASE, log: silentLog });
}

async function fails(code: ErrorCode, message: RegExp, work: () => Promise<void>): Promise<ReconError> {
  const error: unknown = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ReconError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return error;
}

async function contents(directory: string): Promise<Map<string, string>> {
  const names = (await readdir(directory)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const)));
}

/** Bytes that leave room for the kernel (one page) and no more. */
async function room(directory: string): Promise<number> {
  const free = Number((await runOk(['stat', '--file-system', '--format=%a', directory], { timeoutMs: 60_000 })).trim());
  return (free - 2) * 4096;
}

function withIsoSize(manifest: string, sizeBytes: number): string {
  const parsed = JSON.parse(manifest) as { files: { iso: { sizeBytes: number } } };
  parsed.files.iso.sizeBytes = sizeBytes;
  return JSON.stringify(parsed);
}

function escaped(path: string): string {
  return path.replaceAll(/[.+-]/g, '\\$&');
}
