import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEW_CARD, NODES } from '../../../src/lab/pool/plan.ts';
import { findStrayAddresses } from '../../../src/lab/pool/replaced-card.ts';

const node = { ...NODES.bios, mac: NEW_CARD };
const has = (mac: string, address: string): string => `${mac} (node-000) has ${address}`;

test("a card that has its node's address and no other gives no finding", () => {
  const others = has(NODES.uefi.mac, '10.10.200.5');
  assert.deepEqual(findStrayAddresses([has(NEW_CARD, NODES.bios.address), others, has(NEW_CARD, NODES.bios.address)], node), []);
});

test('a stray address, and none at all, are found', () => {
  assert.match(findStrayAddresses([has(NEW_CARD, '10.10.200.7')], node)[0] ?? '', /stray address 10\.10\.200\.7, and not 10\.10\.0\.10/);
  assert.match(findStrayAddresses(['nothing'], node)[0] ?? '', /asked for no address/);
});
