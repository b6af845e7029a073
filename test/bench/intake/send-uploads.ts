import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { atMost } from '../../../src/domain/values/at-most.ts';
import type { BenchUpload } from './uploads.ts';

/** How a machine is answered. */
export interface SendSettings {
  port: number;
  /** machines that upload at the same time */
  together: number;
  tokens: ReadonlyMap<string, string>;
}

export interface Sent {
  wallMs: number;
  /** of each machine from its first byte to its receipt */
  latencyMs: number[];
}

/** All of them upload capture and record, each over a connection of its own, and have their receipts. @throws Error when one has none */
export async function sendUploads(uploads: readonly BenchUpload[], { port, together, tokens }: SendSettings): Promise<Sent> {
  const limiter = atMost(together);
  const startedMs = performance.now();
  const latencyMs = await Promise.all(
    uploads.map((upload) =>
      limiter(async () => {
        const beganMs = performance.now();
        await sendOne(upload, port, tokens.get(upload.mac) ?? '');
        return performance.now() - beganMs;
      }),
    ),
  );
  return { wallMs: performance.now() - startedMs, latencyMs };
}

async function sendOne({ mac, address, record, capture }: BenchUpload, port: number, token: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const put = (kind: string, body: Buffer, more: Record<string, string> = {}): Promise<void> =>
    answered({
      agent,
      port,
      localAddress: address,
      path: `/nodes/${mac.replaceAll(':', '-')}/${kind}`,
      body,
      more: { 'x-recon-token': token, ...more },
    });
  try {
    await put('capture', capture);
    await put('record', record, { 'x-recon-capture': sha256Of(capture) });
  } finally {
    agent.destroy();
  }
}

interface Put {
  agent: Agent;
  port: number;
  localAddress: string;
  path: string;
  body: Buffer;
  more: Record<string, string>;
}

async function answered({ agent, port, localAddress, path, body, more }: Put): Promise<void> {
  const headers = { 'content-length': body.length, 'x-recon-sha256': sha256Of(body), ...more };
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port, localAddress, path, method: 'PUT', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${response.statusCode} ${text}`))));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
