import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { run } from '../../../src/platform/process/command.ts';
import type { DhcpStormResult } from '../fixtures/dhcp-storm.ts';
import { masterRoom } from '../fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;
const MACHINES = 1200;

describe('machines that ask at the same moment', { skip: isRoot ? false : 'needs root' }, () => {
  for (const seed of [7, 2026]) {
    test(`each of ${MACHINES} gets an address of its own, and none is refused (${seed})`, async () => {
      await using room = await masterRoom();
      await room.start();
      await room.event(({ kind }) => kind === 'serving');
      const program = join(import.meta.dirname, '../fixtures/dhcp-storm.ts');
      const argument = JSON.stringify({ machines: MACHINES, seed });
      const { stdout, stderr } = await run(room.peer.inside([process.execPath, program, argument]), { timeoutMs: 300_000 });
      const result: DhcpStormResult = JSON.parse(stdout.toString() || `"${stderr}"`);
      const { offeredTwice, refused, acknowledged, addresses, offersAtOnce } = result;
      assert.deepEqual(
        { offeredTwice, refused, acknowledged, addresses },
        { offeredTwice: 0, refused: 0, acknowledged: 1200, addresses: 1200 },
      );
      assert.ok(offersAtOnce > 0.9 * MACHINES, `${offersAtOnce} were answered the first time`);
    });
  }
});
