import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../../src/demo/fleet/seeded-random.ts';
import { decryptRecords } from '../../../src/desk/decrypt-records.ts';
import { withVisits } from '../../../src/desk/open-tarballs.ts';
import type { Receipt } from '../../../src/domain/api.ts';
import { definedOnly } from '../../../src/domain/values/defined-only.ts';
import { generatedUpload } from '../../../src/lab/yank/guest/generated-upload.ts';
import { openTokens } from '../../../src/master/intake/tokens.ts';
import { peerDeps } from '../../../src/peer/deps.ts';
import { upload } from '../../../src/peer/upload.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { type Child, startChild } from '../../../src/platform/process/child.ts';
import { sha256Of } from '../../master/fixture-records.ts';

/** `make kills` asks for 200. */
const KILLS = Number(process.env['RECON_KILLS'] ?? 10);
/** Each costs more, and is of the same kind. */
const ENCRYPTED_KILLS = Number(process.env['RECON_ENCRYPTED_KILLS'] ?? Math.ceil(KILLS / 4));
const SEED = process.env['RECON_SEED'] ?? 'recon';
const TOGETHER = 12;
const PROGRAM = join(import.meta.dirname, 'run-bare-master.ts');

test(`the master is killed ${KILLS} times while machines upload: what was acknowledged is there`, {
  timeout: 7_000_000,
  skip: KILLS === 0 ? 'none is asked for' : false,
}, async (context) => {
  await using directory = await temporaryDirectory('recon-kills-');
  const root = directory.path;
  const promised = await killing({ root, kills: KILLS });
  for (const [mac, receipt] of promised) await assertKept(join(root, 'data'), mac, receipt);
  assert.deepEqual(await sealedMachines(root), [...promised.keys()].toSorted());
  context.diagnostic(`${KILLS} kills, ${promised.size} receipts, each record and capture there with its hash; seed ${SEED}`);
});

test(`the same with records that are encrypted as they arrive, ${ENCRYPTED_KILLS} times: the ciphertext alone has all of it`, {
  timeout: 7_000_000,
}, async (context) => {
  await using directory = await temporaryDirectory('recon-kills-');
  const root = directory.path;
  const { identity, recipient } = await newAgeKeys();
  const key = join(root, 'key.txt');
  await writeFile(key, identity);
  const promised = await killing({ root, kills: ENCRYPTED_KILLS, recipient });
  const { roots, damaged } = await decryptRecords({ root: join(root, 'data'), work: join(root, 'work'), identity: key, isRest: false });
  assert.deepEqual([roots.length, damaged], [1, []], 'all starts of one boot are one folder, and half files do not stay');
  for (const [mac, receipt] of promised) await assertKept(roots[0] ?? '', mac, receipt);
  assert.deepEqual(await sealedMachines(root, key), [...promised.keys()].toSorted());
  context.diagnostic(`${ENCRYPTED_KILLS} kills, ${promised.size} receipts, each record and capture there as ciphertext; seed ${SEED}`);
});

interface KillingInput {
  root: string;
  kills: number;
  /** public key of age */
  recipient?: string;
}

/** Gives what machines were promised when all is over: the last master has sealed. */
async function killing({ root, kills, recipient }: KillingInput): Promise<Map<string, Receipt>> {
  const { next, chance } = seededRandom('kills', SEED);
  const port = await freePort();
  const promised = new Map<string, Receipt>();
  const crowd = startCrowd({ root, port, promised, tokens: await mintAll(root) });
  let master: Child | undefined;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      master = await startMaster(root, port, recipient);
      const before = promised.size;
      // some die before they have given a receipt, most in the middle of many
      const enough = chance(0.2) ? 0 : 1 + Math.floor(next() * 20);
      while (promised.size < before + enough) await crowd.goesOn();
      await delay(next() * 60);
      master.kill('SIGKILL');
      await master.exited;
    }
    master = await startMaster(root, port, recipient);
    await crowd.end();
    // not stop(), which kills after 5 s: the tarball of so many machines may take longer
    if (master.pid !== undefined) process.kill(master.pid, 'SIGTERM');
    assert.equal((await master.exited).exitCode, 0);
    assert.ok(promised.size >= kills, `only ${promised.size} receipts: the kills hit nothing`);
    return promised;
  } finally {
    crowd.abandon();
    await master?.stop();
  }
}

async function startMaster(root: string, port: number, recipient?: string): Promise<Child> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const child = startChild([process.execPath, PROGRAM, root, String(port), ...(recipient === undefined ? [] : [recipient])], {
      onLine: (line) => {
        lines.push(line);
        if (line === 'listening') resolve(child);
      },
    });
    void child.exited.then(({ exitCode }) => reject(new Error(`the master ended with ${exitCode}:\n${lines.join('\n')}`)));
  });
}

interface CrowdInput {
  root: string;
  port: number;
  promised: Map<string, Receipt>;
  tokens: ReadonlyMap<string, string>;
}

interface Crowd {
  /** resolves at the next sign of life: a receipt, or a try that failed */
  goesOn(): Promise<void>;
  /** lets the uploads that are under way come to their receipts, and begins no more */
  end(): Promise<void>;
  abandon(): void;
}

/** Machines that upload, so many at a time, one after the other; each tries until it has its receipt, by the product's own code. */
function startCrowd({ root, port, promised, tokens }: CrowdInput): Crowd {
  const giveUp = new AbortController();
  let sign = Promise.withResolvers<void>();
  let isEnding = false;
  let machine = 0;
  const live = (): void => {
    sign.resolve();
    sign = Promise.withResolvers<void>();
  };
  const one = async (): Promise<void> => {
    machine += 1;
    const { mac, record, capture } = generatedUpload(SEED, machine, 1);
    const tokenFile = join(root, `token-${machine}`);
    await writeFile(tokenFile, tokens.get(mac) ?? assert.fail(`there is no token for ${mac}`));
    const settings = { masterUrl: `http://127.0.0.1:${port}`, bootMac: mac, nodePath: process.execPath, tokenFile, runDirectory: root };
    const sleep = async (): Promise<void> => {
      live();
      await delay(30, undefined, { signal: giveUp.signal });
    };
    promised.set(
      mac,
      await upload({ record: JSON.parse(record.toString()), capture, commands: [] }, { ...peerDeps(settings, silentLog), sleep }),
    );
    live();
  };
  const lines = Array.from({ length: TOGETHER }, async () => {
    while (!isEnding) await one();
  });
  const all = Promise.all(lines);
  all.catch(() => {});
  return {
    goesOn: () => Promise.race([sign.promise, all.then(() => {})]),
    end: async () => {
      isEnding = true;
      await all;
    },
    abandon: () => {
      isEnding = true;
      giveUp.abort();
    },
  };
}

/** All tokens are made before the first master reads them: they lie in RAM, which a killed process does not lose. */
async function mintAll(root: string): Promise<Map<string, string>> {
  await mkdir(join(root, 'state'), { recursive: true });
  const tokens = await openTokens({ stateFile: join(root, 'state/tokens.jsonl') });
  const found = new Map<string, string>();
  for (let machine = 1; machine <= Math.max(KILLS, ENCRYPTED_KILLS) * 40 + 200; machine += 1) {
    const mac = `52:54:00:${(machine.toString(16).padStart(6, '0').match(/../g) ?? []).join(':')}`;
    found.set(mac, await tokens.mint(mac, '127.0.0.1'));
  }
  return found;
}

/** The receipt was given for these very bytes, and they are there, once. */
async function assertKept(directory: string, mac: string, receipt: Receipt): Promise<void> {
  const home = join(directory, 'records', mac.replaceAll(':', '-'));
  assert.deepEqual(await readdir(home), ['0001'], mac);
  const read = (name: string): Promise<Buffer> => readFile(join(home, '0001', name));
  assert.equal(sha256Of(await read('record.json')), receipt.recordSha256, mac);
  assert.equal(sha256Of(await read('capture.jsonl.gz')), receipt.captureSha256, mac);
  assert.equal(JSON.parse((await read('receipt.json')).toString()).recordSha256, receipt.recordSha256, mac);
}

async function sealedMachines(root: string, identity?: string): Promise<string[]> {
  const name = (await readdir(join(root, 'data'))).find((one) => /^recon-.*\.tar\.gz(\.age)?$/.test(one));
  assert.ok(name !== undefined, 'there is no tarball');
  const macs: string[] = [];
  await withVisits([join(root, 'data', name)], { warn: assert.fail, ...definedOnly({ identity }) }, async ([visit]) => {
    for await (const { mac, origin } of visit?.nodes() ?? []) if (origin === undefined && mac !== '52:54:00:77:00:01') macs.push(mac);
  });
  return macs.toSorted();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
