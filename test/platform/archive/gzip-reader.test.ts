import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { ArchiveFault, type GzipLimits, gunzipFile } from '../../../src/platform/archive/gzip-reader.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { systemError } from '../files/replace-builtin.ts';

const WIDE: GzipLimits = { maxBytes: 10_000_000, maxRatio: 1000, ratioFromBytes: 1_000_000 };
const WORDS = Buffer.from('some words that are packed');

/** All that comes out of a file, and how it ended. */
async function unpack(bytes: Uint8Array, limits = WIDE, onRead?: (bytes: number) => void) {
  await using directory = await temporaryDirectory('recon-gzip-');
  const path = join(directory.path, 'f.gz');
  await writeFile(path, bytes);
  const pieces: Buffer[] = [];
  try {
    for await (const piece of gunzipFile(path, limits, onRead)) pieces.push(piece);
    return { text: Buffer.concat(pieces), fault: '' };
  } catch (error) {
    assert.ok(error instanceof ArchiveFault, String(error));
    assert.equal(error.name, 'ArchiveFault');
    return { text: Buffer.concat(pieces), fault: error.message };
  }
}

/** A gzip file with these optional fields in its head (RFC 1952, 2.3.1). */
function withHead(flags: number, fields: Buffer, content = WORDS): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]), fields, deflateRawSync(content), trailer]);
}

const heads: readonly [what: string, flags: number, fields: Buffer][] = [
  ['nothing', 0, Buffer.alloc(0)],
  ['the flag of a text', 1, Buffer.alloc(0)],
  ['an extra field', 4, Buffer.from([3, 0, 1, 0, 2])],
  ['a long extra field', 4, Buffer.concat([Buffer.from([0x2c, 0x01]), randomBytes(300)])],
  ['a name', 8, Buffer.from('report.tar\0')],
  ['a comment', 16, Buffer.from('words\0')],
  ['a checksum of the head', 2, Buffer.from([7, 7])],
  ['a name and a comment', 24, Buffer.from('n\0c\0')],
  ['everything', 31, Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.from('n\0\0'), Buffer.from([7, 7])])],
];
for (const [what, flags, fields] of heads) {
  it(`unpacks a file whose head has ${what}`, async () => {
    assert.deepEqual(await unpack(withHead(flags, fields)), { text: WORDS, fault: '' });
  });
}

const packed = gzipSync(WORDS);
const large = randomBytes(300_000);
const changed = (at: number, to: number): Buffer => {
  const copy = Buffer.from(packed);
  copy[at < 0 ? copy.length + at : at] = to;
  return copy;
};
const faults: readonly [what: string, bytes: Buffer, text: Buffer, fault: RegExp][] = [
  ['nothing at all', Buffer.alloc(0), Buffer.alloc(0), /^is cut off in its first bytes$/],
  ['nine bytes', packed.subarray(0, 9), Buffer.alloc(0), /^is cut off in its first bytes$/],
  ['another first byte', changed(0, 0x1e), Buffer.alloc(0), /^is no gzip file$/],
  ['another second byte', changed(1, 0x8c), Buffer.alloc(0), /^is no gzip file$/],
  ['another method', changed(2, 7), Buffer.alloc(0), /^is no gzip file$/],
  ['its head only', packed.subarray(0, 10), Buffer.alloc(0), /^is cut off: it ends at byte 10, in the middle of its data$/],
  ['a name without an end', withHead(8, Buffer.alloc(0), WORDS).subarray(0, 12), Buffer.alloc(0), /^is cut off: it ends at byte 12/],
  ['an extra field that is cut', Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 1]), Buffer.alloc(0), /^is cut off: it ends at byte 11/],
  ['no last byte', packed.subarray(0, -1), WORDS, /^is cut off: it ends at byte \d+, in the middle of its data$/],
  ['another checksum', changed(-8, (packed.at(-8) ?? 0) ^ 1), WORDS, /^has a wrong checksum/],
  ['another size', changed(-4, (packed.at(-4) ?? 0) ^ 1), WORDS, /^has a wrong checksum/],
  ['one byte more', Buffer.concat([packed, Buffer.from('x')]), WORDS, /^has 1 bytes behind its end that do not belong to it$/],
  ['a second member', Buffer.concat([packed, packed]), WORDS, new RegExp(`^has ${packed.length} bytes behind its end`)],
  [
    'nonsense',
    Buffer.concat([packed.subarray(0, 10), Buffer.from([0xff, 0xff, 0xff])]),
    Buffer.alloc(0),
    /^is damaged near byte \d+ of 13: what/,
  ],
];
for (const [what, bytes, text, fault] of faults) {
  it(`says what is wrong with a file that has ${what}, behind all that can be unpacked`, async () => {
    const found = await unpack(bytes);
    assert.match(found.fault, fault);
    assert.deepEqual(found.text, text);
  });
}

it('tells how much of the file was read', async () => {
  const bytes = gzipSync(large);
  const reads: number[] = [];
  assert.deepEqual((await unpack(bytes, WIDE, (read) => reads.push(read))).text, large);
  assert.ok(reads.length > 2);
  assert.deepEqual(
    reads,
    reads.toSorted((a, b) => a - b),
  );
  assert.ok((reads[0] ?? 0) > 10 && (reads[0] ?? 0) < bytes.length / 2);
  assert.equal(reads.at(-1), bytes.length - 8);
});

it('stops at the most bytes that may come out', async () => {
  const bytes = gzipSync(large);
  assert.equal((await unpack(bytes, { ...WIDE, maxBytes: large.length })).fault, '');
  const { fault } = await unpack(bytes, { ...WIDE, maxBytes: large.length - 1 });
  assert.match(fault, /^unpacks to more than 299999 bytes/);
});

it('stops where too much comes out of too little, and not before there is much', async () => {
  const zeros = gzipSync(Buffer.alloc(2_000_000));
  assert.equal((await unpack(zeros, { ...WIDE, maxRatio: 10, ratioFromBytes: 2_000_000 })).fault, '');
  assert.match(
    (await unpack(zeros, { ...WIDE, maxRatio: 10, ratioFromBytes: 1_000_000 })).fault,
    /^unpacks to more than 10 times its size/,
  );
  assert.equal((await unpack(gzipSync(large), { ...WIDE, maxRatio: 2, ratioFromBytes: 0 })).fault, '');
});

it('reads on at exactly as much as may come out of what went in', async () => {
  // what went in is all but the trailer, when the only piece comes out
  const ratioOf = (bytes: Buffer, length: number): number => length / (bytes.length - 8);
  const lengths = Array.from({ length: 200 }, (_none, index) => 1000 + index);
  const length = lengths.find((one) => Number.isInteger(ratioOf(gzipSync(Buffer.alloc(one)), one)));
  assert.ok(length !== undefined);
  const bytes = gzipSync(Buffer.alloc(length));
  const maxRatio = ratioOf(bytes, length);
  assert.equal((await unpack(bytes, { ...WIDE, maxRatio, ratioFromBytes: 0 })).fault, '');
  assert.notEqual((await unpack(bytes, { ...WIDE, maxRatio: maxRatio - 1, ratioFromBytes: 0 })).fault, '');
});

/** The streams that a test reads files with, each changed in this way before it is used. */
function readStreams(t: TestContext, change: (path: string, options: object, real: typeof fs.createReadStream) => fs.ReadStream) {
  const { createReadStream } = fs;
  const streams: fs.ReadStream[] = [];
  Object.assign(fs, {
    createReadStream: (path: string, options: object) => {
      const stream = change(path, options, createReadStream);
      streams.push(stream);
      return stream;
    },
  });
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(fs, { createReadStream });
    syncBuiltinESMExports();
  });
  return streams;
}

it('closes its file when nobody wants more of it', async (t) => {
  await using directory = await temporaryDirectory('recon-gzip-');
  const path = join(directory.path, 'f.gz');
  await writeFile(path, gzipSync(large));
  const streams = readStreams(t, (name, options, real) => real(name, options));
  for await (const piece of gunzipFile(path, WIDE)) {
    assert.ok(piece.length > 0);
    break;
  }
  assert.deepEqual(
    streams.map(({ destroyed }) => destroyed),
    [true],
  );
});

it('tells where the medium gave nothing more', async (t) => {
  const bytes = gzipSync(large);
  readStreams(t, (path, options, real) => {
    const stream = real(path, { ...options, end: 200_000 });
    return stream.once('end', () => stream.emit('error', systemError('EIO')));
  });
  const { text, fault } = await unpack(bytes);
  assert.match(fault, new RegExp(`^cannot be read near byte \\d+ of ${bytes.length}: EIO$`));
  assert.ok(text.length < large.length);
});

it('passes on that the file cannot be read', async () => {
  await using directory = await temporaryDirectory('recon-gzip-');
  const reading = gunzipFile(join(directory.path, 'none'), WIDE);
  await assert.rejects(reading.next(), { code: 'ENOENT' });
});
