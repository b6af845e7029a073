import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import { MASTER_LIMITS } from '../../../src/master/http/limits.ts';
import { openKeptRows } from '../../../src/platform/database/kept-rows.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { type BootBook, openBootBook } from '../../../src/pool/history/boot-book.ts';
import { openKernelMessages } from '../../../src/pool/history/kernel-messages.ts';
import { openBootTokens } from '../../../src/pool/serve/boot-tokens.ts';
import { machinesApp } from '../../../src/pool/serve/machines-app.ts';
import { servedImages } from '../../../src/pool/serve/served-images.ts';
import { openPoolStore, type PoolStore } from '../../../src/pool/store/pool-store.ts';

export interface LargeHead {
  /** of the machines' side */
  port: number;
  /** of a listener that answers three letters to everything */
  trivialPort: number;
  app: FastifyInstance;
  pool: Pool;
  book: BootBook;
  close(): Promise<void>;
}

/**
 * The machines' side of a head node with so many nodes and rules, listening on loopback, with everything behind it real.
 * @param changing the pool of a store that somebody changes meanwhile; missing: it stays as it is
 */
export async function largeHead(
  directory: string,
  sizes: { nodes: number; rules: number; imageBytes: number },
  changing?: () => Pool,
): Promise<LargeHead> {
  for (const version of [1, 2, 3, 4, 5]) await writeImage(directory, version, sizes.imageBytes);
  const pool = changing?.() ?? largePool(sizes);
  const rowsOf = (table: string): ReturnType<typeof openKeptRows> =>
    openKeptRows(join(directory, 'pool.sqlite'), { table, onDamage: () => {} });
  const [machines, tokens] = [rowsOf('machines'), rowsOf('tokens')];
  const book = openBootBook(machines);
  await mkdir(join(directory, 'loaders'), { recursive: true });
  const app = machinesApp({
    ...{ pool: changing ?? (() => pool), book, log: silentLog, now: () => new Date() },
    ...{ filesDirectory: join(directory, 'files'), loaderDirectory: join(directory, 'loaders') },
    images: servedImages(join(directory, 'images')),
    kernelMessages: await openKernelMessages(join(directory, 'dmesg')),
    tokens: openBootTokens(tokens),
    leases: { addressOf: () => undefined, leaseHolder: () => undefined },
    limits: MASTER_LIMITS,
    ...{ isServedAddress: () => true, onAlarm: () => {}, onOnceOver: () => {} },
  });
  await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: () => '' });
  const trivial = createServer((_request, reply) => reply.end('ok\n'));
  await new Promise<void>((resolve) => trivial.listen(0, '127.0.0.1', resolve));
  return {
    ...{ app, pool, book, port: portOf(app.server), trivialPort: portOf(trivial) },
    close: async () => {
      trivial.close();
      await app.close();
      for (const rows of [machines, tokens]) rows[Symbol.dispose]();
    },
  };
}

/** The store of such a pool, in a folder of its own. */
export async function largeStore(directory: string, sizes: { nodes: number; rules: number }): Promise<PoolStore> {
  const folder = join(directory, 'pool');
  for (const [path, text] of Object.entries(largePoolFiles(sizes))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return openPoolStore(folder, { stateDirectory: join(directory, 'state'), now: () => new Date() });
}

/** A third of the nodes says itself what it boots, a third is told by its group, and the rest by the last rules of all. */
export function largePool({ nodes, rules }: { nodes: number; rules: number }): Pool {
  const outcome = poolFromFiles(new Map(Object.entries(largePoolFiles({ nodes, rules }))));
  if (outcome.outcome === 'wrong') throw new Error(JSON.stringify(outcome.mistakes.slice(0, 5)));
  return outcome.pool;
}

export function largePoolFiles({ nodes, rules }: { nodes: number; rules: number }): Record<string, string> {
  const numbers = [...Array(nodes).keys()];
  const lines = numbers.map((number) => {
    const boot = number % 3 === 0 ? ', boot: compute' : number % 3 === 1 ? `, groups: [rack${number % 200}]` : '';
    return `n${number}: { macs: ['${macOf(number)}'], address: ${addressOf(number)}, serial: 'SN${number}'${boot} }`;
  });
  const never = [...Array(Math.max(0, rules - 1)).keys()].map(
    (number) => `  - { when: { vendor: Maker${number}*, serial: ['X${number}-*', 'Y${number}-*'], memoryGiB: '<4' }, boot: failsafe }`,
  );
  const network = 'networks:\n  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.10.200.1-10.10.250.254 }';
  return {
    'pool.yaml': `${network}\nrules:\n${[...never, '  - { when: { serial: SN* }, boot: compute@3 }'].join('\n')}\n`,
    'nodes.yaml': `${lines.join('\n')}\n`,
    'groups.yaml': [...Array(200).keys()].map((number) => `rack${number}: { boot: compute@4, priority: ${number} }\n`).join(''),
    'profiles/compute.yaml': 'kind: compute\nimage: compute-debian-13\n',
  };
}

export function macOf(number: number): string {
  return `52:54:00:${[16, 8, 0].map((shift) => ((number >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
}

export function addressOf(number: number): string {
  return `10.10.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`;
}

/** Its root is a hole of that size: nothing may read it to answer a script. */
async function writeImage(directory: string, version: number, sizeBytes: number): Promise<void> {
  const at = join(directory, 'images/compute-debian-13', String(version));
  await mkdir(at, { recursive: true });
  const sha256 = 'a'.repeat(64);
  const files = Object.fromEntries(['kernel', 'ramdisk', 'root.sqfs'].map((name) => [name, { sizeBytes, sha256 }]));
  await writeFile(join(at, 'manifest.json'), JSON.stringify({ manifestVersion: 1, files }));
  for (const name of Object.keys(files)) {
    await writeFile(join(at, name), '');
    await truncate(join(at, name), sizeBytes);
  }
}

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}
