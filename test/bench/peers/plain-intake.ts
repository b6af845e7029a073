/**
 * A plain server that takes uploads as carefully as one can without more ado: what came is hashed, checked to be gzip or JSON, written to a file of another
 * name, synced, renamed, and the directory synced, before it is acknowledged. `naive` as the second argument: the same without a sync. Directory in argv, its
 * port on stdout. SIGUSR2: what it has synced so far.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { countSyncs } from '../intake/count-syncs.ts';

const [root = '', how = 'careful'] = process.argv.slice(2);
const counts = await countSyncs();
const isCareful = how !== 'naive';

async function take(request: IncomingMessage): Promise<string> {
  const [, , machine = '', kind = ''] = request.url?.split('/') ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (sha256 !== request.headers['x-recon-sha256']) throw new Error('it is damaged');
  if (kind === 'record') JSON.parse(body.toString('utf8'));
  else await promisify(gunzip)(body);
  const directory = join(root, machine);
  await mkdir(directory, { recursive: true });
  await write(join(directory, kind), body);
  if (isCareful) await sync(directory);
  return sha256;
}

async function write(path: string, body: Buffer): Promise<void> {
  const file = await open(`${path}.part`, 'w');
  try {
    await file.writeFile(body);
    if (isCareful) await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const server = createServer((request, response) => {
  take(request).then(
    (sha256) => response.end(JSON.stringify({ sha256 })),
    (error: unknown) => response.writeHead(400).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('SIGUSR2', () => console.log(JSON.stringify(counts)));
