import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { readTarGz, TAR_LIMITS, type TarLimits } from '../../../src/platform/archive/tar-reader.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

type Entry = { name: string; type?: 'file' | 'symlink' | 'directory'; linkname?: string; text?: string };

async function packed(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { text = '', ...header } of entries) archive.entry(header, text);
  archive.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of archive) pieces.push(piece as Buffer);
  return gzipSync(Buffer.concat(pieces));
}

/** Names with their texts, and faults, in the order in which they are met. */
async function read(bytes: Buffer, limits: TarLimits = TAR_LIMITS): Promise<string[]> {
  await using directory = await temporaryDirectory('recon-tar-');
  const path = join(directory.path, 't.tar.gz');
  await writeFile(path, bytes);
  const met: string[] = [];
  for await (const member of readTarGz(path, { limits })) {
    if ('fault' in member) met.push(`fault: ${member.fault}`);
    else {
      const pieces: Buffer[] = [];
      try {
        for await (const piece of member.content) pieces.push(piece);
        met.push(`${member.name}=${Buffer.concat(pieces)}`);
      } catch {
        met.push(`${member.name} breaks off`);
      }
    }
  }
  return met;
}

const GOOD: Entry[] = [
  { name: 'a', text: 'one' },
  { name: 'nodes/b', text: 'two' },
];

test('files come one after the other, many of them without a word of warning', async (t) => {
  assert.deepEqual(await read(await packed(GOOD)), ['a=one', 'nodes/b=two']);
  const warned: string[] = [];
  const note = (warning: Error): void => void warned.push(warning.name);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  const many = Array.from({ length: 300 }, (_, at) => ({ name: `f${at}`, text: String(at).repeat(20_000) }));
  assert.equal((await read(await packed(many))).length, 300);
  await new Promise(setImmediate);
  assert.deepEqual(warned, []);
});

test('names that lead elsewhere, links and repeated names are not read, the others are', async () => {
  const met = await read(
    await packed([
      { name: '../x' },
      { name: '/etc/passwd' },
      { name: 'l', type: 'symlink', linkname: '/etc' },
      ...GOOD,
      { name: 'a', text: 'again' },
    ]),
  );
  assert.deepEqual(
    met.filter((one) => !one.startsWith('fault')),
    ['a=one', 'nodes/b=two'],
  );
  assert.equal(met.filter((one) => one.startsWith('fault')).length, 4);
});

test('a cut file and one with a flipped byte are read as far as they go, and say so', async () => {
  const noise = Array.from({ length: 60 }, (_, at) => ({ name: `n${at}`, text: Buffer.from(`${at}`.repeat(9000)).toString('base64') }));
  const whole = await packed([...GOOD, ...noise]);
  const cut = await read(whole.subarray(0, Math.floor(whole.length / 2)));
  assert.deepEqual(cut.slice(0, 2), ['a=one', 'nodes/b=two']);
  assert.ok(cut.some((one) => one.startsWith('fault')));
  const bent = Buffer.from(whole);
  bent.writeUInt8(bent.readUInt8(bent.length - 6) ^ 0xff, bent.length - 6);
  assert.ok(
    (await read(bent)).some((one) => one.startsWith('fault')),
    'the checksum of gzip is not looked at',
  );
});

test('a bomb ends soon', async () => {
  const bomb = await packed([{ name: 'zeros', text: '\0'.repeat(40_000_000) }]);
  const met = await read(bomb, { ...TAR_LIMITS, ratioFromBytes: 1024 ** 2 });
  assert.ok(
    met.some((one) => one.startsWith('fault')),
    met.join(),
  );
});

test('what is no archive at all is a fault and no failure', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('plain text'), gzipSync('no tar in here'), gzipSync(Buffer.alloc(700, 'x'))]) {
    const met = await read(bytes);
    assert.equal(met.length, 1, met.join());
    assert.match(met[0] ?? '', /^fault: /);
  }
});

test('an entry of a kind that nobody knows is a file (POSIX, ustar)', async () => {
  const bytes = gunzipSync(await packed(GOOD));
  const [typeAt, checksumAt] = [156, 148];
  bytes.write('Z', typeAt);
  bytes.fill(' ', checksumAt, checksumAt + 8);
  const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, checksumAt);
  assert.deepEqual(await read(gzipSync(bytes)), ['a=one', 'nodes/b=two']);
});

test('what nobody has asked for yet is not unpacked: a long file does not fill memory', async () => {
  await using directory = await temporaryDirectory('recon-tar-');
  const path = join(directory.path, 't.tar.gz');
  await writeFile(
    path,
    await packed([
      { name: 'first', text: 'x' },
      { name: 'long', text: randomBytes(8_000_000).toString('hex') },
    ]),
  );
  let readBytes = 0;
  const members = readTarGz(path, {
    onRead: (bytes) => {
      readBytes = bytes;
    },
  });
  await members.next();
  // whoever reads on has read its next piece while all of the file is read here
  for (let quiet = 0; quiet < 10; ) {
    const before = readBytes;
    await readFile(path);
    quiet = readBytes === before ? quiet + 1 : 0;
  }
  assert.ok(readBytes < 1_000_000, `${readBytes} bytes`);
  await members.return(undefined);
});

test('the limits of a tarball, in bytes: a lower one would turn a visit away', () => {
  assert.deepEqual(TAR_LIMITS, {
    maxBytes: 68_719_476_736,
    maxRatio: 250,
    ratioFromBytes: 67_108_864,
    maxMemberBytes: 4_294_967_296,
    maxMembers: 2_000_000,
  });
});
