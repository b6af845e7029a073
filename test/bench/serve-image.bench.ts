import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { sendFile } from '../../src/master/http/send-file.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { printComparison } from './compare.ts';
import { tell } from './frame/tell.ts';

const IMAGE_BYTES = 256 * 1024 * 1024;

await using directory = await temporaryDirectory('recon-bench-');
const path = join(directory.path, 'root.squashfs');
const file = await open(path, 'w');
const slice = Buffer.alloc(4 * 1024 * 1024, 7);
for (let written = 0; written < IMAGE_BYTES; written += slice.length) await file.write(slice);
await file.close();

const app = fastify();
app.get('/ours', (request, reply) => sendFile(request, reply, { path, name: 'root.squashfs' }));
app.get('/plain', (_request, reply) => reply.header('content-length', IMAGE_BYTES).send(createReadStream(path)));
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

/** Reads the answer off the socket and throws it away, so that the client costs both sides the same. */
const fetchImage = (url: string) => async (): Promise<void> => {
  const received = await new Promise<number>((resolve, reject) => {
    let bytes = 0;
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${url} HTTP/1.1\r\nHost: bang\r\nConnection: close\r\n\r\n`));
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(bytes));
  });
  if (received < IMAGE_BYTES) throw new Error(`only ${received} bytes of ${IMAGE_BYTES} arrived from ${url}`);
};

const [ours, plain] = await printComparison(`serving ${IMAGE_BYTES / 1024 / 1024} MiB over HTTP, one client, CPU time of both ends`, [
  ['slices of 1 MiB (ours)', fetchImage('/ours')],
  ["Node's default slices of 64 KiB", fetchImage('/plain')],
]);
tell('serve-image.cpu', { ours: ours.cpuMs, theirs: plain.cpuMs });
await app.close();
