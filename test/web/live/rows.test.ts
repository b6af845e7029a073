import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ListFilter, rowsOf, wantedRows } from '../../../src/web/live/rows.ts';
import { machine, NOW_MS } from '../machines.ts';

const ALL: ListFilter = { phase: 'all', search: '', sort: 'state', isDescending: false };
const verdict = { code: 'no-script', sentence: 'It never asked for its script.', hint: 'Look at its screen.' };
const machines = [
  machine('52:54:00:00:00:01', { hasReceipt: true, stage: 'receipt', vendor: 'Dell Inc.', product: 'PowerEdge R640', serial: 'ABC1234' }),
  machine('52:54:00:00:00:02', { stage: 'root-image', address: '10.77.1.10' }),
  machine('52:54:00:00:00:03', { stage: 'collect', address: '10.77.1.9', findings: { critical: 1, warning: 0, note: 0 } }),
  machine('52:54:00:00:00:04', { stage: 'loader', verdict }),
  machine('52:54:00:00:00:05', { stages: { ack: new Date(NOW_MS - 3_600_000).toISOString() } }),
  machine('52:54:00:00:00:06', { macs: ['02:00:5e:00:53:aa'] }),
];
const rows = rowsOf(machines, new Map([['52:54:00:00:00:02', 'Rack 7 Unit 3']]), NOW_MS);
const last = (wanted: Partial<ListFilter>): string[] => wantedRows(rows, { ...ALL, ...wanted }).map(({ node }) => node.mac.slice(-1));

describe('rows of the table', () => {
  it('stand with the stuck ones first and the done ones last', () => {
    assert.deepEqual(last({}), ['4', '5', '3', '2', '6', '1']);
    assert.deepEqual(last({ isDescending: true }), ['1', '6', '2', '3', '4', '5']);
  });

  it('are filtered by phase', () => {
    assert.deepEqual(last({ phase: 'stuck' }), ['4', '5']);
    assert.deepEqual(last({ phase: 'done' }), ['1']);
    assert.deepEqual(last({ phase: 'found' }), ['6']);
  });

  it('are found by each of the things that a person may know, in any case', () => {
    for (const [search, found] of [
      ['52:54:00:00:00:03', ['3']],
      ['52-54-00-00-00-03', ['3']],
      ['525400000003', ['3']],
      ['abc12', ['1']],
      ['poweredge', ['1']],
      ['dell R640', ['1']],
      ['10.77.1.1', ['2']],
      ['rack 7', ['2']],
      ['02:00:5E:00:53:AA', ['6']],
      ['dell 10.77', []],
      ['  ', ['4', '5', '3', '2', '6', '1']],
    ] as const) {
      assert.deepEqual(last({ search }), found, search);
    }
  });

  it('are sorted by what their column shows', () => {
    assert.deepEqual(last({ sort: 'address', search: '10.77' }), ['3', '2'], 'addresses are numbers');
    assert.equal(last({ sort: 'findings' })[0], '3');
    assert.equal(last({ sort: 'machine', isDescending: true })[0], '2');
    assert.equal(last({ sort: 'seen' }).at(-1), '5');
  });
});
