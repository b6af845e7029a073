import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { identitiesIn } from '../../../src/platform/archive/age-identities.ts';

test('the keys of a file of age-keygen, with comments and Windows line ends', async () => {
  const [one, two] = [await newAgeKeys(), await newAgeKeys()];
  assert.deepEqual(identitiesIn(`  # created: today\r\n# public key: ${one.recipient}\r\n${one.identity}\r\n\r\n  ${two.identity} `), [
    one.identity,
    two.identity,
  ]);
});

test('a file of another kind is named as what it is, without a word of it', async () => {
  const { identity, recipient } = await newAgeKeys();
  for (const [text, message, hint] of [
    ['', /holds no key/, /age-keygen -o/],
    ['# nothing but a comment\n', /holds no key/, /age-keygen -o/],
    [`${recipient}\n`, /public half/, /AGE-SECRET-KEY-1/],
    ['age-encryption.org/v1\n-> scrypt abc 18\n', /passphrase/, /age -d/],
    ['-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n', /passphrase/, /age -d/],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n', /SSH/, /age-keygen/],
    ['AGE-PLUGIN-YUBIKEY-1QQ\n', /plugin/, /age -d/],
    [`${recipient}\n${identity}\n`, /something else/, /AGE-SECRET-KEY-1/],
    [`${identity}\nAGE-PLUGIN-YUBIKEY-1QQ\n`, /plugin/, /age -d/],
    [`${identity.slice(0, -3)}\n`, /something else/, /AGE-SECRET-KEY-1/],
    [`${identity}\nand a remark\n`, /something else/, /AGE-SECRET-KEY-1/],
  ] as const) {
    assert.throws(() => identitiesIn(text), { code: 'identity-wrong', message, hint }, text.slice(0, 30));
    assert.throws(
      () => identitiesIn(text),
      (error: Error) => !error.message.includes(identity.slice(0, 24)),
    );
  }
});
