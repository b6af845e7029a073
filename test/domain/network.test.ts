import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSegment } from '../../src/domain/network.ts';

test('the first segment', () => {
  assert.deepEqual(planSegment('eno1', 0), {
    interface: 'eno1',
    address: '10.77.0.1',
    prefixLength: 16,
    rangeFirst: '10.77.1.0',
    rangeLast: '10.77.250.255',
  });
});

test('every segment has a network of its own, with its range inside and the master outside the range', () => {
  const planned = Array.from({ length: 178 }, (_, index) => planSegment('x', index));
  assert.equal(new Set(planned.map(({ address }) => address.split('.').slice(0, 2).join('.'))).size, 178);
  for (const { address, rangeFirst, rangeLast } of planned) {
    const network = address.replace(/\.0\.1$/, '');
    assert.ok(rangeFirst.startsWith(`${network}.`) && rangeLast.startsWith(`${network}.`), address);
    const numbers = [address, rangeFirst, rangeLast].map((text) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    assert.ok(text255(rangeLast));
  }
});

test('there is no segment before the first or after 10.254', () => {
  assert.equal(planSegment('x', 177).address, '10.254.0.1');
  assert.throws(() => planSegment('x', 178), RangeError);
  assert.throws(() => planSegment('x', -1), RangeError);
});

function text255(address: string): boolean {
  return address.split('.').every((octet) => Number(octet) <= 255);
}
