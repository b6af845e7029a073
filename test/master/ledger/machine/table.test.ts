import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LedgerEntry, LedgerEvent } from '../../../../src/domain/ledger.ts';
import type { Stage } from '../../../../src/domain/stages.ts';
import { ledgerBudget } from '../../../../src/master/ledger/budget.ts';
import { remember } from '../../../../src/master/ledger/machine/history.ts';
import { machineTable } from '../../../../src/master/ledger/machine/table.ts';

const MAC = '52:54:00:00:00:01';
let sequence = 0;
function event(entry: Partial<LedgerEntry> & { stage: Stage }): LedgerEvent {
  sequence += 1;
  return { sequence, at: new Date(Date.UTC(2026, 10, 20) + sequence * 1000).toISOString(), mac: MAC, ...entry };
}
const mac = (number: number): string => `52:54:00:00:01:${String(number).padStart(2, '0')}`;

describe('the machines that the ledger remembers', () => {
  it('counts DHCP messages since the last step that was none, and says when bytes came last', () => {
    const table = machineTable(10);
    for (const stage of ['discover', 'offer', 'discover', 'offer', 'discover', 'offer'] as const) table.take(event({ stage }));
    assert.deepEqual(table.state(MAC)?.dhcpMessages, { discover: 3, offer: 3, request: 0, ack: 0 });
    for (const stage of ['request', 'ack', 'script'] as const) table.take(event({ stage }));
    const script = table.state(MAC);
    assert.deepEqual(script?.dhcpMessages, { discover: 0, offer: 0, request: 0, ack: 0 });
    const first = event({ stage: 'root-image', bytes: 10, totalBytes: 100, bytesPerSecond: 5 });
    table.take(first);
    table.take(event({ stage: 'root-image', bytes: 10, totalBytes: 100, bytesPerSecond: 2 }));
    table.take(event({ stage: 'discover' }));
    const loading = table.state(MAC);
    assert.deepEqual([loading?.stage, loading?.bytes, loading?.totalBytes, loading?.bytesPerSecond], ['root-image', 10, 100, 2]);
    assert.deepEqual([loading?.lastByteAt, loading?.progressAt], [first.at, first.at]);
    const resumed = event({ stage: 'root-image', bytes: 50, totalBytes: 100, resumedAtBytes: 10 });
    table.take(resumed);
    assert.deepEqual([table.state(MAC)?.resumedAtBytes, table.state(MAC)?.lastByteAt], [10, resumed.at]);
    assert.equal(table.state(MAC)?.restarts, 0);
    table.take(event({ stage: 'script' }));
    assert.deepEqual([table.state(MAC)?.restarts, table.state(MAC)?.bytes, table.state(MAC)?.lastByteAt], [1, undefined, undefined]);
  });

  it('forgets the quietest that only asked, and never one that loaded something', () => {
    const table = machineTable(3);
    table.take(event({ mac: mac(1), stage: 'kernel' }));
    table.take(event({ mac: mac(2), stage: 'discover' }));
    table.take(event({ mac: mac(3), stage: 'discover' }));
    table.take(event({ mac: mac(2), stage: 'offer' }));
    assert.deepEqual(table.take(event({ mac: mac(4), stage: 'script' })), { taken: true, forgotten: mac(3) });
    assert.deepEqual(
      table.states().map((state) => state.mac),
      [mac(1), mac(2), mac(4)],
    );
    assert.deepEqual(table.history(mac(3)), []);
    for (const number of [2, 4]) table.take(event({ mac: mac(number), stage: 'kernel' }));
    assert.deepEqual([table.hasRoomFor(mac(5)), table.hasRoomFor(mac(1))], [false, true]);
    assert.deepEqual(table.take(event({ mac: mac(5), stage: 'discover' })), { taken: false });
    assert.equal(table.size, 3);
    table.take(event({ mac: mac(1), stage: 'script' }));
    assert.equal(table.hasRoomFor(mac(5)), false, 'a machine that starts anew has still loaded something');
  });

  it('always has a place for a machine with a lease: strangers go, also those that loaded something, and never one with a receipt', () => {
    const table = machineTable(4, (one) => one === mac(8) || one === mac(9));
    table.take(event({ mac: mac(1), stage: 'receipt' }));
    for (const number of [2, 3, 4]) table.take(event({ mac: mac(number), stage: 'kernel' }));
    assert.deepEqual([table.hasRoomFor(mac(5)), table.hasRoomFor(mac(8))], [false, true]);
    assert.deepEqual(table.take(event({ mac: mac(8), stage: 'ack' })), { taken: true, forgotten: mac(2) });
    assert.deepEqual(table.take(event({ mac: mac(9), stage: 'ack' })), { taken: true, forgotten: mac(3) });
    table.take(event({ mac: mac(9), stage: 'kernel' }));
    assert.deepEqual(table.take(event({ mac: mac(5), stage: 'script' })), { taken: false }, 'a stranger takes nobody with a lease away');
    assert.ok(table.state(mac(1)), 'it has its receipt');
  });

  it('takes a hundred thousand made-up machines in no more memory than a few', () => {
    const table = machineTable(100);
    for (let made = 0; made < 100_000; made += 1)
      table.take(event({ mac: `02:00:00:${hex(made >> 16)}:${hex(made >> 8)}:${hex(made)}`, stage: 'discover' }));
    assert.equal(table.size, 100);
    assert.equal(table.states().length, 100);
  });
});

describe('the history of a machine', () => {
  const historyOf = (events: readonly LedgerEvent[], most: number): LedgerEvent[] => {
    const history: LedgerEvent[] = [];
    for (const one of events) remember(history, one, most);
    return history;
  };

  it('has the first and the latest report of a transfer, and a resumption apart', () => {
    const reports = [10, 20, 30, 40].map((bytes) => event({ stage: 'root-image', bytes, totalBytes: 100 }));
    const resumed = [60, 80, 100].map((bytes) => event({ stage: 'root-image', bytes, totalBytes: 100, resumedAtBytes: 40 }));
    const history = historyOf([event({ stage: 'initrd' }), ...reports, ...resumed], 100);
    assert.deepEqual(
      history.map(({ bytes }) => bytes),
      [undefined, 10, 40, 60, 100],
    );
  });

  it('loses the middle of a run of one step first, then the oldest but the first', () => {
    const collected = Array.from({ length: 20 }, (_, index) => event({ stage: 'collect', detail: String(index) }));
    const stages = historyOf([event({ stage: 'discover' }), event({ stage: 'script' }), ...collected, event({ stage: 'upload' })], 6).map(
      ({ stage }) => stage,
    );
    assert.deepEqual(stages, ['discover', 'script', 'collect', 'collect', 'collect', 'upload']);
    const turns = Array.from({ length: 50 }, (_, index) => event({ stage: index % 2 === 0 ? 'discover' : 'offer' }));
    const kept = historyOf(turns, 10);
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [10, turns[0], turns.at(-1)]);
  });
});

describe('what is worth its place in the ledger file', () => {
  it('is not a machine that says the same for ever; but each new step, and receipts', () => {
    const budget = ledgerBudget({ fileBytes: 0, limitBytes: 1_000_000_000, machines: 10, nowMs: () => 0 });
    const allowed = Array.from({ length: 2000 }, () => budget.allows(event({ stage: 'discover' }), 100, false)).filter(Boolean).length;
    assert.equal(allowed, 500);
    assert.equal(budget.allows(event({ stage: 'kernel' }), 100, true), true);
    assert.equal(budget.allows(event({ stage: 'receipt' }), 100, false), true);
    assert.equal(budget.allows(event({ mac: mac(2), stage: 'discover' }), 100, false), true);
  });

  it('leaves half of the file to machines with a lease', () => {
    const budget = ledgerBudget({ fileBytes: 450, limitBytes: 1000, machines: 10, isLeased: (one) => one === mac(1) });
    assert.deepEqual(
      [2, 1].map((number) => budget.allows(event({ mac: mac(number), stage: 'discover' }), 100, true)),
      [false, true],
    );
  });

  it('is nothing more when the file is full, but what a machine with a token says first, and receipts', () => {
    const budget = ledgerBudget({ fileBytes: 950, limitBytes: 1000, machines: 10 });
    assert.deepEqual(
      (['discover', 'script', 'agent', 'receipt'] as const).map((stage) => budget.allows(event({ stage }), 100, true)),
      [false, false, true, true],
    );
    assert.equal(budget.allows(event({ stage: 'agent' }), 100, false), false);
  });
});

function hex(value: number): string {
  return (value & 255).toString(16).padStart(2, '0');
}
