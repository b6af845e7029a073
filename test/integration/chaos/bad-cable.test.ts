import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addBroadcastRoute, addNamespaceAddress } from '../../../src/platform/network/network-namespace.ts';
import { type BadCable, badCable } from '../fixtures/bad-cable.ts';
import { assertWholeLedger, startStorm } from '../fixtures/storm.ts';

const isRoot = process.getuid?.() === 0;
const PEERS = Number(process.env['RECON_STORM_PEERS'] ?? 20);

describe('a cable that does to every frame what it may: DHCP, loader, image and upload', { skip: isRoot ? false : 'needs root' }, () => {
  for (const [what, trouble] of [
    ['200 ms late, in each direction', { delayMs: 200 }],
    ['reordered, doubled and damaged', { late: 0.1, doubled: 0.05, damaged: 0.005 }],
    ['all of it, and 2 % lost', { delayMs: 20, late: 0.05, doubled: 0.02, damaged: 0.001, lost: 0.02 }],
  ] as const) {
    it(`${what}: every record arrives once, with the right hash`, async (context) => {
      let cable: BadCable | undefined;
      await using storm = await startStorm({
        peers: PEERS,
        withinMs: 2000,
        prepare: async (room) => {
          cable = await badCable(room, { seed: what, lost: 0, doubled: 0, damaged: 0, late: 0, lateMs: 30, delayMs: 0, ...trouble });
          await addNamespaceAddress(room.peer, 'eth0', '10.77.255.9/16');
          await addBroadcastRoute(room.peer, 'eth0');
          return cable;
        },
      });
      await storm.until(PEERS, 300_000);
      storm.say(context);
      context.diagnostic(JSON.stringify(cable?.totals));
      for (const name of ['lost', 'doubled', 'damaged', 'late'] as const)
        assert.equal((cable?.totals[name] ?? 0) > 0, name in trouble, `${name}: ${cable?.totals[name]}`);
      await assertWholeLedger(storm);
    });
  }
});
