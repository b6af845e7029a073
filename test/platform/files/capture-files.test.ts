import assert from 'node:assert/strict';
import promises, { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { createCaptureDirectory, listCaptureFiles, readCaptureFile } from '../../../src/platform/files/capture-files.ts';
import { fileFacts, readRange, readSlices } from '../../../src/platform/files/file-reader.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { siteKey } from '../../../src/platform/files/site-key.ts';
import { openTextLog } from '../../../src/platform/files/text-log.ts';
import { replaceBuiltin } from './replace-builtin.ts';

it('writes a capture and lists it in byte order, without what no capture has', async () => {
  await using directory = await temporaryDirectory('recon-capture-');
  const path = join(directory.path, 'deep/capture');
  const capture = await createCaptureDirectory(path);
  for (const name of ['raw/z', 'raw/Z', 'raw/sub/a', 'raw/sub/b', 'raw-b']) await capture.write(name, `of ${name}`);
  await assert.rejects(capture.write('../outside', 'x'), TypeError);
  await symlink('z', join(path, 'raw/link'));
  await writeFile(join(path, 'raw/with space'), '');
  await mkdir(join(path, 'empty'));
  assert.deepEqual(await listCaptureFiles(path), ['raw-b', 'raw/Z', 'raw/sub/a', 'raw/sub/b', 'raw/z']);
  assert.deepEqual(await listCaptureFiles(`${path}/`), await listCaptureFiles(path));
  assert.equal(String(await readCaptureFile(path, 'raw/sub/a')), 'of raw/sub/a');
});

it('makes a directory once for all the files of a capture in it, because there are hundreds', async (t) => {
  await using directory = await temporaryDirectory('recon-capture-');
  const capture = await createCaptureDirectory(directory.path);
  const { mkdir: make } = promises;
  const made: string[] = [];
  replaceBuiltin(t, 'mkdir', async (path: string, options: object) => {
    made.push(path);
    return make(path, options);
  });
  for (const name of ['raw/a', 'raw/b', 'raw/sub/c', 'raw/d']) await capture.write(name, '');
  assert.deepEqual(made, [join(directory.path, 'raw'), join(directory.path, 'raw/sub')]);
});

it('starts in an empty directory only', async () => {
  await using directory = await temporaryDirectory('recon-capture-');
  await createCaptureDirectory(directory.path);
  await writeFile(join(directory.path, 'file'), '');
  await assert.rejects(createCaptureDirectory(directory.path), { code: 'not-writable', message: /is not empty$/ });
  await assert.rejects(createCaptureDirectory(join(directory.path, 'file/sub')), {
    code: 'not-writable',
    message: /^cannot make .*: ENOTDIR$/,
  });
  await assert.rejects(listCaptureFiles(join(directory.path, 'none')), { code: 'capture-unreadable', message: /none: ENOENT$/ });
});

it('knows size and time of a file, and of nothing else', async () => {
  await using directory = await temporaryDirectory('recon-capture-');
  const path = join(directory.path, 'file');
  await writeFile(path, '0123456789');
  assert.deepEqual(await fileFacts(path), { sizeBytes: 10, modifiedMs: (await stat(path)).mtimeMs });
  for (const other of [directory.path, join(directory.path, 'none'), join(path, 'below')]) assert.equal(await fileFacts(other), undefined);
  await assert.rejects(fileFacts('x'.repeat(300)), { code: 'ENAMETOOLONG' });
  assert.equal(await text(readRange(path, 2, 5)), '2345');
  assert.equal(await text(readSlices(path)), '0123456789');
  await writeFile(path, Buffer.alloc(3_000_000));
  const slices: number[] = [];
  for await (const slice of readRange(path, 0, 2_999_999)) slices.push(slice.length);
  assert.deepEqual(slices, [1024 ** 2, 1024 ** 2, 3_000_000 - 2 * 1024 ** 2], 'slices of one MiB');
});

it('keeps the key of a site, for its owner only, and knows another file', async () => {
  await using directory = await temporaryDirectory('recon-key-');
  const path = join(directory.path, 'site.key');
  const made = await siteKey(path);
  assert.deepEqual([made.isNew, made.key.length], [true, 32]);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.match(await readFile(path, 'utf8'), /^recon-site-key-1 [A-Za-z0-9+/]{43}=\n$/);
  assert.deepEqual(await siteKey(path), { key: made.key, isNew: false });
  const forgotten = await siteKey(undefined);
  assert.deepEqual([forgotten.isNew, forgotten.key.length], [true, 32]);
  assert.notDeepEqual(forgotten.key, made.key);
  for (const other of ['', 'recon-site-key-1 AAAA', `recon-site-key-2 ${made.key.toString('base64')}`, made.key.toString('base64')]) {
    await writeFile(path, other);
    await assert.rejects(siteKey(path), { code: 'usage', message: /is no key of recon share$/ });
  }
  await assert.rejects(siteKey(join(directory.path, 'none/site.key')), { code: 'ENOENT' });
});

it('writes a log line by line, in the place of an earlier one', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  await writeFile(path, 'of an earlier run, and longer');
  const log = await openTextLog(path);
  log.line('one');
  await log.flush();
  assert.equal(await readFile(path, 'utf8'), 'one\n');
  log.line('two');
  await log.close();
  assert.equal(await readFile(path, 'utf8'), 'one\ntwo\n');
  await assert.rejects(openTextLog(join(directory.path, 'none/log')), { code: 'ENOENT' });
  const fresh = join(directory.path, 'fresh');
  const long = await openTextLog(fresh);
  assert.equal((await stat(fresh)).mode & 0o777, 0o644);
  for (let number = 0; number < 20; number += 1) long.line('x'.repeat(1_000_000));
  await long.close();
  assert.equal((await stat(fresh)).size, 20 * 1_000_001, 'all of it is there when it is closed');
});

it('does not end the work that is logged when the disk is full', async () => {
  const log = await openTextLog('/dev/full');
  log.line('lost');
  await log.flush();
  log.line('lost too');
  await log.close();
});
