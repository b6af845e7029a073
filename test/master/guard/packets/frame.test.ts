import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFrame, type Payload } from '../../../../src/master/guard/packets/frame.ts';

const bytes = (...fields: string[]): Uint8Array => Buffer.from(fields.join('').replaceAll(' ', ''), 'hex');
const TO = '52540000000a';
const FROM = '52540000000b';
const ETHERNET = `${TO} ${FROM}`;

function payloadOf(frame: Uint8Array): Payload | undefined {
  return decodeFrame(frame)?.payload;
}

test('the head of a frame', () => {
  const { payload, ...head } = decodeFrame(bytes(ETHERNET, '88b5')) ?? assert.fail();
  assert.deepEqual(head, { destination: '52:54:00:00:00:0a', source: '52:54:00:00:00:0b', vlanIds: [], etherType: 0x88b5 });
  assert.deepEqual(payload, { kind: 'other' });
  assert.equal(decodeFrame(bytes(ETHERNET, '88')), undefined, '13 bytes are no frame');
});

const tags: readonly [what: string, frame: Uint8Array, vlanIds: number[], etherType: number][] = [
  ['802.1Q, with a priority', bytes(ETHERNET, '8100 e02a 0806'), [42], 0x0806],
  ['802.1ad around 802.1Q', bytes(ETHERNET, '88a8 0fff 8100 0001 0800'), [4095, 1], 0x0800],
  ['the old number of stacked tags', bytes(ETHERNET, '9100 0007 86dd'), [7], 0x86dd],
  ['a tag that is cut off', bytes(ETHERNET, '8100 00'), [], 0x8100],
  ['a tag without a type behind it', bytes(ETHERNET, '8100 002a 08'), [], 0x8100],
];
for (const [what, frame, vlanIds, etherType] of tags) {
  test(`tags: ${what}`, () => {
    const found = decodeFrame(frame);
    assert.deepEqual([found?.vlanIds, found?.etherType], [vlanIds, etherType]);
  });
}

const ARP_HEAD = '0001 0800 06 04 0001';
const ARP = `${ARP_HEAD} 525400000001 0a4d0001 000000000000 0a4d0002`;

test('ARP for IPv4 over Ethernet, and no other', () => {
  const read = { kind: 'arp', senderMac: '52:54:00:00:00:01', senderAddress: '10.77.0.1', targetAddress: '10.77.0.2' };
  assert.deepEqual(payloadOf(bytes(ETHERNET, '0806', ARP)), read);
  assert.deepEqual(payloadOf(bytes(ETHERNET, '8100 0001 0806', ARP)), read);
  for (const head of ['0006 0800 06 04 0001', '0001 86dd 06 04 0001', '0001 0800 08 04 0001', '0001 0800 06 10 0001'])
    assert.deepEqual(payloadOf(bytes(ETHERNET, '0806', ARP.replace(ARP_HEAD, head))), { kind: 'other' }, head);
  assert.deepEqual(payloadOf(bytes(ETHERNET, '0806', ARP.slice(0, -2))), { kind: 'other' }, '27 bytes');
});

const UDP = '0044 0043 000c 0000 01020304';
const read = { sourcePort: 68, destinationPort: 67, payload: Uint8Array.of(1, 2, 3, 4) };
/** An IPv4 header with these first bytes, length, fragment field and protocol. */
const ipv4 = (head: string, length: string, fragment: string, protocol: string, ...rest: string[]): Uint8Array =>
  bytes(ETHERNET, '0800', `${head} 00 ${length} 0000 ${fragment} 40 ${protocol} 0000 c0a80101 c0a80102`, ...rest);

const ipv4Cases: readonly [what: string, frame: Uint8Array, udp: object | undefined][] = [
  ['a datagram', ipv4('45', '0020', '0000', '11', UDP), read],
  ['a datagram with padding behind it', ipv4('45', '0020', '0000', '11', UDP, '0000'), read],
  ['a datagram behind options', ipv4('46', '0024', '0000', '11', '01010101', UDP), read],
  ['a datagram that may not be split', ipv4('45', '0020', '4000', '11', UDP), read],
  ['the first fragment', ipv4('45', '0020', '2000', '11', UDP), read],
  ['a later fragment', ipv4('45', '0020', '0001', '11', UDP), undefined],
  ['a much later fragment', ipv4('45', '0020', '1000', '11', UDP), undefined],
  ['TCP', ipv4('45', '0020', '0000', '06', UDP), undefined],
  ['a datagram that is cut in its header', ipv4('45', '001b', '0000', '11', UDP), undefined],
  ['a datagram without payload', ipv4('45', '001c', '0000', '11', '0044 0043 0008 0000'), { ...read, payload: new Uint8Array() }],
  [
    'a datagram whose length is too small',
    ipv4('45', '0020', '0000', '11', '0044 0043 0001 0000 01020304'),
    { ...read, payload: new Uint8Array() },
  ],
  ['a datagram whose length is too large', ipv4('45', '0020', '0000', '11', '0044 0043 0fff 0000 01020304'), read],
  ['a length that ends before the datagram does', ipv4('45', '001e', '0000', '11', UDP), { ...read, payload: Uint8Array.of(1, 2) }],
];
for (const [what, frame, udp] of ipv4Cases) {
  test(`IPv4: ${what}`, () => {
    const found = payloadOf(frame);
    assert.ok(found?.kind === 'ipv4');
    assert.deepEqual([found.source, found.destination], ['192.168.1.1', '192.168.1.2']);
    assert.deepEqual(found.udp === undefined ? undefined : { ...found.udp, payload: Uint8Array.from(found.udp.payload) }, udp);
  });
}

test('what calls itself IPv4 and is none', () => {
  for (const [head, rest] of [
    ['44', UDP],
    ['65', UDP],
    ['05', UDP],
  ] as const)
    assert.deepEqual(payloadOf(ipv4(head, '0020', '0000', '11', rest)), { kind: 'other' }, head);
  assert.deepEqual(payloadOf(ipv4('45', '0020', '0000', '11').subarray(0, 33)), { kind: 'other' }, '19 bytes');
  assert.equal(payloadOf(ipv4('45', '0014', '0000', '11'))?.kind, 'ipv4', '20 bytes');
});

const SOURCE = 'fe80000000000000000000000000000b';
const TARGET = 'fe80000000000000000000000000000a';
const ipv6 = (head: string, protocol: string, ...rest: string[]): Uint8Array =>
  bytes(ETHERNET, '86dd', `${head} 0000 ${protocol} ff ${SOURCE} ff020000000000000000000000000001`, ...rest);
const SOLICITATION = `87 00 0000 00000000 ${TARGET}`;

type Ipv6 = { protocol: number; udp?: object; icmpType?: number; icmpTarget?: string };
const ipv6Cases: readonly [what: string, frame: Uint8Array, expected: Ipv6][] = [
  ['a datagram', ipv6('60000000', '11', UDP), { protocol: 17, udp: read }],
  ['a datagram behind a hop-by-hop header', ipv6('60000000', '00', '11 00 0502 00000100', UDP), { protocol: 17, udp: read }],
  ['a datagram behind a long routing header', ipv6('60000000', '2b', `11 01 ${'00'.repeat(14)}`, UDP), { protocol: 17, udp: read }],
  [
    'a datagram behind two headers',
    ipv6('60000000', '3c', `00 00 ${'00'.repeat(6)}`, `11 00 ${'00'.repeat(6)}`, UDP),
    { protocol: 17, udp: read },
  ],
  ['a fragment', ipv6('60000000', '2c', `11 00 ${'00'.repeat(6)}`, UDP), { protocol: 44 }],
  ['a header behind which nothing comes', ipv6('60000000', '00', '11 00 0502 00000100'), { protocol: 17 }],
  ['a header that is cut off', ipv6('60000000', '00', '11 00 0502 000001'), { protocol: 0 }],
  ['a datagram that is cut off', ipv6('60000000', '11', '0044 0043 0008 00'), { protocol: 17 }],
  ['a router that announces itself', ipv6('60000000', '3a', '86 00'), { protocol: 58, icmpType: 134 }],
  ['who looks for an address', ipv6('60000000', '3a', SOLICITATION), { protocol: 58, icmpType: 135, icmpTarget: 'fe80::a' }],
  [
    'who looks for an address, with options',
    ipv6('60000000', '3a', SOLICITATION, '0101 525400000001'),
    { protocol: 58, icmpType: 135, icmpTarget: 'fe80::a' },
  ],
  ['who looks, cut off', ipv6('60000000', '3a', SOLICITATION.slice(0, -2)), { protocol: 58, icmpType: 135 }],
  [
    'an answer: its address',
    ipv6('60000000', '3a', SOLICITATION.replace('87', '88')),
    { protocol: 58, icmpType: 136, icmpTarget: 'fe80::a' },
  ],
  ['ICMPv6 without a byte', ipv6('60000000', '3a'), { protocol: 58 }],
];
for (const [what, frame, { protocol, udp, icmpType, icmpTarget }] of ipv6Cases) {
  test(`IPv6: ${what}`, () => {
    const found = payloadOf(frame);
    assert.ok(found?.kind === 'ipv6');
    assert.deepEqual([found.source, found.destination], ['fe80::b', 'ff02::1']);
    assert.deepEqual([found.protocol, found.icmpType, found.icmpTarget], [protocol, icmpType, icmpTarget]);
    assert.deepEqual(found.udp === undefined ? undefined : { ...found.udp, payload: Uint8Array.from(found.udp.payload) }, udp);
  });
}

test('what calls itself IPv6 and is none', () => {
  assert.deepEqual(payloadOf(ipv6('40000000', '11', UDP)), { kind: 'other' });
  assert.deepEqual(payloadOf(ipv6('60000000', '11').subarray(0, 53)), { kind: 'other' }, '39 bytes');
  assert.equal(payloadOf(ipv6('60000000', '11'))?.kind, 'ipv6', '40 bytes');
});
