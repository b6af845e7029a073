import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossFindings, lossTable, type YankResult } from '../../../src/lab/yank/loss-table.ts';

const results: YankResult[] = [
  { yank: { number: 1, model: 'all written', at: 12 }, stick: { yank: 1, checked: 30, lost: [], trouble: [] } },
  {
    yank: { number: 2, model: 'up to the last flush', at: 99 },
    stick: {
      ...{ yank: 2, checked: 40, trouble: ['no whole tarball'] },
      lost: [{ mac: '52:54:00:00:00:01', revision: 1, instead: 'record.json has 0 bytes' }],
    },
  },
];

test('the table counts by model, and in all', () => {
  assert.deepEqual(lossTable(results), [
    'what the stick kept    yanks  with a loss  receipts  lost  other trouble',
    'all written                1            0        30     0              0',
    'up to the last flush       1            1        40     1              1',
    'half of the unflushed      0            0         0     0              0',
    'all                        2            1        70     1              1',
  ]);
});

test('each loss is named', () => {
  assert.deepEqual(lossFindings(results), [
    'yank 2 (up to the last flush, after 99 requests): 52:54:00:00:00:01 revision 1: record.json has 0 bytes',
    'yank 2 (up to the last flush, after 99 requests): no whole tarball',
  ]);
});
