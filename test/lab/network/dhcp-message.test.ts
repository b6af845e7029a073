import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhcpQuestion, parseDhcpAnswer } from '../../../src/lab/network/dhcp-message.ts';

const MAC = '52:54:00:77:f0:01';

test('a DISCOVER is a broadcast BOOTREQUEST with our MAC address and the vendor class', () => {
  const bytes = Buffer.from(dhcpQuestion({ kind: 'discover', mac: MAC, transaction: 0x12345678, vendorClass: 'PXEClient' }));
  assert.equal(bytes[0], 1);
  assert.equal(bytes.readUInt32BE(4), 0x12345678);
  assert.equal(bytes.readUInt16BE(10), 0x8000);
  assert.equal(bytes.subarray(28, 34).toString('hex'), MAC.replaceAll(':', ''));
  assert.equal(bytes.subarray(240).toString('hex'), `350101370301030${'6'}3c09${Buffer.from('PXEClient').toString('hex')}ff`);
});

test('a REQUEST names the server and the address that it takes', () => {
  const bytes = Buffer.from(
    dhcpQuestion({ kind: 'request', mac: MAC, transaction: 1, requestedAddress: '198.51.100.7', serverAddress: '198.51.100.1' }),
  );
  assert.equal(bytes.subarray(240).toString('hex'), '3501033703010306' + '3204c6336407' + '3604c6336401' + 'ff');
});

function answer(options: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(240);
  bytes[0] = 2;
  bytes.writeUInt32BE(7, 4);
  bytes.set([198, 51, 100, 9], 16);
  bytes.writeUInt32BE(0x63825363, 236);
  return Buffer.concat([bytes, Buffer.from(options)]);
}

test('an OFFER, an ACK and a NAK are read with their server', () => {
  for (const [type, kind] of [
    [2, 'offer'],
    [5, 'ack'],
    [6, 'nak'],
  ] as const) {
    assert.deepEqual(parseDhcpAnswer(answer([0, 53, 1, type, 54, 4, 198, 51, 100, 1, 255])), {
      kind,
      transaction: 7,
      address: '198.51.100.9',
      serverAddress: '198.51.100.1',
    });
  }
});

test('what is no answer of a server is undefined', () => {
  assert.equal(parseDhcpAnswer(answer([53, 1, 1, 255])), undefined);
  assert.equal(parseDhcpAnswer(answer([255])), undefined);
  assert.equal(parseDhcpAnswer(dhcpQuestion({ kind: 'discover', mac: MAC, transaction: 1 })), undefined);
  assert.equal(parseDhcpAnswer(new Uint8Array(10)), undefined);
});
