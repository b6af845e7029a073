import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { dropPackets, setLink } from './fixtures/bad-network.ts';
import type { MasterRoom } from './fixtures/master-room.ts';
import { assertWholeLedger, LOADED, startStorm } from './fixtures/storm.ts';

const isRoot = process.getuid?.() === 0;
/** the lossy storms are smaller by default, because each lost packet costs a second or more */
const WANTED = process.env['RECON_STORM_PEERS'];
const peersOr = (usual: number): number => (WANTED === undefined ? usual : Number(WANTED));
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

async function flap(room: MasterRoom, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(10_000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    await setLink(room, 'down');
    await delay(1500);
    await setLink(room, 'up');
  }
}
