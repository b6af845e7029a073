import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs, { readdir, readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openSpool, type SpooledList } from '../../../src/platform/files/spool.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

const MIB = 1024 ** 2;

test('few bytes stay in memory, packed, and come back in their order as often as wanted', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  await writeFile(join(directory.path, 'spool'), 'left by a run that was interrupted');
  await using spool = await openSpool(join(directory.path, 'spool'), MIB);
  const [even, odd] = [spool.list(), spool.list()];
  const items = Array.from({ length: 100 }, (_, at) => Buffer.from(`${at} `.repeat(20_000)));
  for (const [at, item] of items.entries()) await (at % 2 === 0 ? even : odd).add(item);
  for (const round of [1, 2]) {
    assert.deepEqual(
      await all(even),
      items.filter((_, at) => at % 2 === 0),
      `round ${round}`,
    );
    assert.deepEqual(
      await all(odd),
      items.filter((_, at) => at % 2 === 1),
      `round ${round}`,
    );
  }
  assert.equal(
    even.sizeBytes + odd.sizeBytes,
    items.reduce((sum, { length }) => sum + length, 0),
  );
  assert.deepEqual(await readdir(directory.path), []);
});

test('empty items and large ones come back as well', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  await using spool = await openSpool(join(directory.path, 'spool'), MIB);
  const list = spool.list();
  const large = Buffer.alloc(5 * MIB, 'large');
  for (const item of [Buffer.alloc(0), Buffer.from('x'), large, Buffer.alloc(0)]) await list.add(item);
  assert.deepEqual(await all(list), [Buffer.alloc(0), Buffer.from('x'), large, Buffer.alloc(0)]);
});

test('more than fits into memory goes to a file that nobody else can read and that goes with the spool', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  const path = join(directory.path, 'spool');
  const items = Array.from({ length: 12 }, () => randomBytes(MIB));
  {
    await using spool = await openSpool(path, 5 * MIB);
    const list = spool.list();
    for (const item of items) await list.add(item);
    assert.deepEqual(await all(list), items);
    assert.deepEqual(await all(list), items);
    const written = await readFile(path);
    assert.ok(written.length > 7 * MIB && written.length < 9 * MIB, `${written.length} bytes of 12 MiB`);
    // random bytes are packed as they are, so that they would be found in what is not encrypted
    for (const item of items) assert.equal(written.indexOf(item.subarray(0, 64)), -1);
    assert.throws(() => zstdDecompressSync(written));
  }
  assert.deepEqual(await readdir(directory.path), []);
});

test('what many items have in common is kept once for all of them', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  await using spool = await openSpool(join(directory.path, 'spool'), 100_000);
  const list = spool.list();
  const common = randomBytes(10_000);
  for (let number = 0; number < 300; number += 1) await list.add(Buffer.concat([common, Buffer.from(`${number}`)]));
  assert.deepEqual(await readdir(directory.path), [], '3 MB fit into 100 kB');
});

test('memory takes what fits into it to the last byte, and a mebibyte is packed as soon as it is there', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  const path = join(directory.path, 'spool');
  const item = randomBytes(MIB);
  /** size and mode of the file, if there is one */
  const fileFor = async (memoryBytes: number, ...items: Buffer[]): Promise<number[]> => {
    await using spool = await openSpool(path, memoryBytes);
    const list = spool.list();
    for (const one of items) await list.add(one);
    const facts = await fs.stat(path).catch(() => undefined);
    return facts === undefined ? [] : [facts.size, facts.mode & 0o777];
  };
  const [packedBytes = 0, mode] = await fileFor(0, item);
  assert.ok(packedBytes > MIB);
  assert.equal(mode, 0o600);
  assert.deepEqual(await fileFor(packedBytes, item), []);
  assert.deepEqual(await fileFor(packedBytes - 1, item), [packedBytes, 0o600]);
  assert.deepEqual(await fileFor(0, item.subarray(1)), []);
  assert.equal((await fileFor(0, item.subarray(1), item.subarray(1))).length, 2);
  const [both = 0] = await fileFor(0, item, item.subarray(1));
  assert.equal(both, packedBytes, 'each starts at nothing again');
});

test('a file that cannot be made, or removed, is no failure of what was spooled for', async (t) => {
  await using directory = await temporaryDirectory('recon-spool-');
  const path = join(directory.path, 'spool');
  {
    await using spool = await openSpool(join(directory.path, 'none/spool'), 0);
    await assert.rejects(spool.list().add(randomBytes(MIB)), { code: 'ENOENT' });
  }
  const spool = await openSpool(path, 0);
  await spool.list().add(randomBytes(MIB));
  const { rm } = fs;
  replaceBuiltin(t, 'rm', async (name: string, options: object) => {
    if (name === path) throw systemError('EIO');
    return rm(name, options);
  });
  await spool[Symbol.asyncDispose]();
});

test('a file that gives back other bytes than it was given is an error, not another item', async () => {
  await using directory = await temporaryDirectory('recon-spool-');
  const path = join(directory.path, 'spool');
  await using spool = await openSpool(path, 0);
  const list = spool.list();
  await list.add(randomBytes(3 * MIB));
  const file = await fs.open(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 2 * MIB);
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, 2 * MIB);
  await file.close();
  await assert.rejects(all(list));
});

test('a medium without room is an error with its code, and leaves no file', async (context) => {
  await using directory = await temporaryDirectory('recon-spool-');
  const path = join(directory.path, 'spool');
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const { open } = fs;
  context.mock.method(fs, 'open', async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    context.mock.method(file, 'write', async () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
    return file;
  });
  syncBuiltinESMExports();
  {
    await using spool = await openSpool(path, MIB);
    await assert.rejects(spool.list().add(randomBytes(3 * MIB)), { code: 'ENOSPC' });
  }
  assert.deepEqual(await readdir(directory.path), []);
});

async function all(list: SpooledList): Promise<Buffer[]> {
  const items: Buffer[] = [];
  for await (const item of list.items()) items.push(item);
  return items;
}
