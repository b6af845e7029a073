import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DhcpMessage, decodeDhcp, encodeDhcp, serverIdentifier } from '../../../../src/master/guard/packets/dhcp-packet.ts';

const OFFER: DhcpMessage = {
  op: 'reply',
  transactionId: 0xfedcba98,
  seconds: 4,
  broadcast: true,
  clientAddress: '0.0.0.0',
  yourAddress: '192.168.9.10',
  serverAddress: '192.168.9.1',
  relayAddress: '192.168.9.254',
  clientMac: '52:54:00:12:34:56',
  options: new Map([
    [53, Uint8Array.of(2)],
    [54, Uint8Array.of(192, 168, 9, 1)],
  ]),
};

test('a message survives encoding and decoding', () => {
  assert.deepEqual(decodeDhcp(encodeDhcp(OFFER)), OFFER);
});

test('the bytes lie where RFC 2131 says', () => {
  const bytes = Buffer.from(encodeDhcp(OFFER));
  assert.equal(bytes.length, 300);
  assert.equal(bytes.subarray(0, 12).toString('hex'), '02010600fedcba9800048000');
  assert.equal(bytes.subarray(16, 20).toString('hex'), 'c0a8090a');
  assert.equal(bytes.subarray(28, 34).toString('hex'), '525400123456');
  assert.equal(bytes.subarray(236, 250).toString('hex'), '6382536335010236 04c0a80901ff'.replace(' ', ''));
});

test('a long option is split and put together again', () => {
  const long = Uint8Array.from({ length: 600 }, (_, at) => at % 251);
  const message = { ...OFFER, options: new Map([[43, long]]) };
  assert.deepEqual(decodeDhcp(encodeDhcp(message, 1000))?.options.get(43), long);
});

test('an empty option stays', () => {
  const decoded = decodeDhcp(encodeDhcp({ ...OFFER, options: new Map([[80, new Uint8Array()]]) }));
  assert.equal(decoded?.options.get(80)?.length, 0);
});

test('what does not fit is an error, not a shorter message', () => {
  assert.throws(() => encodeDhcp({ ...OFFER, options: new Map([[43, new Uint8Array(100)]]) }, 300), { code: 'packet-too-large' });
});

test('options go on in the file and server name fields when option 52 says so', () => {
  const bytes = encodeDhcp({ ...OFFER, options: new Map([[52, Uint8Array.of(3)]]) });
  bytes.set([54, 4, 10, 0, 0, 1, 255], 108);
  bytes.set([53, 1, 5, 255], 44);
  const decoded = decodeDhcp(bytes);
  assert.ok(decoded);
  assert.equal(serverIdentifier(decoded), '10.0.0.1');
  assert.deepEqual(decoded.options.get(53), Uint8Array.of(5));
});

test('plain BOOTP has no options and is read all the same', () => {
  const bytes = encodeDhcp(OFFER).subarray(0, 236);
  const decoded = decodeDhcp(bytes);
  assert.equal(decoded?.op, 'reply');
  assert.equal(decoded?.options.size, 0);
});

test('cut at any length: no throw, and nothing below the fixed part', () => {
  const bytes = encodeDhcp(OFFER);
  for (let length = 0; length < bytes.length; length++) {
    assert.equal(decodeDhcp(bytes.subarray(0, length)) === undefined, length < 236, `${length} bytes`);
  }
});

test('neither request nor reply is no message', () => {
  const bytes = encodeDhcp(OFFER);
  bytes[0] = 3;
  assert.equal(decodeDhcp(bytes), undefined);
});
