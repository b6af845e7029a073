import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, readlink, rename, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type FileTransfers, fileTransfers } from '../../../../src/master/http/transfer/file-transfers.ts';
import { hotCopies } from '../../../../src/master/http/transfer/hot-copies.ts';
import { recycledBuffers } from '../../../../src/master/http/transfer/recycled-buffers.ts';
import { sendingTurns } from '../../../../src/master/http/transfer/turns.ts';
import { openToRead } from '../../../../src/platform/files/file-reader.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { waitFor } from '../../../../src/platform/process/wait-for.ts';

/** More than the kernel keeps for one connection, on both of its ends. */
const SIZE = 40 * 1024 * 1024 + 12_345;
const GIBIBYTE = 1024 ** 3;
const KINDS = ['from the file', 'from a copy in RAM'] as const;

interface Served extends AsyncDisposable {
  path: string;
  port: number;
  hash: string;
  memory: { availableBytes: number };
  /** looks at the machine's memory now */
  look: () => void;
}

async function serve(kind: (typeof KINDS)[number]): Promise<Served> {
  const directory = await temporaryDirectory('recon-transfer-');
  const path = join(directory.path, 'image');
  const content = Buffer.alloc(SIZE);
  for (let at = 0; at < SIZE; at += 4) content.writeUInt32LE(at, Math.min(at, SIZE - 4));
  await writeFile(path, content);
  const memory = { availableBytes: kind === 'from the file' ? 0 : 12 * GIBIBYTE };
  let [nowMs, look] = [0, (): void => {}];
  const copies = hotCopies({
    memory: () => ({ totalBytes: 16 * GIBIBYTE, ...memory }),
    nowMs: () => (nowMs += 10_000),
    watch: (again) => {
      look = again;
      return () => {};
    },
  });
  const server = await listen(fileTransfers({ copies, buffers: recycledBuffers(), turns: sendingTurns() }), path);
  return {
    ...{ path, memory, port: (server.address() as AddressInfo).port, hash: hashOf([content]), look: () => look() },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

async function listen(transfers: FileTransfers, path: string) {
  const server = createServer(async (request, response) => {
    const file = (await openToRead(path)) ?? assert.fail('no file');
    response.writeHead(200, { 'content-length': file.sizeBytes });
    await transfers.send({ file, first: 0, last: file.sizeBytes - 1, response, socket: request.socket });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** A reader that has got the first bytes and waits. */
async function startReader(port: number): Promise<{ socket: Socket; chunks: Buffer[]; rest(): Promise<Buffer> }> {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: bang\r\nConnection: close\r\n\r\n'));
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunks.length === 1) socket.pause();
      resolve();
    });
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  const rest = async (): Promise<Buffer> => {
    socket.resume();
    await closed;
    const all = Buffer.concat(chunks);
    return all.subarray(all.indexOf('\r\n\r\n') + 4);
  };
  return { socket, chunks, rest };
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

async function isOpen(path: string): Promise<boolean> {
  const numbers = await readdir('/proc/self/fd');
  const targets = await Promise.all(numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')));
  return targets.some((target) => target.startsWith(path));
}

for (const kind of KINDS) {
  describe(`a file over HTTP, ${kind}`, () => {
    it('arrives whole at readers of all speeds', async () => {
      await using served = await serve(kind);
      const readers = await Promise.all(Array.from({ length: 6 }, () => startReader(served.port)));
      const fast = await Promise.all(readers.slice(0, 4).map((reader) => reader.rest()));
      const slow = await Promise.all(readers.slice(4).map((reader) => reader.rest()));
      assert.deepEqual(new Set([...fast, ...slow].map((bytes) => hashOf([bytes]))), new Set([served.hash]));
    });

    it('is the one that was opened, when another one takes its name meanwhile', async () => {
      await using served = await serve(kind);
      const readers = [await startReader(served.port), await startReader(served.port)];
      await writeFile(`${served.path}.new`, 'another file');
      await rename(`${served.path}.new`, served.path);
      for (const reader of readers) assert.equal(hashOf([await reader.rest()]), served.hash);
      assert.equal(String(await (await startReader(served.port)).rest()), 'another file');
    });

    it('breaks off when it is cut short or written to meanwhile', async () => {
      for (const change of [cutShort, writeInto]) {
        await using served = await serve(kind);
        const readers = [await startReader(served.port), await startReader(served.port)];
        await change(served.path);
        for (const reader of readers) assert.ok((await reader.rest()).length < SIZE, change.name);
      }
    });

    it('is closed when its readers are gone in the midst', async () => {
      await using served = await serve(kind);
      const readers = await Promise.all(Array.from({ length: 6 }, () => startReader(served.port)));
      assert.equal(await isOpen(served.path), true);
      for (const { socket } of readers) socket.destroy();
      const isClosed = async (): Promise<true | undefined> => ((await isOpen(served.path)) ? undefined : true);
      assert.equal(await waitFor(isClosed, { timeoutMs: 60_000, pauseMs: 20 }), true);
    });
  });
}

describe('a copy in RAM that has to go while machines are sent from it', () => {
  it('leaves each its bytes, and the rest comes from the file', async () => {
    await using served = await serve('from a copy in RAM');
    const readers = await Promise.all(Array.from({ length: 4 }, () => startReader(served.port)));
    served.memory.availableBytes = 0;
    served.look();
    const all = await Promise.all(readers.map((reader) => reader.rest()));
    assert.deepEqual(new Set(all.map((bytes) => hashOf([bytes]))), new Set([served.hash]));
  });
});

async function cutShort(path: string): Promise<void> {
  await truncate(path, Math.floor(SIZE / 2));
}

async function writeInto(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.write('other bytes', SIZE - 1000);
}
