import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { equalMachines } from '../../../src/report/fleet/equal-machines.ts';
import type { Setup } from '../../../src/report/fleet/setup.ts';

const machine = (mac: string, setup: Setup, model = 'ACME R640') => ({ mac, model, setup });
const usual: Setup = { CPU: '2 × X', Memory: '12 × 32 GiB', BIOS: '2.1' };

describe('equal machines', () => {
  it('takes as usual what more than half have, and puts those together that differ in the same way', () => {
    const [group] = equalMachines([
      ...['a', 'b', 'c', 'd'].map((mac) => machine(mac, usual)),
      machine('e', { ...usual, BIOS: '2.0' }),
      machine('f', { ...usual, Memory: '11 × 32 GiB' }),
      machine('g', { ...usual, BIOS: '2.0' }),
    ]);
    assert.equal(group?.macs.length, 7);
    assert.deepEqual(group?.equal, ['a', 'b', 'c', 'd']);
    assert.deepEqual(group?.odd, [
      { macs: ['e', 'g'], differences: [{ aspect: 'BIOS', value: '2.0' }] },
      { macs: ['f'], differences: [{ aspect: 'Memory', value: '11 × 32 GiB' }] },
    ]);
    assert.deepEqual(group?.mixed, []);
  });

  it('calls nothing usual that no majority has', () => {
    const [group] = equalMachines([machine('a', { ...usual, BIOS: '1' }), machine('b', { ...usual, BIOS: '2' })]);
    assert.deepEqual(group?.odd, []);
    assert.deepEqual(group?.equal, ['a', 'b']);
    assert.deepEqual(group?.mixed, [
      {
        aspect: 'BIOS',
        values: [
          ['1', 1],
          ['2', 1],
        ],
      },
    ]);
  });

  it('tells what was not reported from what is equal', () => {
    const { BIOS: _none, ...silent } = usual;
    const [group] = equalMachines([machine('a', usual), machine('b', usual), machine('c', silent)]);
    assert.deepEqual(group?.odd, [{ macs: ['c'], differences: [{ aspect: 'BIOS', value: undefined }] }]);
  });

  it('has the largest group first, and no group for nothing', () => {
    const groups = equalMachines([machine('a', usual, 'one'), machine('b', usual, 'two'), machine('c', usual, 'two')]);
    assert.deepEqual(
      groups.map(({ model }) => model),
      ['two', 'one'],
    );
    assert.deepEqual(equalMachines([]), []);
  });
});
