import assert from 'node:assert/strict';
import promises, { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { packedRecordSize } from '../../../../src/master/intake/space/packed-size.ts';
import { exactBound, lineCounter, roughBound } from '../../../../src/master/intake/space/stored-bounds.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { CAPTURE_FILE, RECORD_FILE, type StoredRevision } from '../../../../src/records/revisions.ts';
import { addBounds, captureBound, recordBound } from '../../../../src/seal/largest-tarball.ts';
import { replaceBuiltin, systemError } from '../../../platform/files/replace-builtin.ts';

const RECORD = Buffer.from(JSON.stringify({ words: 'of a record '.repeat(50) }));
const LINES = 7;
const CAPTURE = gzipSync(`${Array.from({ length: LINES }, (_none, at) => `{"line":${at}}`).join('\n')}\n`);

/** A stored revision with these files. */
async function revision(files: Readonly<Record<string, Buffer>>, captureSha256: string | undefined) {
  const directory = await temporaryDirectory('recon-bounds-');
  const at = join(directory.path, '0001');
  await mkdir(at);
  for (const [name, content] of Object.entries(files)) await writeFile(join(at, name), content);
  const stored: StoredRevision = {
    ...{ mac: '52:54:00:00:00:01', revision: 1, directory: at, recordSha256: 'a'.repeat(64), captureSha256, receipt: undefined },
    facts: { identity: { findings: { critical: 0, warning: 0, note: 0 } }, keys: [], knownBy: { macs: [], numbers: [] } },
  };
  return { stored, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}
const recordOnly = async () => recordBound(await packedRecordSize(RECORD));

test('lines are counted wherever the text is cut, and the last one without an end is one', () => {
  for (const [text, lines] of [
    ['', 1],
    ['a', 1],
    ['a\n', 2],
    ['a\nb\n\nc', 4],
    ['\n\n\n', 4],
  ] as const) {
    const [whole, cut] = [lineCounter(), lineCounter()];
    whole.look(Buffer.from(text));
    for (const character of text) cut.look(Buffer.from(character));
    assert.deepEqual([whole.lines, cut.lines], [lines, lines], JSON.stringify(text));
  }
});

test('of a record without a capture only the packed record counts', async () => {
  await using made = await revision({ [RECORD_FILE]: RECORD }, undefined);
  assert.deepEqual(await roughBound(made.stored), await recordOnly());
  assert.deepEqual(await exactBound(made.stored), await recordOnly());
});

test('a capture counts with its size, and a line for each hundred bytes of it until they are counted', async () => {
  await using made = await revision({ [RECORD_FILE]: RECORD, [CAPTURE_FILE]: CAPTURE }, 'b'.repeat(64));
  const guessed = Math.ceil(CAPTURE.length / 100);
  assert.deepEqual(await roughBound(made.stored), addBounds(await recordOnly(), captureBound(CAPTURE.length, guessed)));
  assert.deepEqual(await exactBound(made.stored), addBounds(await recordOnly(), captureBound(CAPTURE.length, LINES + 1)));
  await using round = await revision({ [RECORD_FILE]: RECORD, [CAPTURE_FILE]: Buffer.alloc(10_100) }, 'b'.repeat(64));
  assert.deepEqual(await roughBound(round.stored), addBounds(await recordOnly(), captureBound(10_100, 101)));
});

test('what is not there takes nothing, and a damaged capture as many lines as can be read', async () => {
  await using nothing = await revision({}, 'b'.repeat(64));
  const empty = addBounds(recordBound(await packedRecordSize(Buffer.alloc(0))), captureBound(0, 0));
  assert.deepEqual(await roughBound(nothing.stored), empty);
  await using damaged = await revision({ [RECORD_FILE]: RECORD, [CAPTURE_FILE]: Buffer.from('no gzip') }, 'b'.repeat(64));
  assert.deepEqual(await exactBound(damaged.stored), addBounds(await recordOnly(), captureBound(7, 1)));
});

test('a capture that the medium does not give takes nothing either', async (t) => {
  await using made = await revision({ [RECORD_FILE]: RECORD, [CAPTURE_FILE]: CAPTURE }, 'b'.repeat(64));
  const { stat } = promises;
  replaceBuiltin(t, 'stat', async (path: string) => {
    if (path.endsWith(CAPTURE_FILE)) throw systemError('EIO');
    return stat(path);
  });
  assert.deepEqual(await roughBound(made.stored), await recordOnly());
});
