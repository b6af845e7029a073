import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { waitingCaptures } from '../../../src/master/intake/waiting-captures.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { NO_BOOKING } from './space/book-fixture.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';
const MINUTE_MS = 60_000;

/** Captures that wait in a directory of their own; `ended` are those whose place was given back. */
async function waitingRoom() {
  const directory = await temporaryDirectory('recon-waiting-');
  const clock = { ms: 7 * MINUTE_MS };
  const waiting = waitingCaptures({ nowMs: () => clock.ms });
  const ended: string[] = [];
  const captureOf = (name: string) => ({
    ...{ path: join(directory.path, name), sha256: name, sizeBytes: name.length },
    booking: { ...NO_BOOKING, end: () => void ended.push(name) },
  });
  const add = async (mac: string, name: string): Promise<void> => {
    await writeFile(join(directory.path, name), name);
    await waiting.add(mac, captureOf(name));
  };
  const names = (): Promise<string[]> => readdir(directory.path);
  return { waiting, clock, ended, captureOf, add, names, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('keeps the two newest captures of a machine, and gives back the place of the others', async () => {
  await using room = await waitingRoom();
  for (const name of ['1', '2', '3']) await room.add(A, name);
  assert.deepEqual([await room.names(), room.ended], [['2', '3'], ['1']]);
  await room.add(B, '4');
  assert.deepEqual([await room.names(), room.ended], [['2', '3', '4'], ['1']]);
  assert.equal(room.waiting.take(B, '3'), undefined, 'it is not of this machine');
  assert.equal(room.waiting.take(A, '3')?.sha256, '3');
  assert.equal(room.waiting.take(A, '3'), undefined, 'it was taken');
  await room.waiting.drop(B);
  assert.deepEqual(
    [await room.names(), room.ended],
    [
      ['2', '3'],
      ['1', '4'],
    ],
    'what was taken is no longer its to remove',
  );
});

it('gives up the oldest when space is short, and none that came in the last minute', async () => {
  await using room = await waitingRoom();
  assert.equal(await room.waiting.makeRoom(), false, 'there is none');
  await room.add(A, '1');
  room.clock.ms += MINUTE_MS - 1;
  await room.add(B, '2');
  assert.equal(await room.waiting.makeRoom(), false, 'both are fresh');
  room.clock.ms += 1;
  assert.equal(await room.waiting.makeRoom(), true);
  assert.deepEqual([await room.names(), room.ended], [['2'], ['1']]);
  assert.equal(await room.waiting.makeRoom(), false);
});

it('gives back the place of one that went with half a revision', async () => {
  await using room = await waitingRoom();
  await room.add(A, '1');
  const taken = room.waiting.take(A, '1');
  assert.ok(taken);
  await rm(taken.path);
  await room.waiting.putBack(A, taken);
  assert.deepEqual([room.ended, room.waiting.take(A, '1')], [['1'], undefined]);
});

it('keeps one that is put back', async () => {
  await using room = await waitingRoom();
  await room.add(A, '1');
  const taken = room.waiting.take(A, '1');
  assert.ok(taken);
  await room.waiting.putBack(A, taken);
  assert.deepEqual([room.ended, room.waiting.take(A, '1')?.sha256], [[], '1']);
});

it('gives back the places of all when their medium was away', async () => {
  await using room = await waitingRoom();
  await room.add(A, '1');
  await room.add(B, '2');
  room.waiting.forget();
  assert.deepEqual([room.ended, room.waiting.take(A, '1'), room.waiting.take(B, '2')], [['1', '2'], undefined, undefined]);
});
