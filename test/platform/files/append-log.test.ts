import assert from 'node:assert/strict';
import promises, { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { z } from 'zod';
import { appendLines, eachJsonLine, mendLastLine, openAppendLog, readJsonLines } from '../../../src/platform/files/append-log.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { onFileCalls } from './file-calls.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

const HOUR_MS = 3_600_000;
const unexpected = (error: unknown): never => assert.fail(String(error));

it('writes what waits when it is flushed, and by itself after its interval', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const log = openAppendLog(path, { intervalMs: HOUR_MS, onError: unexpected });
  log.append('one');
  log.append('two');
  assert.equal(await exists(path), false, 'many lines cost one write');
  await log.flush();
  assert.equal(await readFile(path, 'utf8'), 'one\ntwo\n');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await log.flush();
  await log.close();
  assert.equal(await readFile(path, 'utf8'), 'one\ntwo\n', 'nothing is written twice');
});

it('starts its interval with the first line, and again after each write', async (t) => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  let written = Promise.withResolvers<void>();
  let writes = 0;
  replaceBuiltin(t, 'appendFile', async (_path: string, text: string) => {
    writes += 1;
    assert.equal(text, writes === 1 ? 'one\ntwo\n' : 'three\n');
    written.resolve();
  });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log = openAppendLog(path, { intervalMs: 1000, onError: unexpected });
  log.append('one');
  t.mock.timers.tick(999);
  log.append('two');
  assert.equal(writes, 0);
  t.mock.timers.tick(1);
  await written.promise;
  written = Promise.withResolvers();
  log.append('three');
  t.mock.timers.tick(1000);
  await written.promise;
  t.mock.timers.tick(HOUR_MS);
  await log.flush();
  assert.equal(writes, 2);
});

it('keeps its lines while the medium is gone, in order, and not more than ten thousand', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const errors: unknown[] = [];
  const log = openAppendLog(path, { intervalMs: HOUR_MS, onError: (error) => errors.push(error) });
  await mkdir(path);
  log.append('lost');
  log.append('first');
  await log.flush();
  assert.equal(errors.length, 1);
  for (let number = 2; number <= 10_000; number += 1) log.append(String(number));
  await log.flush();
  assert.equal(errors.length, 2);
  await rm(path, { recursive: true });
  await log.flush();
  const lines = (await readFile(path, 'utf8')).split('\n');
  assert.deepEqual([lines.length, lines[0], lines[1], lines.at(-2), lines.at(-1)], [10_001, 'first', '2', '10000', '']);
});

it('is on the medium after a sync, and tells when it cannot be', async (t) => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const errors: unknown[] = [];
  const log = openAppendLog(path, { intervalMs: HOUR_MS, onError: (error) => errors.push(error) });
  const synced: string[] = [];
  await onFileCalls(t, ({ call, name }) => call === 'sync' && synced.push(name));
  log.append('one');
  await log.sync();
  assert.deepEqual([synced, errors, await readFile(path, 'utf8')], [['log'], [], 'one\n']);
  await rm(path);
  await log.close();
  assert.equal(errors.length, 1);
});

const torn: readonly [what: string, before: string | undefined, after: string | undefined][] = [
  ['a torn line', '{"a":1}\n{"a"', '{"a":1}\n{"a"\n'],
  ['a whole last line', '{"a":1}\n', '{"a":1}\n'],
  ['one torn character', '{', '{\n'],
  ['a lone newline', '\n', '\n'],
  ['an empty file', '', ''],
  ['no file', undefined, undefined],
];
for (const [what, before, after] of torn) {
  it(`ends ${what} so that the next line stands alone`, async () => {
    await using directory = await temporaryDirectory('recon-log-');
    const path = join(directory.path, 'log');
    if (before !== undefined) await writeFile(path, before);
    await mendLastLine(path);
    assert.equal(await readFile(path, 'utf8').catch(() => undefined), after);
  });
}

it('reads the lines that the schema knows, and leaves out the others', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const schema = z.object({ a: z.number() });
  assert.deepEqual(await readJsonLines(path, schema), []);
  await appendLines(path, ['{"a":1}', '', '{"b":2}', '{"a":', '{"a":3}']);
  assert.deepEqual(await readJsonLines(path, schema), [{ a: 1 }, { a: 3 }]);
  for await (const value of eachJsonLine(path, schema)) {
    assert.deepEqual(value, { a: 1 });
    break;
  }
});

it('passes on what is wrong with the file itself', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  await assert.rejects(mendLastLine(directory.path), { code: 'EISDIR' });
  const below = join(directory.path, 'file/below');
  await writeFile(join(directory.path, 'file'), '');
  await assert.rejects(readJsonLines(below, z.unknown()), { code: 'ENOTDIR' });
});

it('a write that a full medium cut in half does not take the next line with it', async (t) => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const { appendFile } = promises;
  let isFull = true;
  replaceBuiltin(t, 'appendFile', async (to: string, text: string) => {
    await appendFile(to, isFull ? text.slice(0, 4) : text);
    if (isFull) throw systemError('ENOSPC');
  });
  const log = openAppendLog(path, { intervalMs: HOUR_MS, onError: () => {} });
  log.append('{"a":1}');
  await log.flush();
  isFull = false;
  await log.close();
  assert.equal(await readFile(path, 'utf8'), '{"a"\n{"a":1}\n');
});

it('is silent at its end when nothing ever stood in it, and not when its file has gone', async () => {
  await using directory = await temporaryDirectory('recon-log-');
  const path = join(directory.path, 'log');
  const errors: unknown[] = [];
  const open = (): ReturnType<typeof openAppendLog> => openAppendLog(path, { intervalMs: HOUR_MS, onError: (error) => errors.push(error) });
  await open().close();
  assert.deepEqual(errors, []);
  const log = open();
  log.append('one');
  await log.flush();
  await rm(path);
  await log.close();
  assert.equal(errors.length, 1, 'what was written is lost');
  await rm(directory.path, { recursive: true });
  const waiting = open();
  waiting.append('two');
  await waiting.close();
  assert.equal(errors.length, 3, 'a line that waits is not written, and not synced');
  await mkdir(directory.path);
});
