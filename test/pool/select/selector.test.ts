import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectNodes } from '../../../src/pool/select/selector.ts';
import { poolOf } from '../decide/pools.ts';

const mac = (last: number): string => `52:54:00:66:00:${last.toString(16).padStart(2, '0')}`;
const POOL = poolOf({
  nodes: {
    'node-000': { macs: [mac(1)], groups: ['rack1'], serial: 'CZ3001' },
    'node-001': { macs: [mac(2)], groups: ['rack1'], tags: ['gpu'], serial: 'CZ3002' },
    'node-010': { macs: [mac(3)], groups: ['rack2'] },
    login: { macs: [mac(4)], tags: ['gpu', 'front'] },
  },
  groups: { rack1: {}, rack2: {} },
});

for (const [text, names] of [
  ['node-000', 'node-000'],
  ['node-[000-009]', 'node-000 node-001'],
  ['node-[001,010]', 'node-001 node-010'],
  ['node-[010-012,000]', 'node-000 node-010'],
  ['node-*', 'node-000 node-001 node-010'],
  ['group:rack1', 'node-000 node-001'],
  ['group:rack*', 'node-000 node-001 node-010'],
  ['tag:gpu', 'node-001 login'],
  ['serial:cz3*', 'node-000 node-001'],
  ['all', 'node-000 node-001 node-010 login'],
  ['login, node-000', 'node-000 login'],
  ['group:rack1,tag:gpu', 'node-000 node-001 login'],
] as const) {
  test(`${text}: ${names}`, () => assert.equal(selectNodes(POOL, text).join(' '), names));
}

for (const [text, message, hint] of [
  ['node-00O', 'node-00O matches no node', 'Did you mean node-000?'],
  ['group:rak1', 'group:rak1 matches no node', 'Did you mean group:rack1?'],
  ['tag:gpus', 'tag:gpus matches no node', 'Did you mean tag:gpu?'],
  ['node-[5-1]', 'node-[5-1]: 5-1 is no range of numbers', 'For example node-[000-039]'],
  ['node-[0-999999999]', 'node-[0-999999999]: 0-999999999 is no range of numbers', 'For example node-[000-039]'],
  ['rack:1', 'rack:1: nodes are chosen by group:, tag:, serial:, by name, or all', 'For example group:rack1'],
  ['zzzzzzzzzz', 'zzzzzzzzzz matches no node', 'The pool has 4 nodes; recon node list shows what is there.'],
  ['login,nothing-at-all', 'nothing-at-all matches no node', 'The pool has 4 nodes; recon node list shows what is there.'],
] as const) {
  test(`${text}: no nodes, and what to try`, () => assert.throws(() => selectNodes(POOL, text), { code: 'usage', message, hint }));
}
