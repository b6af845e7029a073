import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedCopy } from '../../../../src/master/http/transfer/shared-copy.ts';

const BLOCK = 2 * 1024 * 1024;
const SIZE = 2 * BLOCK + 100;

/** A file whose bytes are the numbers of their blocks, and what was read of it. */
function countedFile(): {
  reads: number[];
  fail: boolean;
  read(into: Uint8Array, at: number): Promise<void>;
  requireUnchanged(): Promise<void>;
} {
  const file = {
    reads: [] as number[],
    fail: false,
    read: async (into: Uint8Array, at: number) => {
      file.reads.push(at);
      if (file.fail) throw new Error('the stick is out');
      into.fill(1 + at / BLOCK);
    },
    requireUnchanged: async () => {},
  };
  return file;
}

test('each block is read once, whoever asks for it and from where', async () => {
  const [copy, file] = [sharedCopy(SIZE), countedFile()];
  const pieces = await Promise.all([0, 0, 5, BLOCK - 1, BLOCK, 2 * BLOCK + 7].map((at) => copy.read(file, at, SIZE - 1)));
  assert.deepEqual(
    pieces.map(({ bytes }) => [bytes.length, bytes[0]]),
    [
      [BLOCK, 1],
      [BLOCK, 1],
      [BLOCK - 5, 1],
      [1, 1],
      [BLOCK, 2],
      [93, 3],
    ],
  );
  assert.deepEqual(file.reads, [0, BLOCK, 2 * BLOCK]);
  assert.equal(copy.heldBytes(), SIZE);
  assert.equal((await copy.read(file, 10, 19)).bytes.length, 10);
});

test('a block that could not be read fails all who wait for it, and is read again for the next', async () => {
  const [copy, file] = [sharedCopy(SIZE), countedFile()];
  file.fail = true;
  const failed = await Promise.allSettled([copy.read(file, 0, 9), copy.read(file, 0, 9)]);
  assert.deepEqual(
    failed.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  file.fail = false;
  assert.equal((await copy.read(file, 0, 9)).bytes[0], 1);
});

test('a block of a file that was written to meanwhile is given to nobody', async () => {
  const changed = { ...countedFile(), requireUnchanged: async () => Promise.reject(new Error('changed')) };
  await assert.rejects(async () => sharedCopy(SIZE).read(changed, 0, 9), /changed/);
});

test('memory is given back at once, but of a block that is being sent when the last of its senders has done', async () => {
  const [copy, file] = [sharedCopy(SIZE), countedFile()];
  const [idle, first, second] = [await copy.read(file, BLOCK, SIZE - 1), await copy.read(file, 0, 9), await copy.read(file, 0, 9)];
  idle.giveBack();
  copy.release();
  assert.deepEqual([idle.bytes.length, first.bytes.length, second.bytes.length], [0, 10, 10]);
  first.giveBack();
  assert.equal(second.bytes.length, 10);
  second.giveBack();
  assert.equal(second.bytes.length, 0);
});
