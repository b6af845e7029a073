import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import type { RamdiskReport } from '../../../src/pool/history/ramdisk-report.ts';
import type { WatchedMachine } from '../../../src/pool/history/watched-machine.ts';
import { bootsSeen } from '../../../src/pool/public/boots-seen.ts';

const MAC = '52:54:00:66:00:01';
const NODE = { mac: MAC, node: 'node-000' };
const [EARLY, LATE] = ['2026-11-29T06:00:00.000Z', '2026-11-29T06:05:00.000Z'];
/** a minute after the later one */
const NOW_MS = Date.parse('2026-11-29T06:06:00.000Z');
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
  return {
    book,
    seen: bootsSeen({ book, pool: () => pool.now, kernelMessages: { of: async (mac) => `dmesg of ${mac}` }, nowMs: () => NOW_MS }),
  };
}
const runs = { choice: 'compute@3', report: { memAvailableBytes: 5 } };

test('what a machine says of itself, since it was given its last script', () => {
  const { seen } = rig({
    script,
    up: { at: LATE, ...runs },
    alive: { at: LATE, report: { rootUsedPercent: 81 } },
    facts: { serial: 'S1' },
  });
  const [{ rootUsedPercent, memAvailableBytes, stage: _stage, ...machine } = { mac: '' }] = seen.machines();
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

const scripts = Array.from({ length: 6 }, () => ({ atMs: NOW_MS - 1000, kind: 'compute' as const }));

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

const said = (report: Partial<RamdiskReport>, at = LATE) => ({ at, report: { stage: 'root-image' as const, ...report } });

test('the stage is the last that is known of this boot; what stops it has its hint', () => {
  const stageOf = (note: Partial<WatchedMachine>) => rig(note).seen.machines()[0]?.stage;
  assert.deepEqual(stageOf({ script }), { name: 'script', at: EARLY });
  assert.deepEqual(stageOf({ script: { ...script, kind: 'local-disk' } }), { name: 'own-disk', at: EARLY });
  assert.deepEqual(stageOf({ script, progress: said({ detail: 'fetching the root' }) }), {
    ...{ name: 'root-image', at: LATE, detail: 'fetching the root' },
  });
  assert.deepEqual(
    stageOf({ script: { ...script, at: LATE }, progress: said({}, EARLY) }),
    { name: 'script', at: LATE },
    'of a boot before',
  );
  assert.equal(stageOf({}), undefined);
});

test('three signs of life missed: gone', () => {
  const stageAfter = (seconds: number) => {
    const at = new Date(NOW_MS - seconds * 1000).toISOString();
    return rig({ script: { ...script, at: '2026-11-29T05:00:00.000Z' }, up: { at, ...runs }, alive: { at, report: {} } }).seen.machines()[0]
      ?.stage?.name;
  };
  assert.deepEqual([stageAfter(216), stageAfter(217)], ['up', 'gone']);
});

test('why a boot did not go on stays until one comes up, and says whether it boots again', () => {
  const problem = said({ problem: 'too-little-ram', detail: 'too little RAM: 120 MiB' });
  const of = (note: Partial<WatchedMachine>) => rig({ problem, ...note }).seen.machines()[0]?.problem;
  const { hint = '', ...found } = of({ script }) ?? {};
  assert.deepEqual(found, { code: 'too-little-ram', at: LATE, sentence: 'too little RAM: 120 MiB', isOfLastBoot: true });
  assert.match(hint, /failsafe/);
  assert.equal(of({ script: { ...script, at: '2026-11-29T06:05:30.000Z' } })?.isOfLastBoot, false);
});

test("the kernel's messages are those of the card that sent them, by any card of the node", async () => {
  const { seen } = rig({ dmesgAt: LATE });
  assert.deepEqual(await seen.dmesgOf('52:54:00:66:00:02'), { at: LATE, text: `dmesg of ${MAC}` });
  assert.equal(await rig({}).seen.dmesgOf(MAC), undefined);
});
