import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { LedgerEvent } from '../../src/domain/ledger.ts';
import { type Child, startChild } from '../../src/platform/process/child.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { sha256Of } from '../master/fixture-records.ts';
import { dropPackets, ownAllAddresses, setLink } from './fixtures/bad-network.ts';
import { MASTER_URL, type MasterRoom, masterRoom } from './fixtures/master-room.ts';
import type { StormResult, StormSettings } from './fixtures/storm-peers.ts';

const isRoot = process.getuid?.() === 0;
/** the lossy storms are smaller by default, because each lost packet costs a second or more */
const WANTED = process.env['RECON_STORM_PEERS'];
const peersOr = (usual: number): number => (WANTED === undefined ? usual : Number(WANTED));
const LIMIT = { timeoutMs: 10_000 };
const NO_MEANS = 'this machine can drop packets with neither netem nor nftables';

// side by side: most of the time they wait for packets that were lost
const OPTIONS = { skip: isRoot ? false : 'needs root', concurrency: true };

describe('many peers at once: one master, real dnsmasq, a network of our own', OPTIONS, () => {
  it('500 peers, no loss: none is lost, none is stored twice, the ledger has every step', async (context) => {
    await using storm = await startStorm({ peers: 500, withinMs: 2000, imageBytes: 512 * 1024 });
    await storm.until(500, 300_000);
    storm.say(context);
    const ledger = await storm.stop();
    for (const peer of storm.results) {
      const stages = ledger.get(peer.mac)?.map(({ stage }) => stage) ?? [];
      for (const stage of [...LOADED, 'receipt'])
        assert.ok(
          stages.some((one) => one === stage),
          `${peer.mac}: no ${stage} in ${stages}`,
        );
      const image = ledger.get(peer.mac)?.findLast(({ stage }) => stage === 'root-image');
      assert.ok(image?.totalBytes !== undefined && image.bytes === image.totalBytes, `${peer.mac}: ${JSON.stringify(image)}`);
      assert.ok((image.bytesPerSecond ?? 0) > 0);
    }
  });

  it('5 % of the packets are lost: all arrive', async (context) => {
    const peers = peersOr(100);
    await using storm = await startStorm({ peers, withinMs: 2000 });
    if (!(await dropPackets(storm.room, 0.05))) return context.skip(NO_MEANS);
    storm.begin();
    await storm.until(peers, 300_000);
    storm.say(context);
    await assertWholeLedger(storm);
  });

  it('20 % of the packets are lost: at least 95 of 100 arrive', async (context) => {
    const peers = peersOr(40);
    await using storm = await startStorm({ peers, withinMs: 2000 });
    if (!(await dropPackets(storm.room, 0.2))) return context.skip(NO_MEANS);
    storm.begin();
    await storm.until(Math.ceil(peers * 0.95), 300_000);
    storm.say(context);
    await assertWholeLedger(storm);
  });

  it('the cable is pulled again and again, and the master dies in the middle: what it acknowledged is there', async (context) => {
    const peers = peersOr(60);
    await using storm = await startStorm({ peers, withinMs: 12_000 });
    storm.begin();
    const flapping = new AbortController();
    const flaps = flap(storm.room, flapping.signal);
    await storm.until(Math.ceil(peers / 4), 120_000);
    const acknowledged = [...storm.results];
    await storm.killMaster();
    await delay(1500);
    await storm.startMaster();
    await storm.until(peers, 300_000);
    flapping.abort();
    await flaps;
    storm.say(context);
    await assertWholeLedger(storm);
    assert.ok(acknowledged.length >= peers / 4);
  });
});

/** What each machine must have done before its upload. The initrd's own DHCP and the TFTP loader are left out by the simulation. */
const LOADED = ['discover', 'offer', 'request', 'ack', 'script', 'initrd', 'kernel', 'root-image'];

async function assertWholeLedger(storm: Storm): Promise<void> {
  const ledger = await storm.stop();
  for (const { mac } of storm.results) {
    const events = ledger.get(mac) ?? [];
    assert.equal(
      events.some(({ stage }) => stage === 'receipt'),
      true,
      `${mac}: no receipt`,
    );
  }
  const steps = storm.results.map(
    ({ mac }) => LOADED.filter((stage) => (ledger.get(mac) ?? []).some((event) => event.stage === stage)).length,
  );
  // a killed master may take the last second of its ledger with it
  const whole = steps.filter((count) => count === LOADED.length).length;
  if (!storm.wasKilled) assert.equal(whole, storm.results.length);
}

async function flap(room: MasterRoom, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(10_000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    await setLink(room, 'down');
    await delay(1500);
    await setLink(room, 'up');
  }
}

interface Storm extends AsyncDisposable {
  room: MasterRoom;
  results: StormResult[];
  wasKilled: boolean;
  begin(): void;
  /** waits for so many receipts */
  until(count: number, limitMs: number): Promise<void>;
  killMaster(): Promise<void>;
  startMaster(): Promise<void>;
  /** ends everything, looks at what is stored, and gives the ledger by machine */
  stop(): Promise<Map<string, LedgerEvent[]>>;
  say(context: TestContext): void;
}

async function startStorm({
  peers,
  withinMs,
  imageBytes = 128 * 1024,
}: {
  peers: number;
  withinMs: number;
  imageBytes?: number;
}): Promise<Storm> {
  const stack = new AsyncDisposableStack();
  const room = stack.use(await masterRoom({ rootImageBytes: imageBytes }));
  await ownAllAddresses(room);
  // a file system of its own: how long the test takes does not hang on the disk of this machine
  const data = join(room.root, 'data');
  await runOk(['mkdir', data], LIMIT);
  await runOk(['mount', '-t', 'tmpfs', '-o', 'size=256m', 'recon-test', data], LIMIT);
  stack.defer(async () => void (await run(['umount', data], LIMIT)));
  const results: StormResult[] = [];
  const noise: string[] = [];
  let master: Child | undefined;
  let crowd: Child | undefined;
  let begunMs = performance.now();
  const storm: Storm = {
    room,
    results,
    wasKilled: false,
    begin: () => {
      if (crowd !== undefined) return;
      begunMs = performance.now();
      const settings: StormSettings = { peers, masterUrl: MASTER_URL, directory: room.root, withinMs, captureBytes: 20_000 };
      const program = join(import.meta.dirname, 'fixtures/storm-peers.ts');
      crowd = startChild(room.peer.inside([process.execPath, program, JSON.stringify(settings)]), {
        onLine: (line) => (line.startsWith('{') ? void results.push(JSON.parse(line)) : void noise.push(line)),
      });
      stack.defer(async () => void (await crowd?.stop()));
    },
    until: async (count, limitMs) => {
      storm.begin();
      let ended = false;
      void crowd?.exited.then(() => {
        ended = true;
      });
      const untilMs = performance.now() + limitMs;
      while (results.length < count) {
        assert.ok(!ended && performance.now() < untilMs, `only ${results.length} of ${count} receipts\n${noise.join('\n')}`);
        await delay(100);
      }
    },
    killMaster: async () => {
      storm.wasKilled = true;
      master?.kill('SIGKILL');
      await master?.exited;
    },
    startMaster: async () => {
      room.events.length = 0;
      master = await room.start();
      await room.event(({ kind }) => kind === 'listening');
      await room.event(({ kind }) => kind === 'serving');
    },
    stop: async () => {
      await crowd?.stop();
      // not stop(), which kills after 5 s: sealing the tarball of 500 machines may take longer
      if (master?.pid !== undefined) process.kill(master.pid, 'SIGTERM');
      assert.equal((await master?.exited)?.exitCode, 0);
      await assertStored(room, results);
      return ledgerByMachine(await readFile(join(room.root, 'data/ledger.jsonl'), 'utf8'));
    },
    say: (context) => {
      const took = results.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
      const at = (share: number): string => `${((took[Math.floor((took.length - 1) * share)] ?? 0) / 1000).toFixed(1)} s`;
      const whole = ((performance.now() - begunMs) / 1000).toFixed(1);
      context.diagnostic(
        `${results.length} of ${peers} peers in ${whole} s; one took ${at(0.5)} (median), ${at(0.95)} (95 %), ${at(1)} (last)`,
      );
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  await storm.startMaster();
  return storm;
}

/** Each acknowledged record and capture is there, byte for byte, and once. */
async function assertStored(room: MasterRoom, results: readonly StormResult[]): Promise<void> {
  assert.equal(new Set(results.map(({ address }) => address)).size, results.length, 'an address was given twice');
  for (const { mac, receipt, record, captureSha256 } of results) {
    const directory = join(room.root, 'data/records', mac.replaceAll(':', '-'));
    assert.deepEqual(await readdir(directory), ['0001'], mac);
    assert.equal(await readFile(join(directory, '0001/record.json'), 'utf8'), record);
    assert.equal(sha256Of(await readFile(join(directory, '0001/capture.jsonl.gz'))), captureSha256);
    assert.deepEqual(JSON.parse(await readFile(join(directory, '0001/receipt.json'), 'utf8')), receipt);
  }
}

function ledgerByMachine(text: string): Map<string, LedgerEvent[]> {
  const events = text
    .trim()
    .split('\n')
    .map((line) => LedgerEvent.parse(JSON.parse(line)));
  assert.equal(new Set(events.map(({ sequence }) => sequence)).size, events.length, 'a number came twice');
  return Map.groupBy(events, ({ mac }) => mac);
}
