import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodePatch, typedNode } from '../../../src/pool-page/node/typed-node.ts';
import { nodeView } from '../nodes.ts';

test('only what is other than before is sent; what was emptied is taken out', () => {
  const node = nodeView('n', { groups: ['rack1'], tags: ['gpu'], serial: '0012', note: 'by the door' });
  const typed = typedNode(node);
  assert.deepEqual(nodePatch(node, typed), {});
  assert.deepEqual(nodePatch(node, { ...typed, groups: ' rack1, rack2 ', tags: '', note: 'by the door ', address: '10.0.0.1' }), {
    ...{ groups: ['rack1', 'rack2'], tags: null, address: '10.0.0.1' },
  });
  assert.deepEqual(nodePatch(node, { ...typed, macs: '' }), { macs: [] });
});
