import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn } from './found-in.ts';

const deaf = { name: 'eno1', firmwareLldpAgent: true, linkUp: true };

test('a port with a link whose card keeps the frames of the switch', () => {
  const message = "eno1 has a link and no neighbour: the card's own LLDP agent keeps the switch's frames from the inventory";
  for (const nic of [deaf, { ...deaf, lldp: [] }]) {
    assert.deepEqual(foundIn({ nics: [{ name: 'eno0' }, nic] }), [['note', 'firmware-lldp', message, 'nics[1].firmwareLldpAgent']]);
  }
});

for (const [what, nic] of [
  ['no such agent', { name: 'eno1', linkUp: true }],
  ['an agent that is off', { ...deaf, firmwareLldpAgent: false }],
  ['no link', { ...deaf, linkUp: false }],
  ['a link that nobody knows of', { name: 'eno1', firmwareLldpAgent: true }],
  ['a neighbour all the same', { ...deaf, lldp: [{ chassisName: 'sw1' }] }],
] as const) {
  test(`${what}: nothing to say`, () => assert.deepEqual(foundIn({ nics: [nic] }), []));
}
