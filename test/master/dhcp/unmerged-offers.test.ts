import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unmergedOffers, unmergedWords } from '../../../src/master/dhcp/unmerged-offers.ts';

const MAC = '52:54:00:00:00:01';

test('a machine that is offered a boot file again and again is named once', () => {
  const offers = unmergedOffers();
  const told = Array.from({ length: 9 }, () => offers.note(MAC, 'offer', 'ProxyDHCP'));
  assert.deepEqual(told, [undefined, undefined, undefined, undefined, 5, undefined, undefined, undefined, undefined]);
  assert.match(unmergedWords(MAC, 5), /DL380 Gen9/);
});

test('one that goes on from there has taken the offer', () => {
  const offers = unmergedOffers();
  for (let boot = 0; boot < 20; boot++) {
    assert.equal(offers.note(MAC, 'offer', 'ProxyDHCP'), undefined);
    assert.equal(offers.note(MAC, 'ack', 'address from another DHCP server'), undefined);
  }
});

test('our own offers with an address are none of these', () => {
  const offers = unmergedOffers();
  for (let at = 0; at < 20; at++) assert.equal(offers.note(MAC, 'offer', undefined), undefined);
});
