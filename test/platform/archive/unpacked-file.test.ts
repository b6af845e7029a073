import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpackedFile } from '../../../src/platform/archive/unpacked-file.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const LINE = Buffer.from('{"path":"raw/x.out","base64":"eA=="}\n');
const MIB = 1024 ** 2;

test('a packed file comes out whole, whatever its size and of however many members it is', async () => {
  await using directory = await temporaryDirectory('recon-unpacked-');
  const noise = Buffer.from(randomBytes(4 * MIB).toString('base64'));
  for (const [name, packed, expected, pieces] of [
    ['empty', gzipSync(''), Buffer.alloc(0), 1],
    ['small', gzipSync(LINE), LINE, 1],
    ['members', Buffer.concat([gzipSync(LINE), gzipSync(LINE)]), Buffer.concat([LINE, LINE]), 1],
    // small as it lies there: in one piece it would take any memory that somebody wants it to
    ['unpacks to much', gzipSync(Buffer.alloc(64 * MIB)), Buffer.alloc(64 * MIB), 256],
    ['large', gzipSync(noise), noise, 22],
  ] as const) {
    const path = join(directory.path, name);
    await writeFile(path, packed);
    const found = await piecesOf(path);
    assert.ok(Buffer.concat(found.pieces).equals(expected), name);
    assert.equal(found.pieces.length >= pieces, true, `${name}: ${found.pieces.length} pieces`);
    assert.ok(Math.max(...found.pieces.map(({ length }) => length)) <= 4 * MIB, name);
    assert.equal(found.error, undefined);
  }
});

test('of a damaged one comes what stands before the damage, and what cannot be read is an error of the system', async () => {
  await using directory = await temporaryDirectory('recon-unpacked-');
  const path = join(directory.path, 'cut');
  await writeFile(path, gzipSync(LINE).subarray(0, -8));
  const { pieces, error } = await piecesOf(path);
  assert.deepEqual(Buffer.concat(pieces), LINE);
  assert.match(error ?? '', /unexpected end of file/);
  await mkdir(join(directory.path, 'directory'));
  assert.match((await piecesOf(join(directory.path, 'directory'))).error ?? '', /^EISDIR/);
  assert.match((await piecesOf(join(directory.path, 'none'))).error ?? '', /^ENOENT/);
});

async function piecesOf(path: string): Promise<{ pieces: Buffer[]; error: string | undefined }> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of unpackedFile(path)) pieces.push(piece);
    return { pieces, error: undefined };
  } catch (error) {
    return { pieces, error: String((error as Error).message) };
  }
}
