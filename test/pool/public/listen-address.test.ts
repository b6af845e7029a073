import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsUrl, parseListenAddress } from '../../../src/pool/public/listen-address.ts';

test('a port alone, an address with one, or none', () => {
  assert.deepEqual(parseListenAddress('443'), { port: 443 });
  assert.deepEqual(parseListenAddress(':8443'), { port: 8443 });
  assert.deepEqual(parseListenAddress('192.0.2.10:443'), { address: '192.0.2.10', port: 443 });
  assert.deepEqual(parseListenAddress('[2001:db8::1]:8443'), { address: '2001:db8::1', port: 8443 });
  assert.equal(parseListenAddress('none'), undefined);
});

for (const text of ['', '0', '65536', 'head:443', '192.0.2:443', '[192.0.2.1:443', '2001:db8::1', '443 ', '192.0.2.10:'])
  test(`refused: "${text}"`, () => assert.throws(() => parseListenAddress(text), { code: 'usage' }));

test('the URL for people leaves out what browsers know', () => {
  assert.deepEqual([httpsUrl('192.0.2.10', 443), httpsUrl('2001:db8::1', 8443)], ['https://192.0.2.10/', 'https://[2001:db8::1]:8443/']);
});
