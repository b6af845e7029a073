import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectionReason } from '../../../src/master/guard/reasons.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { decideJoin, type JoinDecision, type JoinFacts, joinWords } from '../../../src/service/join/decide-join.ts';

const refusedFor = (...findings: Parameters<typeof objectionReason>[1][]): SegmentState => ({
  state: 'refused',
  reasons: findings.map((one) => objectionReason('eno1', one)),
});
const SERVED = refusedFor({ code: 'other-recon', serves: true });
const ABOUT_TO_BE = refusedFor({ code: 'other-recon' });
const BESIDE_A_SERVER = refusedFor(
  { code: 'other-recon', serves: true },
  { code: 'foreign-dhcp-server', mac: '00:11:22:33:44:55', address: '192.168.1.1' },
);
const FOREIGN = refusedFor({ code: 'foreign-dhcp-server', mac: '00:11:22:33:44:55', address: '192.168.1.1' });

const TABLE: readonly (readonly [
  what: string,
  states: Record<string, SegmentState>,
  more: Partial<JoinFacts>,
  expected: JoinDecision | Extract<JoinDecision, { join: false }>['why'],
])[] = [
  ['nothing is known yet', {}, {}, 'alone'],
  ['another one serves, and this one has RAM alone', { eno1: SERVED }, {}, { join: true, interface: 'eno1' }],
  ['the first of two that are served', { eno1: SERVED, eno2: SERVED }, {}, { join: true, interface: 'eno1' }],
  ['another one goes first, and does not serve yet', { eno1: ABOUT_TO_BE }, {}, 'alone'],
  ['a foreign DHCP server is there, and no other master', { eno1: FOREIGN }, {}, 'alone'],
  ['a foreign DHCP server is there beside it: whose address would come is open', { eno1: BESIDE_A_SERVER }, {}, 'alone'],
  [
    'a port without a cable, and one of somebody else',
    { eno1: { state: 'no-link' }, eno2: FOREIGN, eno3: SERVED },
    {},
    { join: true, interface: 'eno3' },
  ],
  ['a port that is gone', { eno1: { state: 'gone' }, eno2: SERVED }, {}, { join: true, interface: 'eno2' }],
  ['it still listens on another port, which it may serve', { eno1: SERVED, eno2: { state: 'probing' } }, {}, 'listening'],
  ['it might serve another port, and does not yet', { eno1: SERVED, eno2: { state: 'quiet' } }, {}, { join: true, interface: 'eno1' }],
  ['it serves another port', { eno1: SERVED, eno2: { state: 'quiet' } }, { servedCount: 1 }, 'serves'],
  ['it still has a segment that it is about to leave', { eno1: SERVED }, { servedCount: 1 }, 'serves'],
  ['a machine has an address from it', { eno1: SERVED }, { machineCount: 1 }, 'has-machines'],
  ['a real stick stays as it is', { eno1: SERVED }, { storage: 'stick' }, 'has-stick'],
  ['a real stick, alone', { eno1: { state: 'quiet' } }, { storage: 'stick' }, 'alone'],
];

for (const [what, states, more, expected] of TABLE)
  test(`${what}: ${typeof expected === 'string' ? expected : `joins by ${'interface' in expected ? expected.interface : ''}`}`, () => {
    const decision = decideJoin({ storage: 'ram', servedCount: 0, machineCount: 0, states: new Map(Object.entries(states)), ...more });
    if (typeof expected !== 'string') assert.deepEqual(decision, expected);
    else assert.equal(!decision.join && decision.why, expected);
  });

test('who stays a master beside another one is told so, why, and what to do', () => {
  const said = joinWords({ join: false, why: 'has-stick', interface: 'eno1' }).join(' ');
  assert.match(said, /another Recon master serves eno1, and this machine stays a master: it has a stick to write to/);
  assert.match(said, /boot it from the network/);
  assert.deepEqual(joinWords({ join: false, why: 'alone' }), []);
  assert.deepEqual(joinWords({ join: false, why: 'listening', interface: 'eno1' }), []);
  assert.match(
    joinWords({ join: true, interface: 'eno1' }).join(' '),
    /becomes a peer of that one.*switches itself off when it has a BMC and a receipt/,
  );
});
