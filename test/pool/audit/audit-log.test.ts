import assert from 'node:assert/strict';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { auditLog } from '../../../src/pool/audit/audit-log.ts';

async function log(t: TestContext) {
  const directory = await temporaryDirectory('recon-audit-');
  t.after(() => directory[Symbol.asyncDispose]());
  const path = join(directory.path, 'audit.jsonl');
  let second = 0;
  const now = (): Date => {
    second += 1;
    return new Date(1000 * second);
  };
  const open = () => auditLog(path, { now });
  return { path, open };
}
const ENTRY = { who: 'ada', from: '10.0.0.1', what: 'x' };

test('lines carry the sum of the line before; a changed, moved or missing one is found', async (t) => {
  const { path, open } = await log(t);
  const audit = open();
  // two processes at the same time
  await Promise.all([audit, open()].flatMap((one) => [1, 2, 3, 4].map(() => one.note({ ...ENTRY, nodes: ['n1'] }))));
  assert.deepEqual(await audit.verify(), { lines: 8, torn: [] });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const text = await readFile(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  const broken = async (changed: string[]) => {
    await writeFile(path, `${changed.join('\n')}\n`);
    return (await audit.verify()).brokenAt;
  };
  assert.equal(await broken(lines.map((line, at) => (at === 2 ? line.replace('ada', 'bob') : line))), 4);
  assert.equal(await broken(lines.filter((_, at) => at !== 4)), 5);
  assert.equal(await broken([lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]), 1);
  assert.equal(await broken(lines), undefined);
});

test('a line that a power cut ended is told, and the chain goes on behind it', async (t) => {
  const { path, open } = await log(t);
  await open().note(ENTRY);
  await appendFile(path, '{"number":2,"at"');
  await open().note({ ...ENTRY, nodes: ['n1'] });
  assert.deepEqual(await open().verify(), { lines: 3, torn: [2] });
  assert.deepEqual(
    (await open().read({ node: 'n1' })).map(({ number }) => number),
    [3],
  );
  assert.equal((await open().read({ since: new Date(2000) })).length, 1);
});

test('a line of the log does not read the log: its end is remembered until somebody else writes', async (t) => {
  const { path, open } = await log(t);
  const audit = open();
  await audit.note(ENTRY);
  const [first] = (await readFile(path, 'utf8')).split('\n');
  // of the same length: only who reads it anew is taken in
  await writeFile(path, `${first?.replace('ada', 'bob')}\n`);
  await audit.note(ENTRY);
  assert.equal((await audit.verify()).brokenAt, 2);
  await writeFile(path, `${first}\n`);
  await open().note({ ...ENTRY, what: 'something longer' });
  await audit.note(ENTRY);
  assert.deepEqual(await audit.verify(), { lines: 3, torn: [] });
});
