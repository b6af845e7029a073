import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openKeptRows } from '../../../src/platform/database/kept-rows.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { afterEvent, type BootEvent } from '../../../src/pool/decide/boot-history.ts';
import { decidedChoice } from '../../../src/pool/decide/decide.ts';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import { decideNow } from '../../../src/pool/history/decide-now.ts';
import type { WatchedMachine } from '../../../src/pool/history/watched-machine.ts';
import { poolOf } from '../decide/pools.ts';

const MAC = '52:54:00:66:00:01';
const MINUTE = 60_000;
const node = (words: object = {}): ReturnType<typeof poolOf> =>
  poolOf({ nodes: { 'node-000': { macs: [MAC], boot: 'compute', ...words } } });
type Pool = ReturnType<typeof poolOf>;
type Seen = Pick<WatchedMachine, 'history' | 'signature'>;

test('what was seen is there after a restart, and a machine that is a node has one history for all its cards', async () => {
  await using directory = await temporaryDirectory('recon-book-');
  const path = join(directory.path, 'pool.sqlite');
  const open = () => openKeptRows(path, { table: 'machines', onDamage: () => assert.fail('damaged') });
  {
    using rows = open();
    const minutes = [1, 2, 3, 4];
    const book = openBootBook(rows, { now: () => new Date((minutes.shift() ?? 9) * MINUTE) });
    book.note({ mac: MAC, node: 'node-000' }, () => ({ facts: { serial: 'ABC1' } }));
    book.note({ mac: '52:54:00:66:00:02', node: 'node-000' }, ({ facts }) => ({ facts: { ...facts, vendor: 'Dell' } }));
    book.note({ mac: '52:54:00:66:00:09' }, () => ({ looksLike: 'node-000' }));
  }
  using rows = open();
  const book = openBootBook(rows);
  assert.deepEqual(book.of({ mac: MAC, node: 'node-000' })?.facts, { serial: 'ABC1', vendor: 'Dell' });
  assert.equal(book.of({ mac: '52:54:00:66:00:09' })?.looksLike, 'node-000');
  assert.deepEqual(
    book.machines().map(({ mac }) => mac),
    ['52:54:00:66:00:02', '52:54:00:66:00:09'],
  );
});

test('a damaged file is put aside, and history begins anew', async () => {
  await using directory = await temporaryDirectory('recon-book-');
  const path = join(directory.path, 'pool.sqlite');
  await writeFile(path, 'this is no database, and longer than its header '.repeat(100));
  const aside: string[] = [];
  using rows = openKeptRows(path, { table: 'machines', onDamage: (keptAs) => aside.push(keptAs) });
  assert.deepEqual([openBootBook(rows).machines(), aside], [[], [`${path}.damaged`]]);
});

test('machines that are made up push each other out, and no node', () => {
  const rows = new Map<string, string>();
  const book = openBootBook(
    { all: () => rows, put: (key, text) => void rows.set(key, text), remove: (key) => void rows.delete(key) },
    { mostStrangers: 3 },
  );
  book.note({ mac: MAC, node: 'node-000' }, () => ({}));
  for (const last of ['11', '12', '13', '14']) book.note({ mac: `52:54:00:66:00:${last}` }, () => ({}));
  assert.deepEqual([...rows.keys()], ['node-000', ...['12', '13', '14'].map((last) => `52:54:00:66:00:${last}`)]);
});

/** A machine that asks, and what it tells afterwards. */
function machine(): { ask(pool: Pool, atMs: number, isHeld?: boolean): string; tell(event: BootEvent): void } {
  let seen: Seen | undefined;
  return {
    ask: (pool, nowMs, isHeld = false) => {
      const { decision, history, signature } = decideNow(pool, { mac: MAC }, seen, { nowMs, isHeld });
      const { kind } = decision.profile;
      seen = { signature, history: afterEvent(history, { event: 'script', atMs: nowMs, kind, isOnce: decision.isOnce }) };
      return decidedChoice(decision);
    },
    tell: (event) => {
      if (seen !== undefined) seen = { ...seen, history: afterEvent(seen.history as never, event) };
    },
  };
}

test('a one-shot is spent by the boot that comes up, also while the pool still has it; armed anew it counts again', () => {
  const one = machine();
  const armed = node({ once: 'failsafe' });
  assert.equal(one.ask(armed, 0), 'failsafe');
  assert.equal(one.ask(armed, MINUTE), 'failsafe');
  one.tell({ event: 'up' });
  assert.equal(one.ask(armed, 2 * MINUTE), 'compute');
  one.tell({ event: 'up' });
  assert.equal(one.ask(armed, 3 * MINUTE), 'compute');
  assert.equal(one.ask(node(), 4 * MINUTE), 'compute');
  assert.equal(one.ask(armed, 5 * MINUTE), 'failsafe');
});

test('a one-shot that three boots carried in vain is dropped, and stays so when the usual image comes up', () => {
  const one = machine();
  const armed = node({ once: 'failsafe' });
  const asked = [0, 20, 40, 60].map((minutes) => one.ask(armed, minutes * MINUTE));
  assert.deepEqual(asked, ['failsafe', 'failsafe', 'failsafe', 'compute']);
  one.tell({ event: 'up' });
  assert.equal(one.ask(armed, 80 * MINUTE), 'compute');
});

test('a machine in circles is held until a person changes what it boots, however long it waits', () => {
  const one = machine();
  for (let time = 0; time < 6; time += 1) assert.equal(one.ask(node(), time * MINUTE), 'compute');
  assert.equal(one.ask(node(), 6 * MINUTE), 'hold');
  assert.equal(one.ask(node({ boot: 'old' }), 60 * MINUTE, true), 'old');
});

test('waiting alone lets no machine go', () => {
  const one = machine();
  for (let time = 0; time < 7; time += 1) one.ask(node(), time * MINUTE);
  for (const minutes of [20, 100, 1000]) assert.equal(one.ask(node(), minutes * MINUTE, true), 'hold');
});

test('what was seen goes with the card: to another name, to a node that is adopted, and away from one that is taken out', () => {
  const rows = new Map<string, string>();
  const book = openBootBook({ all: () => rows, put: (key, text) => void rows.set(key, text), remove: (key) => void rows.delete(key) });
  const other = '52:54:00:66:00:02';
  const see = (mac: string, name?: string): void => void book.note({ mac, node: name }, () => ({ facts: { serial: `of ${mac}` } }));
  const follow = (nodes: Record<string, object>): string[] => {
    book.follow(poolOf({ nodes }));
    return [...rows.keys()].sort();
  };
  see(MAC, 'node-000');
  see(other);
  assert.deepEqual(follow({ 'node-000': { macs: [MAC] } }), [other, 'node-000']);
  assert.deepEqual(follow({ login: { macs: [MAC] }, adopted: { macs: [other] } }), ['adopted', 'login']);
  assert.deepEqual(
    [book.of({ mac: MAC, node: 'login' })?.facts, book.seen.nodesLike({ serial: `of ${other}` })],
    [{ serial: `of ${MAC}` }, ['adopted']],
  );
  // a card that is replaced leaves its node what it knows
  assert.deepEqual(follow({ login: { macs: ['52:54:00:66:00:09'] }, adopted: { macs: [other] } }), ['adopted', 'login']);
  assert.deepEqual(follow({ adopted: { macs: [other] } }), [MAC, 'adopted']);
  // what a node did under its name counts more than what its card did before
  see('52:54:00:66:00:05');
  see('52:54:00:66:00:06', 'two');
  assert.deepEqual(follow({ two: { macs: ['52:54:00:66:00:05', '52:54:00:66:00:06'] }, adopted: { macs: [other] } }), [
    MAC,
    'adopted',
    'two',
  ]);
  assert.deepEqual(book.machines().length, 3);
  assert.deepEqual(openBootBook({ all: () => rows, put: () => {}, remove: () => {} }).of({ mac: MAC })?.node, undefined);
});
