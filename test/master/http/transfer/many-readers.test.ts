import assert from 'node:assert/strict';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileTransfers } from '../../../../src/master/http/transfer/file-transfers.ts';
import { hotCopies } from '../../../../src/master/http/transfer/hot-copies.ts';
import { type RecycledBuffers, recycledBuffers } from '../../../../src/master/http/transfer/recycled-buffers.ts';
import { sendingTurns } from '../../../../src/master/http/transfer/turns.ts';
import { openToRead } from '../../../../src/platform/files/file-reader.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { waitFor } from '../../../../src/platform/process/wait-for.ts';

const MEBIBYTE = 1024 * 1024;
/** More than the kernel keeps for one connection, on both of its ends. */
const SIZE = 12 * MEBIBYTE;
const READERS = 200;

/** A server without memory for a copy, and what of its buffers is out. */
async function serve({ timeoutMs = 0 } = {}) {
  const directory = await temporaryDirectory('recon-many-');
  const path = join(directory.path, 'image');
  await using file = await open(path, 'w');
  await file.truncate(SIZE);
  const out = { bytes: 0, began: 0, ended: 0, mostBytes: 0 };
  const copies = hotCopies({ memory: () => ({ totalBytes: 1024 * MEBIBYTE, availableBytes: 0 }), nowMs: () => 0, watch: () => () => {} });
  const transfers = fileTransfers({ copies, buffers: counted(recycledBuffers(), out), turns: sendingTurns() });
  const server = createServer(async (request, response) => {
    out.began += 1;
    const opened = (await openToRead(path)) ?? assert.fail('no file');
    response.writeHead(200, { 'content-length': opened.sizeBytes });
    await transfers.send({ file: opened, first: 0, last: opened.sizeBytes - 1, response, socket: request.socket });
    out.ended += 1;
  });
  server.timeout = timeoutMs;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ out, port: (server.address() as AddressInfo).port },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function counted(buffers: RecycledBuffers, out: { bytes: number; mostBytes: number }): RecycledBuffers {
  return {
    share: (mostBytes) => {
      const share = buffers.share(mostBytes);
      return {
        ...share,
        take: () => {
          out.bytes += share.bufferBytes;
          out.mostBytes = Math.max(out.mostBytes, out.bytes);
          return share.take();
        },
        giveBack: (buffer) => {
          out.bytes -= share.bufferBytes;
          share.giveBack(buffer);
        },
      };
    },
  };
}

/** A machine that asks and then reads nothing. */
async function stalled(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: bang\r\nUser-Agent: iPXE/1.21\r\n\r\n');
  return socket;
}

async function readAll(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  return (await answer.arrayBuffer()).byteLength;
}

async function comes(isThere: () => boolean): Promise<boolean> {
  return (await waitFor(async () => isThere() || undefined, { timeoutMs: 120_000, pauseMs: 20 })) === true;
}

describe('machines that ask for an image and read nothing', () => {
  it('hold 64 MiB together and 64 KiB each, keep nobody else waiting, and leave all of it when they go', async () => {
    await using served = await serve();
    const { out, port } = served;
    const beforeBytes = process.memoryUsage().arrayBuffers;
    const sockets = await Promise.all(Array.from({ length: READERS }, () => stalled(port)));
    assert.ok(await comes(() => out.began === READERS));
    const most = 64 * MEBIBYTE + READERS * 64 * 1024;
    const heldBytes = process.memoryUsage().arrayBuffers - beforeBytes;
    // their own ends are in this process as well, and each of those reads a little ahead
    assert.ok(heldBytes <= most + READERS * 128 * 1024, `${heldBytes}`);
    assert.equal(await readAll(port), SIZE, 'who reads gets all of it meanwhile');
    assert.ok(out.mostBytes <= most, `${out.mostBytes} of ${most}`);
    assert.equal(out.ended, 1);
    for (const socket of sockets) socket.destroy();
    assert.ok(await comes(() => out.ended === READERS + 1));
    assert.equal(out.bytes, 0);
  });

  it('are let go when their kernel takes nothing for as long as the server waits', async () => {
    await using served = await serve({ timeoutMs: 1000 });
    const { out, port } = served;
    const dead = await stalled(port);
    assert.ok(await comes(() => out.ended === 1));
    assert.deepEqual([out.began, out.bytes, out.mostBytes > 0], [1, 0, true]);
    dead.destroy();
  });
});
