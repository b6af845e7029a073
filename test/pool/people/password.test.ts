import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPassword, SHORTEST_PASSWORD } from '../../../src/pool/people/password.ts';

const PASSWORD = 'vier Wörter hintereinander';

test('a password is known again by its hash, however its letters are composed; nothing else is', async () => {
  const hash = await hashPassword(PASSWORD);
  assert.match(hash, /^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  assert.ok(!hash.includes('Wörter'));
  assert.equal(await isPassword(PASSWORD, hash), true);
  assert.equal(await isPassword(PASSWORD.normalize('NFD'), hash), true);
  for (const other of ['', `${PASSWORD} `, PASSWORD.toLowerCase()]) assert.equal(await isPassword(other, hash), false, other);
  assert.notEqual(await hashPassword(PASSWORD), hash, 'each has its own salt');
});

test('without a hash, or with one that is none, nobody is let in', async () => {
  const salt = Buffer.alloc(16).toString('base64url');
  for (const hash of [undefined, '', `scrypt$32768$8$1$${salt}$`, `plain$32768$8$1$${salt}$${PASSWORD}`])
    assert.equal(await isPassword(PASSWORD, hash), false, hash);
});

test('too short and too long are refused', async () => {
  for (const password of ['x'.repeat(SHORTEST_PASSWORD - 1), 'x'.repeat(201)])
    await assert.rejects(hashPassword(password), { code: 'usage' });
  assert.equal(await isPassword('x'.repeat(201), await hashPassword('x'.repeat(200))), false);
});
