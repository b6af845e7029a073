import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootedMachine, NodeView } from '../../../src/domain/pool/api-views.ts';
import { countsOf, type NodeFilter, nodeRowsOf, stateOf, wantedNodes } from '../../../src/pool-page/live/node-rows.ts';
import { ago, NOW_MS, nodeView } from '../nodes.ts';

const seen = (more: Partial<BootedMachine>): BootedMachine => ({ mac: '52:54:00:66:00:01', ...more });
const up = { runs: 'compute@3', runsSince: ago(3600) };

const problem = { code: 'root-missing', at: ago(900), sentence: 'the root did not arrive', hint: 'Is it in?', isOfLastBoot: true };

test('what is said of a node at a glance: who needs somebody before anything else', () => {
  const states: [string, Partial<NodeView>][] = [
    ['never', {}],
    ['alarm', { seen: seen({ ...up, aliveAt: ago(5), frozen: { at: ago(9), why: 'twice' } }) }],
    ['held', { seen: seen({ ...up, aliveAt: ago(5) }), next: { choice: 'hold', by: 'loop-guard' } }],
    ['stuck', { seen: seen({ given: 'compute', askedAt: ago(1000), problem }) }],
    ['booting', { seen: seen({ given: 'compute', askedAt: ago(8), problem: { ...problem, isOfLastBoot: false } }) }],
    ['running', { seen: seen({ ...up, aliveAt: ago(215) }) }],
    ['silent', { seen: seen({ ...up, aliveAt: ago(217) }) }],
    ['silent', { seen: seen(up) }],
    ['running', { seen: seen({ runs: 'compute@3', runsSince: ago(20) }) }],
    ['differs', { seen: seen({ ...up, aliveAt: ago(5) }), wouldDiffer: true }],
    ['booting', { seen: seen({ given: 'compute', askedAt: ago(800) }) }],
    ['quiet', { seen: seen({ given: 'local-disk', askedAt: ago(1000) }) }],
    ['quiet', { seen: seen({}) }],
  ];
  for (const [state, more] of states) assert.equal(stateOf(nodeView('n', more), NOW_MS), state, JSON.stringify(more));
});

test('the list is searched by each word in any spelling, narrowed and sorted', () => {
  const rows = nodeRowsOf(
    [
      nodeView('node-10', { macs: ['52:54:00:66:00:0a'], groups: ['rack2'], once: 'failsafe', next: { choice: 'failsafe', by: 'once' } }),
      nodeView('node-2', { seen: seen({ ...up, aliveAt: ago(5), vendor: 'Dell Inc.', switch: 'sw-r1', port: '7' }), wouldDiffer: true }),
      nodeView('node-1', { seen: seen({ ...up, aliveAt: ago(900) }), address: '10.10.0.9' }),
    ],
    NOW_MS,
  );
  const found = (wish: Partial<NodeFilter>): string[] =>
    wantedNodes(rows, { search: '', show: 'all', sort: 'name', isDescending: false, ...wish }).map(({ node }) => node.name);
  assert.deepEqual(found({}), ['node-1', 'node-2', 'node-10'], 'numbers in their order');
  assert.deepEqual(found({ isDescending: true }), ['node-10', 'node-2', 'node-1']);
  for (const search of ['5254.0066', '52540066000A', '52-54-00-66-00-0a', 'RACK2', 'failsafe'].slice(1))
    assert.deepEqual(found({ search }), ['node-10'], search);
  assert.deepEqual(found({ search: 'dell sw-r1' }), ['node-2']);
  assert.deepEqual(found({ search: 'dell rack2' }), []);
  assert.deepEqual(found({ show: 'trouble' }), ['node-1']);
  assert.deepEqual(found({ show: 'differs' }), ['node-2']);
  assert.deepEqual(found({ show: 'once' }), ['node-10']);
  assert.deepEqual(found({ show: 'running' }), ['node-2']);
  assert.deepEqual(found({ sort: 'seen' }), ['node-2', 'node-1', 'node-10'], 'the latest first');
  assert.deepEqual(found({ sort: 'next' }), ['node-1', 'node-2', 'node-10']);
  assert.deepEqual(countsOf(rows), { all: 3, trouble: 1, differs: 1, once: 1, running: 1 });
});
