import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import type { PoolNode } from '../../../src/domain/pool/pool-settings.ts';
import { atOnce } from '../../../src/platform/in-turns.ts';
import { allContradictions, contradictions } from '../../../src/pool/folder/contradictions.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';

const FILES = {
  'pool.yaml': `networks: { private: { interface: eth1, subnet: 10.10.0.0/24, range: 10.10.0.200-10.10.0.250 } }
menu: { title: x, timeoutSeconds: 8, default: compute, items: [compute] }
rules: [{ when: { serial: A* }, boot: compute, group: a }]
`,
  'groups.yaml': 'a: { boot: compute, priority: 1 }\nb: { boot: recon, priority: 1 }\nc: {}\n',
  'profiles/compute.yaml': 'kind: compute\nimage: lab\n',
};

const mac = (number: number): string => `52:54:00:66:00:${number.toString(16).padStart(2, '0')}`;
const lines = (count: number): string[] =>
  [...Array(count).keys()].map((number) => `n${number}: { macs: ['${mac(number)}'], address: 10.10.0.${number + 1}, groups: [a] }`);

/** The pool as it is written, and, whatever it contradicts, what is said of it. */
function poolWith(nodes: readonly string[], files: Record<string, string> = {}): ReturnType<typeof poolFromFiles> {
  return poolFromFiles(new Map(Object.entries({ ...FILES, ...files, 'nodes.yaml': `${nodes.join('\n')}\n` })));
}

const CHANGES: [what: string, at: number, line: string][] = [
  ['a card of another node', 3, `n3: { macs: ['${mac(9)}'] }`],
  ['an address of another node', 3, `n3: { macs: ['${mac(3)}'], address: 10.10.0.10 }`],
  ['an address in the range', 3, `n3: { macs: ['${mac(3)}'], address: 10.10.0.201 }`],
  ['an address outside', 3, `n3: { macs: ['${mac(3)}'], address: 10.11.0.1 }`],
  ['the first address', 3, `n3: { macs: ['${mac(3)}'], address: 10.10.0.0 }`],
  ['no such profile', 3, `n3: { macs: ['${mac(3)}'], boot: cmpute }`],
  ['no such profile, once', 3, `n3: { macs: ['${mac(3)}'], once: cmpute }`],
  ['a version of what has none', 3, `n3: { macs: ['${mac(3)}'], boot: local-disk@3 }`],
  ['no such group', 3, `n3: { macs: ['${mac(3)}'], groups: [d] }`],
  ['groups of one priority', 3, `n3: { macs: ['${mac(3)}'], groups: [a, b] }`],
  ['one card twice', 3, `n3: { macs: ['${mac(3)}', '${mac(3)}'] }`],
  ['two changed nodes with one card', 3, `n3: { macs: ['${mac(77)}'] }\nm: { macs: ['${mac(77)}'] }`],
];

for (const [what, at, line] of CHANGES)
  test(`a change is refused in the words in which the whole pool is: ${what}`, () => {
    const before = lines(12);
    assert.equal(poolWith(before).outcome, 'ok');
    const found = poolWith(before.with(at, line));
    assert.ok(found.outcome === 'wrong' && found.mistakes.length > 0, JSON.stringify(found.outcome));
    // of a pool with another menu everything is looked at anew
    assert.equal(poolWith(before, { 'pool.yaml': FILES['pool.yaml'].replace('title: x', 'title: y') }).outcome, 'ok');
    assert.deepEqual(poolWith([...before.with(at, line)]), found);
  });

test('what is taken out of one node may be given to another', () => {
  assert.equal(poolWith(lines(12)).outcome, 'ok');
  const swapped = lines(12)
    .with(3, `n3: { macs: ['${mac(9)}'], address: 10.10.0.10 }`)
    .with(9, `n9: { macs: ['${mac(3)}'], address: 10.10.0.4 }`);
  assert.equal(poolWith(swapped).outcome, 'ok');
  assert.equal(poolWith([...lines(12).toSpliced(9, 1), `m: { macs: ['${mac(9)}'] }`]).outcome, 'ok');
  assert.equal(poolWith([...lines(12), `m: { macs: ['${mac(9)}'] }`]).outcome, 'wrong');
});

test('a group or profile that goes is missed by every node', () => {
  assert.equal(poolWith(lines(12)).outcome, 'ok');
  assert.equal(poolWith(lines(12), { 'groups.yaml': 'b: {}\nc: {}\n' }).outcome, 'wrong');
  assert.equal(poolWith(lines(12), { 'profiles/compute.yaml': 'kind: hold\n' }).outcome, 'ok');
  assert.equal(poolWith(lines(12).with(0, `n0: { macs: ['${mac(0)}'], boot: compute@3 }`)).outcome, 'ok');
  assert.equal(
    poolWith(lines(12).with(0, `n0: { macs: ['${mac(0)}'], boot: compute@3 }`), { 'profiles/compute.yaml': 'kind: hold\n' }).outcome,
    'wrong',
  );
});

test('whatever changes, it is told as of a pool that nobody has seen before', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const base = poolWith(lines(30));
  assert.ok(base.outcome === 'ok');
  let pool: Pool = base.pool;
  let refused = 0;
  for (let turn = 0; turn < 2000; turn += 1) {
    const nodes = new Map(pool.nodes);
    for (let edits = 0; edits <= random(3); edits += 1) {
      const name = `n${random(34)}`;
      if (random(6) === 0) nodes.delete(name);
      else nodes.set(name, randomNode(random));
    }
    const changed = { ...pool, nodes };
    const found = atOnce(contradictions(changed));
    assert.deepEqual(found, atOnce(allContradictions(changed)));
    if (found.length === 0) pool = changed;
    else refused += 1;
  }
  assert.ok(refused > 200 && refused < 1800, String(refused));
});

function randomNode(random: (below: number) => number): PoolNode {
  return {
    macs: [mac(random(60))],
    ...(random(2) === 0 ? { address: `10.10.0.${random(220)}` } : {}),
    ...(random(3) === 0 ? { groups: [['a'], ['a', 'b'], ['c'], ['d']][random(4)] ?? [] } : {}),
    ...(random(3) === 0 ? { boot: ['compute', 'compute@2', 'recon', 'nope', 'hold@2'][random(5)] ?? '' } : {}),
  };
}
