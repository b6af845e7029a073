import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolNode } from '../../../src/domain/pool/pool-settings.ts';
import { changedNodes } from '../../../src/pool/decide/changed-nodes.ts';
import { nodeAt, nodeOf } from '../../../src/pool/decide/known-node.ts';
import { keyIndex, lookalikeOf } from '../../../src/pool/decide/lookalike.ts';

const nodeWith = (number: number): PoolNode => ({
  macs: [`52:54:00:66:00:${String(number).padStart(2, '0')}`],
  address: `10.10.0.${number}`,
  serial: `SN${number}0001`,
});

test('what changed is what is another object, what came and what went', () => {
  const [a, b, c] = [nodeWith(1), nodeWith(2), nodeWith(3)];
  const before = new Map([...Object.entries({ a, b, c })]);
  assert.deepEqual([...changedNodes(before, new Map(before))], []);
  assert.deepEqual([...changedNodes(before, new Map(Object.entries({ a, b: nodeWith(2), d: c })))].sort(), ['b', 'c', 'd']);
  assert.deepEqual([...changedNodes(before, new Map(Object.entries({ b, c })))], ['a']);
});

test('a card, an address and a serial number belong to who has them now, whatever pool was asked before', () => {
  const stranger = (number: number) => ({ mac: '56:54:00:00:00:01', serial: `SN${number}0001` });
  let nodes = new Map([...Array(40).keys()].map((number) => [`n${number}`, nodeWith(number)]));
  const pools = [nodes];
  for (let turn = 0; turn < 30; turn += 1) {
    nodes = new Map(nodes);
    if (turn % 4 === 3) nodes.delete(`n${turn}`);
    // two change places
    const [one, other] = [nodes.get(`n${turn + 1}`), nodes.get(`n${turn + 5}`)];
    if (one !== undefined && other !== undefined) nodes.set(`n${turn + 1}`, other).set(`n${turn + 5}`, one);
    nodes.set(`new-${turn}`, nodeWith(50 + turn));
    pools.push(nodes);
  }
  for (const one of [...pools, ...pools.toReversed()])
    for (let number = 0; number < 80; number += 1) {
      const [name] = [...one].find(([, { address }]) => address === `10.10.0.${number}`) ?? [];
      const pool = { nodes: one };
      assert.deepEqual([nodeOf(pool, nodeWith(number).macs[0] ?? ''), nodeAt(pool, `10.10.0.${number}`)], [name, name]);
      assert.equal(lookalikeOf(pool, stranger(number), keyIndex()), name);
    }
});
