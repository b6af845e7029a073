import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import { MASTER_LIMITS } from '../../../src/master/http/limits.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { type BootBook, openBootBook, type Rows } from '../../../src/pool/history/boot-book.ts';
import { type KernelMessages, openKernelMessages } from '../../../src/pool/history/kernel-messages.ts';
import { openBootTokens } from '../../../src/pool/serve/boot-tokens.ts';
import { machinesApp } from '../../../src/pool/serve/machines-app.ts';
import { servedImages } from '../../../src/pool/serve/served-images.ts';

export const NODE = { mac: '52:54:00:66:00:01', address: '10.10.0.10', path: '/nodes/52-54-00-66-00-01' };
export const STRANGER = { mac: '52:54:00:66:00:99', address: '10.10.200.9' };
export const ROOT_IMAGE = Buffer.from('0123456789'.repeat(100));

const POOL = {
  'pool.yaml': 'networks:\n  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.10.200.1-10.10.250.254 }\n',
  'nodes.yaml': `node-000: { macs: ['${NODE.mac}', '52:54:00:66:00:02'], address: ${NODE.address}, groups: [rack1, gpus], boot: compute, serial: CZ3123 }
node-001: { macs: ['52:54:00:66:00:03'], address: 10.10.0.11, boot: choose }
node-002: { macs: ['52:54:00:66:00:04'], address: 10.10.0.12, boot: suse }
`,
  'groups.yaml': 'rack1: { priority: 10 }\ngpus: { priority: 20 }\n',
  'profiles/compute.yaml': 'kind: compute\nimage: compute-debian-13\nfiles: [motd]\n',
  'profiles/suse.yaml': 'kind: linux\nkernel: suse/linux\n',
  'profiles/choose.yaml': 'kind: menu\nitems: [local-disk, failsafe]\n',
};
const FILES = {
  'files/all/etc/motd': 'all',
  'files/all/etc/all': 'all',
  'files/set/motd/etc/motd': 'set',
  'files/group/rack1/etc/motd': 'rack1',
  'files/group/rack1/etc/rack': 'rack1',
  'files/group/gpus/etc/rack': 'gpus',
  'files/profile/compute/etc/profile-of': 'compute',
  'files/node/node-000/etc/motd': 'node',
  'files/node/node-001/etc/other': 'of another node',
  'files/suse/linux': 'a kernel',
  'secrets/all/etc/secret': 'only for the eyes of nodes',
};

export interface MachinesFixture extends AsyncDisposable {
  app: FastifyInstance;
  book: BootBook;
  kernelMessages: KernelMessages;
  root: string;
  alarms: string[];
  over: (string | undefined)[];
  clock: { ms: number };
  setPool(change: Record<string, string>): void;
  /** a request of a machine, from its address */
  ask(
    path: string,
    change?: { from?: string; method?: 'GET' | 'POST' | 'HEAD'; headers?: Record<string, string>; body?: object | Buffer },
  ): Promise<Answer>;
}
export interface Answer {
  status: number;
  body: string;
  bytes: Buffer;
  headers: Record<string, unknown>;
}

/** The machines' side over a folder of its own, with everything behind it real. */
export async function machinesFixture(): Promise<MachinesFixture> {
  const directory = await temporaryDirectory('recon-head-');
  const root = directory.path;
  await writeAll(root, FILES);
  await writeAll(root, await imageFiles());
  await writeAll(root, { 'loaders/undionly.kpxe': 'loader' });
  let pool = poolOf({});
  const clock = { ms: Date.parse('2026-11-29T06:00:00Z') };
  const now = (): Date => new Date(clock.ms);
  const [alarms, over]: [string[], (string | undefined)[]] = [[], []];
  const book = openBootBook(memoryRows(), { now });
  const kernelMessages = await openKernelMessages(join(root, 'dmesg'));
  const app = machinesApp({
    pool: () => pool,
    ...{ filesDirectory: join(root, 'files'), secretsDirectory: join(root, 'secrets'), loaderDirectory: join(root, 'loaders') },
    images: servedImages(join(root, 'images')),
    kernelMessages,
    ...{ book, now, tokens: openBootTokens(memoryRows(), { nowMs: () => clock.ms, steadyMs: () => clock.ms }) },
    leases: { addressOf: () => undefined, leaseHolder: () => undefined },
    limits: { ...MASTER_LIMITS, scriptBurst: 16, headersTimeoutMs: 500 },
    ...{
      isServedAddress: () => true,
      log: silentLog,
      onAlarm: (sentence) => alarms.push(sentence),
      onOnceOver: ({ node }) => over.push(node),
    },
  });
  return {
    ...{ app, book, kernelMessages, root, alarms, over, clock },
    setPool: (change) => {
      pool = poolOf(change);
    },
    ask: async (url, { from = NODE.address, method = 'GET', headers = {}, body } = {}) => {
      const answer = await app.inject({
        ...{ method, url, remoteAddress: from, headers: { host: '127.0.0.1', 'user-agent': 'iPXE/1.21', ...headers } },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, body: answer.body, bytes: answer.rawPayload, headers: answer.headers };
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

export function poolOf(change: Record<string, string>): Pool {
  const outcome = poolFromFiles(new Map(Object.entries({ ...POOL, ...change })));
  if (outcome.outcome === 'wrong') throw new Error(JSON.stringify(outcome.mistakes));
  return outcome.pool;
}

export function memoryRows(): Rows {
  const rows = new Map<string, string>();
  return { all: () => rows, put: (key, text) => void rows.set(key, text), remove: (key) => void rows.delete(key) };
}

async function imageFiles(): Promise<Record<string, string | Buffer>> {
  const parts = { kernel: Buffer.from('kernel'), ramdisk: Buffer.from('ramdisk'), 'root.sqfs': ROOT_IMAGE };
  const files = Object.entries(parts).map(([name, bytes]) => {
    return [name, { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }];
  });
  const at = 'images/compute-debian-13/3';
  const manifest = JSON.stringify({ manifestVersion: 1, architecture: 'x86_64', minimumMemoryMiB: 96, files: Object.fromEntries(files) });
  return {
    ...Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [`${at}/${name}`, bytes])),
    [`${at}/manifest.json`]: manifest,
    [`${at}/secret`]: 'not in the manifest',
    'images/compute-debian-13/4/kernel': 'half uploaded',
  };
}

async function writeAll(root: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
