import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyIndex, lookalikeOf } from '../../../src/pool/decide/lookalike.ts';
import { poolOf } from './pools.ts';

const [CARD, OTHER, NEW] = ['52:54:00:66:00:01', '52:54:00:66:00:02', '52:54:00:66:00:99'] as const;
const UUID = '4c4c4544-0042-4a10-8053-b4c04f4e3132';
const POOL = poolOf({ nodes: { 'node-000': { macs: [CARD, OTHER], serial: 'CZ3001XY' }, 'node-001': { macs: ['52:54:00:66:00:03'] } } });
const SEEN = keyIndex();
SEEN.put('node-001', { uuid: UUID });

for (const [what, facts, expected] of [
  ['the serial number that was written down', { serial: 'cz3001xy ' }, 'node-000'],
  ['the UUID that was seen', { uuid: UUID.toUpperCase() }, 'node-001'],
  ['the UUID in the other byte order', { uuid: '44454c4c-4200-104a-8053-b4c04f4e3132' }, 'node-001'],
  ['another serial number', { serial: 'CZ3009XY' }, undefined],
  ['nothing', {}, undefined],
  ['both, of two nodes', { serial: 'CZ3001XY', uuid: UUID }, undefined],
] as const) {
  test(`another card, and ${what}: ${expected ?? 'nobody'}`, () => assert.equal(lookalikeOf(POOL, { mac: NEW, ...facts }, SEEN), expected));
}

test('what unrelated machines share makes nobody alike, and who is known is like nobody', () => {
  const shared = poolOf({ nodes: { 'node-000': { macs: [CARD], serial: 'To be filled by O.E.M.' } } });
  assert.equal(lookalikeOf(shared, { mac: NEW, serial: 'To be filled by O.E.M.' }, keyIndex()), undefined);
  assert.equal(lookalikeOf(POOL, { mac: CARD, uuid: UUID }, SEEN), undefined);
});

test('what a node said before, and nodes that are no more, make nobody alike', () => {
  const seen = keyIndex();
  seen.put('node-001', { uuid: UUID, serial: 'CZ3001AB' });
  seen.put('gone', { serial: 'CZ3001CD' });
  seen.put('node-001', { uuid: UUID });
  const like = (serial: string): string | undefined => lookalikeOf(POOL, { mac: NEW, serial }, seen);
  assert.deepEqual([like('CZ3001AB'), like('CZ3001CD')], [undefined, undefined]);
  assert.equal(lookalikeOf(POOL, { mac: NEW, uuid: UUID }, seen), 'node-001');
});
