import assert from 'node:assert/strict';
import promises, { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { readRecord } from '../../../src/master/intake/read-record.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin } from '../../platform/files/replace-builtin.ts';
import { recordFor } from '../fixture-records.ts';

it('reads one record at a time, and goes on behind one that is none', async (t) => {
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
  const [bad, other, good] = await Promise.allSettled(['bad', 'other', 'good'].map((name) => readRecord(at(name))));
  assert.equal(most, 1);
  assert.match(String(bad?.status === 'rejected' && bad.reason), /the record cannot be read: it is not JSON/);
  assert.match(String(other?.status === 'rejected' && other.reason), /not a node record: schemaVersion Invalid input/);
  assert.deepEqual(good?.status === 'fulfilled' && good.value.record, recordFor('A'));
  assert.equal(good?.status === 'fulfilled' && good.value.packedBytes, gzipSync(JSON.stringify(recordFor('A')), { level: 1 }).length);
});
