import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export interface Mirror {
  url: string;
  close: () => void;
  /** how many answers have stopped */
  stalled: () => number;
}

/** The files of a directory by HTTP, on the loopback interface. Of those that `stalls` names only the first half is sent, and then nothing more. */
export async function serveDirectory(directory: string, stalls: (path: string) => boolean = () => false): Promise<Mirror> {
  let stalled = 0;
  const server = createServer(async (request, response) => {
    const path = join(directory, normalize(decodeURIComponent((request.url ?? '/').replace(/\?.*/, ''))));
    const file = await stat(path).catch(() => undefined);
    if (file?.isFile() !== true) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': file.size });
    if (!stalls(path)) return void createReadStream(path).pipe(response);
    const half = createReadStream(path, { end: Math.floor(file.size / 2) });
    half.pipe(response, { end: false });
    half.once('end', () => {
      stalled += 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close, stalled: () => stalled };
}
