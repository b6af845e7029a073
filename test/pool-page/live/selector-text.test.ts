import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectNodes } from '../../../src/pool/select/selector.ts';
import { selectorText } from '../../../src/pool-page/live/selector-text.ts';

const NAMES = ['gw', 'node-000', 'node-001', 'node-002', 'node-9', 'node-10', 'r1n07', 'r1n08', 'r1n10', '7', '08'];

test('the selector is short, and means exactly the chosen nodes', () => {
  assert.equal(selectorText(['node-001']), 'node-001');
  assert.equal(selectorText(['node-002', 'node-000', 'node-001', 'gw']), 'node-[000-002],gw');
  const many = Array.from({ length: 1000 }, (_, at) => `node-${String(at).padStart(4, '0')}`);
  assert.equal(selectorText(many), 'node-[0000-0999]');
  const nodes = new Map(NAMES.map((name) => [name, { macs: [] }]));
  for (let mask = 1; mask < 2 ** NAMES.length; mask += 1) {
    const chosen = NAMES.filter((_, at) => (mask & (2 ** at)) !== 0);
    assert.deepEqual(selectNodes({ nodes, groups: new Map() }, selectorText(chosen)), chosen, selectorText(chosen));
  }
});
