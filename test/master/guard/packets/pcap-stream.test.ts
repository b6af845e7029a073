import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pcapParser } from '../../../../src/master/guard/packets/pcap-stream.ts';

const FRAMES = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.from({ length: 60 }, (_, at) => at)];

function capture(magic: number, littleEndian: boolean, linkType = 1): Buffer {
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, magic, littleEndian);
  header.setUint32(16, 1522, littleEndian);
  header.setUint32(20, linkType, littleEndian);
  const packets = FRAMES.map((frame) => {
    const view = new DataView(new ArrayBuffer(16));
    view.setUint32(8, frame.length, littleEndian);
    view.setUint32(12, 1500, littleEndian);
    return Buffer.concat([Buffer.from(view.buffer), frame]);
  });
  return Buffer.concat([Buffer.from(header.buffer), ...packets]);
}

function parse(pieces: readonly Uint8Array[]): { headers: number; frames: Buffer[] } {
  const seen = { headers: 0, frames: [] as Buffer[] };
  const feed = pcapParser({ onHeader: () => seen.headers++, onPacket: (frame) => seen.frames.push(Buffer.from(frame)) });
  for (const piece of pieces) feed(piece);
  return seen;
}

const KINDS = [
  ['little endian, microseconds', 0xa1b2c3d4, true],
  ['big endian, microseconds', 0xa1b2c3d4, false],
  ['little endian, nanoseconds', 0xa1b23c4d, true],
  ['big endian, nanoseconds', 0xa1b23c4d, false],
] as const;

for (const [name, magic, littleEndian] of KINDS) {
  const bytes = capture(magic, littleEndian);
  const expected = { headers: 1, frames: FRAMES.map((frame) => Buffer.from(frame)) };

  test(`${name}: split at every byte`, () => {
    for (let at = 0; at <= bytes.length; at++)
      assert.deepEqual(parse([bytes.subarray(0, at), bytes.subarray(at)]), expected, `split at ${at}`);
  });

  test(`${name}: byte by byte`, () => {
    assert.deepEqual(parse([...bytes].map((byte) => Uint8Array.of(byte))), expected);
  });
}

test('the header alone is told at once, before any packet', () => {
  assert.deepEqual(parse([capture(0xa1b2c3d4, true).subarray(0, 24)]), { headers: 1, frames: [] });
});

test('something else than pcap is refused', () => {
  assert.throws(() => parse([Buffer.from('tcpdump: no such device, sorry')]), /does not begin with a pcap header/);
});

test('another link type than Ethernet is refused', () => {
  assert.throws(() => parse([capture(0xa1b2c3d4, true, 113)]), /link type 113/);
});

test('a length that cannot be is refused instead of waited for', () => {
  const bytes = capture(0xa1b2c3d4, true);
  bytes.writeUInt32LE(0x7fff_ffff, 24 + 8);
  assert.throws(() => parse([bytes]), /a packet of/);
});

test('the longest packet is taken, and one that is longer is not waited for', () => {
  const [header, packet] = [capture(0xa1b2c3d4, true).subarray(0, 24), Buffer.alloc(16 + 262_144)];
  packet.writeUInt32LE(262_144, 8);
  assert.equal(parse([header, packet]).frames[0]?.length, 262_144);
  packet.writeUInt32LE(262_145, 8);
  assert.throws(() => parse([header, packet.subarray(0, 16)]), /a packet of 262145 bytes/);
});

test('a packet without a byte is told at once, too', () => {
  assert.deepEqual(parse([capture(0xa1b2c3d4, true).subarray(0, 24), Buffer.alloc(16)]).frames, [Buffer.alloc(0)]);
});
