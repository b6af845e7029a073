import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { readTarGz, TAR_LIMITS, type TarLimits } from '../../../src/platform/archive/tar-reader.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

type Entry = Partial<Header> & { name: string } & { text?: string };

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { text = '', ...header } of entries) archive.entry(header, text);
  archive.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of archive) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** What is met in a tar file: `name: text` of a member that is read, or the fault. */
async function met(bytes: Buffer, { limits = TAR_LIMITS, read = true }: { limits?: TarLimits; read?: boolean } = {}): Promise<string[]> {
  await using directory = await temporaryDirectory('recon-tar-');
  const path = join(directory.path, 't.tar.gz');
  await writeFile(path, gzipSync(bytes));
  const found: string[] = [];
  for await (const member of readTarGz(path, { limits })) {
    if ('fault' in member) {
      found.push(member.fault);
      continue;
    }
    const pieces: Buffer[] = [];
    if (read) for await (const piece of member.content) pieces.push(piece);
    found.push(`${member.name} ${member.sizeBytes}: ${Buffer.concat(pieces)}`);
  }
  return found;
}

const names: readonly [name: string, fault: string | undefined][] = [
  ['plain', undefined],
  ['deep/er/name.txt', undefined],
  ['..hidden/...', undefined],
  ['../x', 'holds "../x", a name that leads elsewhere: not read'],
  ['a/../x', 'holds "a/../x", a name that leads elsewhere: not read'],
  ['./x', 'holds "./x", a name that leads elsewhere: not read'],
  ['a//x', 'holds "a//x", a name that leads elsewhere: not read'],
  ['/x', 'holds "/x", a name that leads elsewhere: not read'],
  ['C:x', 'holds "C:x", a name that leads elsewhere: not read'],
  ['a\\x', 'holds "a\\\\x", a name that leads elsewhere: not read'],
  ['a\u001bx', 'holds "a\\u001bx", a name that leads elsewhere: not read'],
  ['a\u007fx', 'holds "a?x", a name that leads elsewhere: not read'],
];
for (const [name, fault] of names) {
  it(`${fault === undefined ? 'reads' : 'does not read'} ${JSON.stringify(name)}`, async () => {
    assert.deepEqual(
      await met(
        await tar([
          { name, text: 'x' },
          { name: 'after', text: 'y' },
        ]),
      ),
      [fault ?? `${name} 1: x`, 'after 1: y'],
    );
  });
}

it('does not read a name that no file system takes, and shows the begin of it', async () => {
  const [fault, ...others] = await met(await tar([{ name: `${'n'.repeat(4097)}` }]));
  assert.equal(fault, `holds "${'n'.repeat(200)}", a name that leads elsewhere: not read`);
  assert.deepEqual(others, []);
  assert.deepEqual(await met(await tar([{ name: 'n'.repeat(4096) }])), [`${'n'.repeat(4096)} 0: `]);
});

it('passes over directories, and names what is no file', async () => {
  const entries: Entry[] = [
    { name: 'd', type: 'directory' },
    { name: 'l', type: 'symlink', linkname: 'd' },
    { name: 'f', type: 'contiguous-file', text: 'x' },
    { name: 'p', type: 'fifo' },
  ];
  assert.deepEqual(await met(await tar(entries)), [
    'holds "l", a symlink and no file: not read',
    'f 1: x',
    'holds "p", a fifo and no file: not read',
  ]);
});

it('reads the first of two files with one name', async () => {
  assert.deepEqual(
    await met(
      await tar([
        { name: 'a', text: '1' },
        { name: 'a', text: '2' },
      ]),
    ),
    ['a 1: 1', 'holds "a" twice: the second was not read'],
  );
});

it('does not read a member that is too large, and goes on behind it', async () => {
  const bytes = await tar([{ name: 'fits', text: '123' }, { name: 'large', text: '1234' }, { name: 'after' }]);
  assert.deepEqual(await met(bytes, { limits: { ...TAR_LIMITS, maxMemberBytes: 3 } }), [
    'fits 3: 123',
    'holds "large" of 4 bytes, which is too large for any visit: not read',
    'after 0: ',
  ]);
});

it('ends behind the most files that a visit may have', async () => {
  const bytes = await tar([{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }]);
  const limited = (maxMembers: number) => met(bytes, { limits: { ...TAR_LIMITS, maxMembers } });
  assert.deepEqual(await limited(4), ['a 0: ', 'b 0: ', 'c 0: ', 'd 0: ']);
  assert.deepEqual(await limited(2), ['a 0: ', 'b 0: ', 'c 0: ', 'holds more than 2 files: no visit does, and it is not read on']);
});

it('skips what nobody reads, however long', async () => {
  const bytes = await tar([
    { name: 'long', text: 'x'.repeat(3_000_000) },
    { name: 'after', text: 'y' },
  ]);
  assert.deepEqual(await met(bytes, { read: false }), ['long 3000000: ', 'after 1: ']);
});

it('says behind which member the archive is none any more', async () => {
  const good = (await tar([{ name: 'a', text: 'x' }])).subarray(0, 1024);
  const bad = Buffer.alloc(1024, 'nonsense');
  assert.deepEqual(await met(Buffer.concat([good, bad])), ['a 1: x', 'is no proper tar archive behind "a"']);
  assert.deepEqual(await met(bad), ['is no proper tar archive behind its beginning']);
  const longer = Buffer.alloc(3_000_000, 'nonsense');
  assert.deepEqual(await met(Buffer.concat([good, longer])), ['a 1: x', 'is no proper tar archive behind "a"'], 'and much is left to read');
});

it('can be left at any time, and closes its file', async () => {
  await using directory = await temporaryDirectory('recon-tar-');
  const path = join(directory.path, 't.tar.gz');
  await writeFile(path, gzipSync(await tar([{ name: 'a', text: 'x'.repeat(3_000_000) }, { name: 'b' }])));
  const reads: number[] = [];
  for await (const member of readTarGz(path, { onRead: (bytes) => reads.push(bytes) })) {
    assert.ok('name' in member);
    for await (const piece of member.content) {
      assert.ok(piece.length > 0);
      break;
    }
    break;
  }
  const before = reads.length;
  assert.ok(before > 0);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  assert.equal(reads.length, before, 'it is not read on');
});

it('says that a file is not there, as a fault', async () => {
  await using directory = await temporaryDirectory('recon-tar-');
  const faults: unknown[] = [];
  for await (const member of readTarGz(join(directory.path, 'none'))) faults.push('fault' in member && member.fault);
  assert.equal(faults.length, 1);
  assert.match(String(faults[0]), /^cannot be read: ENOENT/);
});
