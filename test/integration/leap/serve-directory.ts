import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

/** The files of a directory by HTTP, on the loopback interface. */
export async function serveDirectory(directory: string): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const path = join(directory, normalize(decodeURIComponent((request.url ?? '/').replace(/\?.*/, ''))));
    const file = await stat(path).catch(() => undefined);
    if (file?.isFile() !== true) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': file.size });
    createReadStream(path).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
