import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receipt } from '../../src/domain/api.ts';
import type { PeerDeps } from '../../src/peer/deps.ts';
import { startChild } from '../../src/platform/process/child.ts';
import type { Argv, CommandResult } from '../../src/platform/process/command.ts';

/** A request as the fake master sees it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Headers;
  body: Buffer;
}

export type FakeMaster = (request: SeenRequest) => Response | Promise<Response>;

/** A peer whose network, commands and clock are ours; files lie below `directory`. */
export interface FakePeer extends PeerDeps {
  requests: SeenRequest[];
  commands: string[];
  waits: number[];
  lines: string[];
}

export const TOKEN = 'ab'.repeat(32);
export const MAC = '52:54:00:aa:00:01';

export async function fakePeer(
  directory: string,
  master: FakeMaster,
  answer: (argv: Argv) => Partial<CommandResult> = () => ({}),
): Promise<FakePeer> {
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, `${TOKEN}\n`);
  for (const name of ['run', 'root/dev', 'root/proc']) await mkdir(join(directory, name), { recursive: true });
  const requests: SeenRequest[] = [];
  const commands: string[] = [];
  const waits: number[] = [];
  const lines: string[] = [];
  let clockMs = 0;
  return {
    requests,
    commands,
    waits,
    lines,
    masterUrl: 'http://10.77.0.1',
    bootMac: MAC,
    nodePath: process.execPath,
    tokenFile,
    runDirectory: join(directory, 'run'),
    root: join(directory, 'root'),
    recon: ['/usr/bin/recon'],
    startChild,
    fetch: async (url, init) => {
      const body = init?.body instanceof Uint8Array ? Buffer.from(init.body) : Buffer.alloc(0);
      const request = { method: init?.method ?? 'GET', path: new URL(String(url)).pathname, headers: new Headers(init?.headers), body };
      requests.push(request);
      return master(request);
    },
    run: async (argv) => {
      commands.push(argv.join(' '));
      const nothing = Buffer.alloc(0);
      return { argv, status: 'ok', exitCode: 0, signal: undefined, stdout: nothing, stderr: nothing, durationMs: 1, ...answer(argv) };
    },
    sleep: async (durationMs) => {
      waits.push(durationMs);
      clockMs += durationMs;
    },
    nowMs: () => clockMs,
    random: () => 0.5,
    log: { info: (line) => void lines.push(line), warn: (line) => void lines.push(line), debug: () => {} },
  };
}

export const RECEIPT: Receipt = { recordSha256: '0123456789ab'.padEnd(64, '0'), revision: 1, storage: 'stick', masterSequence: 7 };

/** What fetch throws when nobody listens. */
export function refusedConnection(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
}
