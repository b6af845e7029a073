import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { objectionReason } from '../../../src/master/guard/reasons.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { followJoin } from '../../../src/service/join/follow-join.ts';

const SERVED: SegmentState = { state: 'refused', reasons: [objectionReason('eno1', { code: 'other-recon', serves: true })] };

test('the warden is asked once; when it refuses, that is said once, and it is asked again at the next look', async () => {
  const states = new Map<string, SegmentState>([['eno1', { state: 'probing' }]]);
  const [asked, said]: [string[], string[]] = [[], []];
  let stays = 0;
  const joining = followJoin({
    onStay: () => {
      stays += 1;
    },
    ...{ storage: 'ram', states, counts: () => ({ servedCount: 0, machineCount: 0 }), say: (...lines) => void said.push(...lines) },
    becomePeer: async (name) => {
      asked.push(name);
      throw new Error('it has given a machine an address');
    },
  });
  joining.look();
  assert.deepEqual([asked, said], [[], []]);
  states.set('eno1', SERVED);
  joining.look();
  joining.look();
  assert.deepEqual(asked, ['eno1'], 'once at a time');
  await turn();
  joining.look();
  await turn();
  assert.deepEqual(asked, ['eno1', 'eno1']);
  assert.equal(stays, 2, 'what waited for it is served each time');
  assert.equal(said.filter((line) => /becomes a peer of that one/.test(line)).length, 1);
  assert.deepEqual(said.slice(2), ['it does not become a peer: it has given a machine an address']);
});
