import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterEvent, type BootEvent, isOnceSpent, NO_HISTORY } from '../../../src/pool/decide/boot-history.ts';
import { nodeOf } from '../../../src/pool/decide/known-node.ts';
import { isInLoop } from '../../../src/pool/decide/loop-guard.ts';
import { poolOf } from './pools.ts';

const script = (more: Partial<BootEvent & { event: 'script' }> = {}): BootEvent => ({
  ...{ event: 'script', atMs: 1, kind: 'compute', isOnce: false },
  ...more,
});

test('a script is remembered, and a one-shot that it carried is claimed', () => {
  const once = afterEvent(NO_HISTORY, script({ isOnce: true }));
  assert.deepEqual(once, { scripts: [{ atMs: 1, kind: 'compute' }], onceClaims: 1 });
  assert.deepEqual(afterEvent(once, script({ atMs: 2 })), { scripts: [...once.scripts, { atMs: 2, kind: 'compute' }], onceClaims: 1 });
});

for (const event of ['up', 'delivered', 'changed'] as const) {
  test(`${event}: begins anew`, () => assert.deepEqual(afterEvent(afterEvent(NO_HISTORY, script()), { event }), NO_HISTORY));
}

test('a one-shot is spent by success of a boot that carried it, and by nothing else', () => {
  const claimed = afterEvent(NO_HISTORY, script({ isOnce: true }));
  assert.equal(isOnceSpent(claimed, { event: 'up' }), true);
  assert.equal(isOnceSpent(claimed, { event: 'delivered' }), true);
  assert.equal(isOnceSpent(claimed, script()), false);
  assert.equal(isOnceSpent(claimed, { event: 'changed' }), false);
  // the machine was up before its one-shot was ever in a script
  assert.equal(isOnceSpent(afterEvent(NO_HISTORY, script()), { event: 'up' }), false);
});

test('thousands of scripts are not kept', () => {
  let history = NO_HISTORY;
  for (let count = 0; count < 1000; count += 1) history = afterEvent(history, script({ atMs: count }));
  assert.equal(history.scripts.length, 50);
  assert.equal(history.scripts.at(-1)?.atMs, 999);
});

const [CARD, OTHER, NEW] = ['52:54:00:66:00:01', '52:54:00:66:00:02', '52:54:00:66:00:99'] as const;
const POOL = poolOf({ nodes: { 'node-000': { macs: [CARD, OTHER], serial: 'CZ3001XY' }, 'node-001': { macs: ['52:54:00:66:00:03'] } } });

test('a node is known by any of its cards', () => {
  assert.deepEqual(
    [CARD, OTHER, NEW].map((mac) => nodeOf(POOL, mac)),
    ['node-000', 'node-000', undefined],
  );
});

test('scripts of a time that is yet to come hold nobody: the clock was wrong, and was set back', () => {
  const scripts = Array.from({ length: 9 }, () => ({ atMs: 86_400_000, kind: 'compute' as const }));
  assert.equal(isInLoop({ scripts, onceClaims: 0 }, 86_400_000), true);
  assert.equal(isInLoop({ scripts, onceClaims: 0 }, 1000), false);
});
