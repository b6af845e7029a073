import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MachineIndex } from '../../src/report/page/machine-columns.ts';
import { rowFinder, type TableFilter } from '../../src/report-page/fitting-rows.ts';

const index: MachineIndex = {
  columns: [
    { id: 'mac', label: 'Machine', kind: 'machine', isShown: true },
    { id: 'model', label: 'Model', kind: 'text', isShown: true },
    { id: 'memory', label: 'Memory', kind: 'binary', isShown: true },
    { id: 'findings', label: 'Findings', kind: 'findings', isShown: true },
  ],
  rows: [
    ['0c:c4:7a:00:00:01', 'R10', 256 * 1024 ** 3, null],
    ['0c:c4:7a:00:00:02', 'R9', 64 * 1024 ** 3, 2_000],
    ['0c:c4:7a:00:00:03', null, null, 1_000_000],
  ],
  hidden: ['serial-of-a-disk', '', ''],
};
const find = (wanted: Partial<TableFilter>): readonly number[] =>
  rowFinder(index).find({ search: '', sortBy: undefined, isDescending: false, ...wanted });

describe('rows of the table of machines', () => {
  it('finds every word, in any column, in any case', () => {
    assert.deepEqual(find({ search: 'r10 256' }), [0]);
    assert.deepEqual(find({ search: 'r10 64' }), []);
    assert.deepEqual(find({ search: '  ' }), [0, 1, 2]);
    assert.deepEqual(find({ search: 'critical' }), [2]);
  });
  it('finds parts that have no column', () => assert.deepEqual(find({ search: 'OF-A-DISK' }), [0]));
  it('finds an address however it is written', () => {
    for (const search of ['0cc47a000002', '0C-C4-7A-00-00-02', '0cc4.7a00.0002', '7a:00:00:02'])
      assert.deepEqual(find({ search }), [1], search);
  });
  it('sorts as a person counts, with what was not reported at the end', () => {
    assert.deepEqual(find({ sortBy: 1 }), [1, 0, 2]);
    assert.deepEqual(find({ sortBy: 1, isDescending: true }), [0, 1, 2]);
    assert.deepEqual(find({ sortBy: 2, isDescending: true }), [0, 1, 2]);
    assert.deepEqual(find({ sortBy: 3, isDescending: true }), [2, 1, 0]);
  });
});
