import { open } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { sendFile } from '../../../src/master/http/send-file.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { Scene } from './scene.ts';

const IMAGE_MIB = 128;
const STREAMS = 8;

/** The image to eight machines at once; they throw it away in this same thread, which is the smaller part. */
export async function serve(): Promise<Scene> {
  const directory = await temporaryDirectory('recon-profile-');
  const path = join(directory.path, 'root.squashfs');
  await using file = await open(path, 'w');
  for (let mib = 0; mib < IMAGE_MIB; mib += 1) await file.write(Buffer.alloc(1024 * 1024, mib));
  const app = fastify();
  app.get('/image', (request, reply) => sendFile(request, reply, { path, name: 'root.squashfs' }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    title: `serve: an image of ${IMAGE_MIB} MiB to ${STREAMS} machines at once`,
    run: async () => void (await Promise.all(Array.from({ length: STREAMS }, () => fetchImage(port)))),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

async function fetchImage(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /image HTTP/1.1\r\nHost: bang\r\nConnection: close\r\n\r\n'));
    socket.on('data', () => {});
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
