import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ownPieces } from '../../../../src/master/http/transfer/own-pieces.ts';
import { recycledBuffers } from '../../../../src/master/http/transfer/recycled-buffers.ts';
import { type PiecesToSend, sendPieces } from '../../../../src/master/http/transfer/send-pieces.ts';
import { sendingTurns } from '../../../../src/master/http/transfer/turns.ts';

const PIECE_BYTES = 32 * 1024;
const PIECES = 20;

/** A kernel that takes what it is given when the test lets it, and looks at the bytes no sooner. */
function slowKernel() {
  const waiting: { bytes: Uint8Array; done: (error?: Error | null) => void }[] = [];
  const taken: number[] = [];
  const socket = Object.assign(new EventEmitter(), {
    destroyed: false,
    writable: true,
    write: (bytes: Uint8Array, done: (error?: Error | null) => void) => waiting.push({ bytes, done }) > 0,
  });
  const ends: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    socket: socket as object | null,
    flushHeaders: () => {},
    end: () => ends.push('end'),
    destroy: () => ends.push('destroy'),
  });
  const take = (): void => {
    const { bytes, done } = waiting.shift() ?? assert.fail('nothing was written');
    taken.push(...new Set(bytes));
    done();
  };
  return { waiting, taken, socket, ends, take, response };
}

/** A file whose pieces are filled with their numbers. */
function numberedFile() {
  const file = {
    reading: [] as number[],
    failsAt: Number.POSITIVE_INFINITY,
    isChanged: false,
    read: async (into: Uint8Array, at: number): Promise<void> => {
      if (at >= file.failsAt) throw new Error('the stick is out');
      file.reading.push(at / PIECE_BYTES);
      into.fill(at / PIECE_BYTES);
    },
    requireUnchanged: async (): Promise<void> => {
      if (file.isChanged) throw new Error('changed');
    },
  };
  return file;
}

function begin(kernel: ReturnType<typeof slowKernel>, file: ReturnType<typeof numberedFile>, buffers = recycledBuffers()) {
  const share = buffers.share(PIECE_BYTES);
  const { response, socket } = kernel as unknown as Pick<PiecesToSend, 'response' | 'socket'>;
  const ended = sendPieces({
    ...{ pieces: ownPieces(file, share), first: 0, last: PIECES * PIECE_BYTES - 1 },
    response,
    socket,
    turns: sendingTurns(),
  });
  return { ended, share };
}

/** Until everything that can go on without the kernel has. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
}

describe('a file sent piece by piece', () => {
  it('never fills a buffer again before the kernel has taken its bytes', async () => {
    const [kernel, file] = [slowKernel(), numberedFile()];
    const { ended } = begin(kernel, file);
    for (let piece = 0; piece < PIECES; piece += 1) {
      await settle();
      kernel.take();
    }
    await ended;
    assert.deepEqual(kernel.taken, [...Array(PIECES).keys()]);
    assert.deepEqual(kernel.ends, ['end']);
  });

  it('reads one piece ahead of a slow reader, and no more', async () => {
    const [kernel, file] = [slowKernel(), numberedFile()];
    const { ended } = begin(kernel, file);
    await settle();
    assert.deepEqual([file.reading, kernel.waiting.length], [[0, 1], 1]);
    kernel.socket.emit('close');
    await ended;
  });

  it('goes on with two buffers for all of the file, and both are for the next one', async () => {
    const [kernel, file, buffers] = [slowKernel(), numberedFile(), recycledBuffers()];
    const { ended, share } = begin(kernel, file, buffers);
    const used = new Set<ArrayBufferLike>();
    for (let piece = 0; piece < PIECES; piece += 1) {
      await settle();
      for (const { bytes } of kernel.waiting) used.add(bytes.buffer);
      kernel.take();
    }
    await ended;
    assert.equal(used.size, 2);
    assert.deepEqual(new Set([share.take().buffer, share.take().buffer]), used);
  });

  it('ends when the connection closes, also of an answer that was never told', async () => {
    const [kernel, file, buffers] = [slowKernel(), numberedFile(), recycledBuffers()];
    const { ended } = begin(kernel, file, buffers);
    await settle();
    kernel.socket.destroyed = true;
    kernel.socket.emit('close');
    await ended;
    assert.deepEqual(kernel.ends, ['destroy']);
    assert.equal(kernel.socket.listenerCount('close'), 0);
    const gone = slowKernel();
    gone.socket.destroyed = true;
    await begin(gone, numberedFile()).ended;
    assert.deepEqual([gone.waiting.length, gone.ends], [0, ['destroy']]);
  });

  it('waits until the answer before it is over', async () => {
    const [kernel, file] = [slowKernel(), numberedFile()];
    kernel.response.socket = null;
    const { ended } = begin(kernel, file);
    await settle();
    assert.equal(kernel.waiting.length, 0);
    kernel.response.socket = kernel.socket;
    kernel.response.emit('socket');
    await settle();
    assert.equal(kernel.waiting.length, 1);
    kernel.socket.emit('close');
    await ended;
  });

  it('writes nothing behind the end of a connection that the client has half closed', async () => {
    const [kernel, file] = [slowKernel(), numberedFile()];
    const { ended } = begin(kernel, file);
    await settle();
    kernel.socket.writable = false;
    kernel.take();
    await ended;
    assert.deepEqual([kernel.waiting.length, kernel.ends], [0, ['destroy']]);
  });

  it('keeps the buffer of a reading that is still under way when the connection closes', async () => {
    const [kernel, file, buffers] = [slowKernel(), numberedFile(), recycledBuffers()];
    let finish = (): void => {};
    const read = file.read;
    file.read = async (into, at) => {
      if (at > 0)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      await read(into, at);
    };
    const { ended, share } = begin(kernel, file, buffers);
    await settle();
    kernel.socket.emit('close');
    await settle();
    const others = [share.take(), share.take()];
    for (const other of others) other.fill(99);
    finish();
    await ended;
    assert.deepEqual(
      others.map((other) => other.every((byte) => byte === 99)),
      [true, true],
    );
  });

  it('cuts the connection when the file cannot be read on, or was written to', async () => {
    for (const change of [{ failsAt: 3 * PIECE_BYTES }, { isChanged: true }]) {
      const [kernel, file] = [slowKernel(), Object.assign(numberedFile(), change)];
      const { ended } = begin(kernel, file);
      for (let piece = 0; piece < PIECES; piece += 1) {
        await settle();
        if (kernel.waiting.length > 0) kernel.take();
      }
      await ended;
      assert.deepEqual(kernel.ends, ['destroy']);
      assert.ok(kernel.taken.length < PIECES, `${kernel.taken.length}`);
    }
  });
});
