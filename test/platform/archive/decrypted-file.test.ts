import assert from 'node:assert/strict';
import { readdirSync, readlinkSync, statSync } from 'node:fs';
import promises, { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { decryptedWith, encryptedTo, newAgeKeys } from '../../../src/platform/archive/age.ts';
import { decryptFile, firstBytes } from '../../../src/platform/archive/decrypted-file.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin, systemError } from '../files/replace-builtin.ts';

const WORDS = Buffer.from('what is secret '.repeat(10_000));

async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
async function whole(from: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of from) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** An encrypted file with its key beside it. */
async function secret() {
  const directory = await temporaryDirectory('recon-age-');
  const at = (name: string): string => join(directory.path, name);
  const keys = await newAgeKeys();
  await writeFile(at('key'), `# a comment\n${keys.identity}\n`);
  await writeFile(at('visit.age'), await whole(await encryptedTo(keys.recipient, chunks(WORDS))));
  return { at, keys, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('decrypts a file, as often as wanted, until its owner is done', async () => {
  await using made = await secret();
  const decrypted = await decryptFile(made.at('visit.age'), made.at('key'));
  const { path } = decrypted;
  assert.deepEqual(await readFile(path), WORDS);
  assert.deepEqual(await readFile(path), WORDS);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(readlinkSync(path).startsWith(join(tmpdir(), 'recon-')), 'who finds it in a listing knows whose it is');
  assert.match(readlinkSync(path), /\/decrypted \(deleted\)$/, 'it has no name any more');
  await decrypted[Symbol.asyncDispose]();
  await assert.rejects(readFile(path), { code: 'ENOENT' });
});

it('says what is wrong, with the file that it is wrong with', async () => {
  await using made = await secret();
  const { at } = made;
  const [visit, key] = [at('visit.age'), at('key')];
  await assert.rejects(decryptFile(visit, at('none')), { code: 'identity-wrong', message: /none cannot be read: ENOENT/ });
  await writeFile(at('empty'), '\n');
  await assert.rejects(decryptFile(visit, at('empty')), { code: 'identity-wrong', message: `${at('empty')} holds no key` });
  const other = await newAgeKeys();
  await writeFile(at('other'), other.identity);
  await assert.rejects(decryptFile(visit, at('other')), {
    code: 'identity-wrong',
    message: `${visit}: the identity opens what is encrypted to ${other.recipient}, and this is not`,
  });
  const bytes = await readFile(visit);
  await writeFile(at('cut'), bytes.subarray(0, bytes.length - 100));
  await assert.rejects(decryptFile(at('cut'), key), { code: 'tarball-unreadable', message: /cut is damaged or cut off: / });
  await writeFile(at('headless'), bytes.subarray(0, 30));
  await assert.rejects(decryptFile(at('headless'), key), { code: 'tarball-unreadable', message: /headless: its beginning is damaged: / });
});

it('says that there is no room, and leaves nothing open', async (t) => {
  await using made = await secret();
  await using handle = await promises.open('/dev/null');
  const before = readdirSync('/proc/self/fd').length;
  t.mock.method(Object.getPrototypeOf(handle), 'writeFile', async () => {
    throw systemError('ENOSPC');
  });
  await assert.rejects(decryptFile(made.at('visit.age'), made.at('key')), { code: 'disk-full', message: /there is no room in / });
  t.mock.restoreAll();
  assert.equal(readdirSync('/proc/self/fd').length, before);
});

it('does not read a file that it is told not to, and passes on why', async (t) => {
  await using made = await secret();
  const { readFile: real } = promises;
  replaceBuiltin(t, 'readFile', async (path: string, options: BufferEncoding) => {
    if (path === made.at('key')) throw systemError('EACCES');
    return real(path, options);
  });
  await assert.rejects(decryptFile(made.at('visit.age'), made.at('key')), {
    code: 'identity-wrong',
    message: /key cannot be read: EACCES/,
  });
});

it('opens with any of several keys, and names them all when none fits', async () => {
  await using made = await secret();
  const [one, two] = [await newAgeKeys(), await newAgeKeys()];
  const bytes = await readFile(made.at('visit.age'));
  assert.deepEqual(await whole(await decryptedWith([one.identity, made.keys.identity], chunks(bytes))), WORDS);
  await assert.rejects(decryptedWith([one.identity, two.identity], chunks(bytes)), {
    code: 'identity-wrong',
    message: `the identity opens what is encrypted to ${one.recipient} or ${two.recipient}, and this is not`,
  });
  const misspelt = one.identity.replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'));
  await assert.rejects(decryptedWith([misspelt], chunks(bytes)), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'identity-wrong');
    return error.message.includes('typing mistake') && !error.message.includes(misspelt.slice(20, 40));
  });
});

it('takes no other key to encrypt to', async () => {
  for (const recipient of ['', 'age1', 'ssh-ed25519 AAAA', (await newAgeKeys()).identity])
    await assert.rejects(encryptedTo(recipient, chunks(WORDS)), { code: 'usage' });
});

const heads: readonly [what: string, content: string | Buffer, head: string | undefined][] = [
  ['age', 'age-encryption.org/v1\n-> X25519', 'age'],
  ['a later age', 'age-encryption.org/v2\n-> X25519', undefined],
  ['age in letters', '-----BEGIN AGE ENCRYPTED FILE-----\n', 'armored'],
  ['gzip', gzipSync('x'), 'gzip'],
  ['a short gzip', Buffer.from([0x1f, 0x8b]), 'gzip'],
  ['one byte of it', Buffer.from([0x1f]), undefined],
  ['something else', 'PK', undefined],
  ['nothing', '', undefined],
];
for (const [what, content, head] of heads) {
  it(`knows ${what} by its first bytes`, async () => {
    await using directory = await temporaryDirectory('recon-head-');
    const path = join(directory.path, 'file');
    await writeFile(path, content);
    assert.equal(await firstBytes(path), head);
  });
}
