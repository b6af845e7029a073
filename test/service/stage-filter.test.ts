import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEvent } from '../../src/domain/ledger.ts';
import type { MasterEvent } from '../../src/master/ledger/events.ts';
import { stageFilter } from '../../src/service/stage-filter.ts';

const MAC = '52:54:00:00:00:01';

function event(stage: LedgerEvent['stage'], more: Partial<LedgerEvent> = {}): MasterEvent {
  return { kind: 'ledger', event: { sequence: 1, at: '2026-01-01T00:00:00.000Z', mac: MAC, stage, ...more } };
}

test('a step is told once, and again when the machine comes back to it from another', () => {
  const isNews = stageFilter();
  assert.deepEqual([event('collect'), event('collect', { detail: 'lspci: failed' }), event('upload'), event('collect')].map(isNews), [
    true,
    false,
    true,
    true,
  ]);
});

test('a transfer is told when it begins and when it is complete', () => {
  const isNews = stageFilter();
  const at = (bytes: number): MasterEvent => event('root-image', { bytes, totalBytes: 100 });
  assert.deepEqual([at(10), at(50), at(99), at(100)].map(isNews), [true, false, false, true]);
});

test('renewed leases are no news, another machine is', () => {
  const isNews = stageFilter();
  const other = event('ack', { mac: '52:54:00:00:00:02' });
  assert.deepEqual([event('ack'), event('script'), event('ack'), other].map(isNews), [true, true, false, true]);
});

test('what is no step of a machine is always told', () => {
  const isNews = stageFilter();
  const fault: MasterEvent = { kind: 'fault', part: 'storage', reason: 'full' };
  assert.deepEqual([fault, fault].map(isNews), [true, true]);
});
