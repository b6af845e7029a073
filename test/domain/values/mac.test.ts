import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MacAddress, macBytes, macFromBytes, macWithHyphens, parseMac } from '../../../src/domain/values/mac.ts';

const MAC = '52:54:00:ab:cd:ef';

for (const text of [
  '52:54:00:ab:cd:ef',
  '52-54-00-AB-CD-EF',
  '525400abcdef',
  '01-52-54-00-ab-cd-ef',
  '01:52:54:00:AB:CD:EF',
  ` ${MAC}\n`,
]) {
  test(`${JSON.stringify(text)} is a MAC address`, () => assert.equal(parseMac(text), MAC));
}

for (const text of [
  '',
  '52:54:00:ab:cd',
  '52:54:00:ab:cd:eg',
  '52:54-00:ab:cd:ef',
  '20-52-54-00-ab-cd-ef',
  '52:54:00:ab:cd:ef:01',
  '00:00:00:00:00:00',
  '01-00-00-00-00-00-00',
  '../52-54-00-ab-cd-ef',
]) {
  test(`${JSON.stringify(text)} is none`, () => {
    assert.equal(parseMac(text), undefined);
    assert.equal(MacAddress.safeParse(text).success, false);
  });
}

test('an address that begins with 01 is not taken for one with its hardware type', () => {
  assert.equal(parseMac('01-02-03-04-05-06'), '01:02:03:04:05:06');
});

test('one spelling inside, hyphens in paths', () => {
  assert.equal(MacAddress.parse('525400ABCDEF'), MAC);
  assert.equal(macWithHyphens(MAC), '52-54-00-ab-cd-ef');
});

test('six bytes, there and back, zeros too', () => {
  assert.deepEqual([...macBytes(MAC)], [0x52, 0x54, 0, 0xab, 0xcd, 0xef]);
  for (const mac of [MAC, '00:00:00:00:00:00']) assert.equal(macFromBytes(macBytes(mac)), mac);
});
