import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolNode } from '../../../src/domain/pool/pool-settings.ts';
import { NOTHING_TYPED, newNodeBody, nodePatch, typedNode } from '../../../src/pool-page/nodes/typed-node.ts';
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

test('every field of a node is in the form, but for what it boots', () => {
  const { boot: _boot, once: _once, ...others } = PoolNode.shape;
  assert.deepEqual(Object.keys(NOTHING_TYPED).sort(), Object.keys(others).sort());
});

test('of a new node what was typed is sent; a memory that is no number stays a text for the head to refuse', () => {
  const typed = { ...NOTHING_TYPED, macs: '52-54-00-66-00-01;52:54:00:66:00:02', port: ' 1/12 ', memoryGiB: '512' };
  assert.deepEqual(newNodeBody('n', typed), {
    ...{ name: 'n', macs: ['52-54-00-66-00-01', '52:54:00:66:00:02'], port: '1/12', memoryGiB: 512 },
  });
  assert.equal(newNodeBody('n', { ...typed, memoryGiB: 'much' })['memoryGiB'], 'much');
});
