import assert from 'node:assert/strict';
import promises, { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { visibleText } from '../../../src/domain/values/visible-text.ts';
import { readRecord } from '../../../src/master/intake/read-record.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { recordFacts } from '../../../src/records/record-facts.ts';
import { replaceBuiltin } from '../../platform/files/replace-builtin.ts';
import { recordFor } from '../fixture-records.ts';

it('reads one file at a time, and goes on behind one that is none', async (t) => {
  await using directory = await temporaryDirectory('recon-read-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('bad'), '{"schemaVersion":');
  await writeFile(at('other'), '{"schemaVersion":"x"}');
  await writeFile(at('good'), JSON.stringify(recordFor('A')));
  const { readFile } = promises;
  let reading = 0;
  let most = 0;
  replaceBuiltin(t, 'readFile', async (path: string) => {
    reading += 1;
    most = Math.max(most, reading);
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    reading -= 1;
    return readFile(path);
  });
  const [bad, other, good] = await Promise.allSettled(['bad', 'other', 'good'].map((name) => readRecord({ path: at(name) })));
  assert.equal(most, 1);
  assert.match(String(bad?.status === 'rejected' && bad.reason), /the record cannot be read: it is not JSON/);
  assert.match(String(other?.status === 'rejected' && other.reason), /not a node record: schemaVersion Invalid input/);
  assert.deepEqual(good?.status === 'fulfilled' && good.value.facts, recordFacts(recordFor('A')));
  assert.equal(good?.status === 'fulfilled' && good.value.packedBytes, gzipSync(JSON.stringify(recordFor('A')), { level: 1 }).length);
});

it('reads a record that is kept in memory from there, once, and its file never', async () => {
  const bytes = Buffer.from(JSON.stringify(recordFor('A')));
  const kept: (Buffer | undefined)[] = [bytes];
  const found = await readRecord({ path: '/nowhere', takeBytes: () => kept.shift() });
  assert.deepEqual(found, { facts: recordFacts(recordFor('A')), packedBytes: gzipSync(bytes, { level: 1 }).length });
  assert.deepEqual(kept, []);
});

for (const [how, spelling] of [
  ['as it is', '\u202e'],
  ['as an escape', '\\u202e'],
] as const)
  it(`makes a text visible that turns the direction of writing, written ${how}`, async () => {
    const text = JSON.stringify(recordFor('A')).replace('"A"', `"A${spelling}B"`);
    const { facts, packedBytes } = await readRecord({ path: '/nowhere', takeBytes: () => Buffer.from(text) });
    assert.equal(facts.identity.serial, 'A<U+202E>B');
    assert.equal(packedBytes, gzipSync(visibleText(text), { level: 1 }).length);
  });
