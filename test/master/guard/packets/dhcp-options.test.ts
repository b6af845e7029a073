import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internetChecksum } from '../../../../src/master/guard/packets/checksum.ts';
import { bootFile, type DhcpMessage, decodeDhcp, encodeDhcp, serverIdentifier } from '../../../../src/master/guard/packets/dhcp-packet.ts';
import { encodeUdpFrame } from '../../../../src/master/guard/packets/udp-frame.ts';

const MESSAGE: DhcpMessage = {
  op: 'request',
  transactionId: 1,
  seconds: 0,
  broadcast: false,
  clientAddress: '10.0.0.1',
  yourAddress: '10.0.0.2',
  serverAddress: '10.0.0.3',
  relayAddress: '10.0.0.4',
  clientMac: '52:54:00:12:34:56',
  options: new Map(),
};
/** A message with these bytes in the place of its options, and others in the fields for the file and the server's name. */
function raw(options: number[], { file = '', serverName = [] as number[] } = {}): DhcpMessage {
  const bytes = encodeDhcp(MESSAGE);
  bytes.fill(0, 240);
  bytes.set(options, 240);
  bytes.set(Buffer.from(file, 'latin1'), 108);
  bytes.set(serverName, 44);
  return decodeDhcp(bytes) ?? assert.fail();
}
const read = (options: number[]): [number, number[]][] => [...raw(options).options].map(([code, value]) => [code, [...value]]);

test('a request without broadcast, and each address at its place', () => {
  const bytes = Buffer.from(encodeDhcp(MESSAGE, 241));
  assert.deepEqual(decodeDhcp(bytes), MESSAGE);
  assert.equal(
    bytes.subarray(0, 36).toString('hex'),
    `01010600${'00000001'}${'0000'}${'0000'}0a0000010a0000020a0000030a000004525400123456${'0000'}`,
  );
  assert.equal(bytes.subarray(236).toString('hex'), '63825363ff');
  assert.throws(() => encodeDhcp(MESSAGE, 240), { name: 'ReconError', message: 'DHCP message is longer than 240 bytes' });
});

test('other flags than broadcast are no broadcast', () => {
  const bytes = encodeDhcp(MESSAGE);
  bytes[10] = 0x40;
  bytes[11] = 0xff;
  assert.equal(decodeDhcp(bytes)?.broadcast, false);
  bytes[10] = 0xc0;
  assert.equal(decodeDhcp(bytes)?.broadcast, true);
});

const cases: readonly [what: string, options: number[], found: [number, number[]][]][] = [
  [
    'padding in front and between',
    [0, 0, 53, 1, 2, 0, 54, 0, 255],
    [
      [53, [2]],
      [54, []],
    ],
  ],
  ['what is behind the end', [53, 1, 2, 255, 60, 1, 7], [[53, [2]]]],
  ['one option in two parts', [43, 2, 1, 2, 43, 1, 3, 255], [[43, [1, 2, 3]]]],
  ['an option that is as long as the rest', [...Array(52).fill(0), 43, 6, 1, 2, 3, 4, 5, 6], [[43, [1, 2, 3, 4, 5, 6]]]],
  ['an option that is longer than the rest', [...Array(52).fill(0), 43, 7, 1, 2, 3, 4, 5, 6], []],
  ['an option without its length', [...Array(59).fill(0), 43], []],
];
for (const [what, options, found] of cases) test(`options: ${what}`, () => assert.deepEqual(read(options), found));

test('the magic cookie decides whether there are options at all', () => {
  for (let at = 236; at < 240; at += 1) {
    const bytes = encodeDhcp({ ...MESSAGE, options: new Map([[53, Uint8Array.of(1)]]) });
    bytes[at] = 0;
    assert.equal(decodeDhcp(bytes)?.options.size, 0);
  }
});

test('options in the fields for file and server name, each only when option 52 says so', () => {
  const overloaded = (value: number | undefined): number[] => [
    ...raw([...(value === undefined ? [] : [52, 1, value]), 255], { file: '\x35\x01\x05\xff', serverName: [54, 1, 9, 255] }).options.keys(),
  ];
  assert.deepEqual(overloaded(undefined), []);
  assert.deepEqual(overloaded(0), [52]);
  assert.deepEqual(overloaded(1), [52, 53]);
  assert.deepEqual(overloaded(2), [52, 54]);
  assert.deepEqual(overloaded(3), [52, 53, 54]);
});

test('an option does not go on from one field into the next', () => {
  const cutOff = raw([52, 1, 2, 255], { file: '\x07', serverName: [...Array(62).fill(0), 54, 1] });
  assert.deepEqual([...cutOff.options.keys()], [52]);
});

test('the boot file of a message: its option, else its field, unless that holds options', () => {
  const named = (options: number[], file: string): string | undefined => {
    const bytes = encodeDhcp(MESSAGE);
    bytes.fill(0, 240);
    bytes.set([...options, 255], 240);
    bytes.set(Buffer.from(file, 'latin1'), 108);
    return bootFile(bytes, decodeDhcp(bytes) ?? assert.fail());
  };
  const option = [67, 5, ...Buffer.from('by67\0')];
  assert.equal(named([], ''), undefined);
  assert.equal(named([], 'field\0rest'), 'field');
  assert.equal(named([], 'f'.repeat(128)), 'f'.repeat(128));
  assert.equal(named(option, 'field'), 'by67');
  assert.equal(named([67, 1, 0], 'field'), 'field', 'an empty option names none');
  assert.equal(named([52, 1, 1], 'field'), undefined);
  assert.equal(named([52, 1, 2], 'field'), 'field');
  assert.equal(named([52, 1, 1, ...option], ''), 'by67');
});

test('a server identifier has four bytes', () => {
  assert.equal(serverIdentifier(raw([54, 4, 10, 0, 0, 1, 255])), '10.0.0.1');
  assert.equal(serverIdentifier(raw([54, 3, 10, 0, 0, 255])), undefined);
  assert.equal(serverIdentifier(raw([255])), undefined);
});

test('an option of 255 bytes stays one, one of 256 becomes two', () => {
  const lengths = (count: number): number[] => {
    const bytes = encodeDhcp({ ...MESSAGE, options: new Map([[43, new Uint8Array(count).fill(7)]]) }, 600);
    return [bytes[241] ?? 0, bytes[242 + 255] ?? 0];
  };
  assert.deepEqual(lengths(255), [255, 255], 'the end follows');
  assert.deepEqual(lengths(256), [255, 43]);
});

test('the checksum of an odd length, of nothing, and of a sum with two carries', () => {
  assert.equal(internetChecksum(), 0xffff);
  assert.equal(internetChecksum(Uint8Array.of(0x12)), 0xedff);
  assert.equal(internetChecksum(Uint8Array.of(0x12), Uint8Array.of(0x34)), ~0x4600 & 0xffff, 'each piece is padded');
  assert.equal(internetChecksum(Uint8Array.of(0xff, 0xff, 0x00, 0x01)), 0xfffe);
  assert.equal(internetChecksum(Uint8Array.of(0xff, 0xff)), 0);
  assert.equal(internetChecksum(new Uint8Array(2 * 65_537).fill(0xff)), 0);
});

test('a UDP datagram, byte for byte; a checksum of zero is sent as all ones', () => {
  const frame = (payload: number[]): string =>
    Buffer.from(
      encodeUdpFrame({
        sourceMac: '52:54:00:00:00:01',
        destinationMac: '52:54:00:00:00:02',
        sourceAddress: '10.0.0.1',
        destinationAddress: '10.0.0.2',
        sourcePort: 4660,
        destinationPort: 22_136,
        payload: Uint8Array.from(payload),
      }),
    ).toString('hex');
  const head = '5254000000025254000000010800' + '4500001e00000000401166cd0a0000010a000002';
  assert.equal(frame([0xab, 0xcd]), `${head}12345678000ad75dabcd`);
  assert.equal(frame([0x83, 0x2b]), `${head}12345678000affff832b`);
});
