import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import type { WatchedMachine } from '../../../src/pool/history/watched-machine.ts';
import { bootsSeen } from '../../../src/pool/public/boots-seen.ts';

const MAC = '52:54:00:66:00:01';
const NODE = { mac: MAC, node: 'node-000' };
const [EARLY, LATE] = ['2026-11-29T06:00:00.000Z', '2026-11-29T06:05:00.000Z'];
const script = { at: EARLY, choice: 'compute@3', kind: 'compute' as const, isOnce: false, because: '' };

function rig(note: Partial<WatchedMachine>) {
  const outcome = poolFromFiles(
    new Map([
      ['nodes.yaml', `node-000: { macs: ['${MAC}', '52:54:00:66:00:02'], boot: compute }\n`],
      ['profiles/compute.yaml', 'kind: compute\nimage: debian@3\n'],
    ]),
  );
  assert.ok(outcome.outcome === 'ok');
  const pool: { now: Pool } = { now: outcome.pool };
  const book = openBootBook({ all: () => [], put: () => {}, remove: () => {} });
  book.note(NODE, () => note);
  return { book, seen: bootsSeen({ book, pool: () => pool.now, nowMs: () => 1_000_000 }) };
}
const runs = { choice: 'compute@3', report: { memAvailableBytes: 5 } };

test('what a machine says of itself, since it was given its last script', () => {
  const { seen } = rig({
    script,
    up: { at: LATE, ...runs },
    alive: { at: LATE, report: { rootUsedPercent: 81 } },
    facts: { serial: 'S1' },
  });
  const [{ rootUsedPercent, memAvailableBytes, ...machine } = { mac: '' }] = seen.machines();
  assert.deepEqual(machine, {
    mac: MAC,
    serial: 'S1',
    askedAt: EARLY,
    given: 'compute@3',
    runs: 'compute@3',
    runsSince: LATE,
    aliveAt: LATE,
  });
  assert.deepEqual([rootUsedPercent, memAvailableBytes], [81, undefined], 'of the last sign of life');
});

test('who asked for another script runs nothing that is known', () => {
  const [machine] = rig({ script: { ...script, at: LATE }, up: { at: EARLY, ...runs } }).seen.machines();
  assert.deepEqual([machine?.runs, machine?.runsSince, machine?.given], [undefined, undefined, 'compute@3']);
});

const scripts = Array.from({ length: 6 }, () => ({ atMs: 999_000, kind: 'compute' as const }));

test('the history of a node is found by any of its cards', () => {
  const { seen } = rig({ history: { scripts, onceClaims: 0 } });
  assert.equal(seen.historyOf('52:54:00:66:00:02').scripts.length, 6);
  assert.equal(seen.historyOf('52:54:00:66:00:99').scripts.length, 0);
});

test('a change of the pool since then has forgotten its failures', () => {
  assert.equal(rig({ history: { scripts, onceClaims: 0 }, signature: 'another' }).seen.historyOf(MAC).scripts.length, 0);
});

test('released: files again, and as many tries as at first; a one-shot that is over stays over', () => {
  const { book, seen } = rig({ frozen: { at: EARLY, why: 'a second asker' }, history: { scripts, onceClaims: 2, isOnceOver: true } });
  assert.deepEqual(seen.machines()[0]?.frozen, { at: EARLY, why: 'a second asker' });
  assert.deepEqual(seen.release('52:54:00:66:00:02'), { isReleased: true, why: 'a second asker' });
  const { frozen, history, mac } = book.of(NODE) ?? {};
  assert.deepEqual([frozen, history, mac], [undefined, { scripts: [], onceClaims: 0, isOnceOver: true }, MAC]);
  assert.deepEqual(seen.release(MAC), { isReleased: false });
});

test('held without being frozen: released too; nobody and the well-behaved are not', () => {
  assert.deepEqual(rig({ history: { scripts, onceClaims: 0 } }).seen.release(MAC), { isReleased: true, why: 'it was held' });
  assert.deepEqual(rig({ history: { scripts: scripts.slice(1), onceClaims: 0 } }).seen.release(MAC), { isReleased: false });
  assert.deepEqual(rig({}).seen.release('52:54:00:66:00:99'), { isReleased: false });
});
