import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageRecipient } from '../../src/builder/age-recipient-setting.ts';
import { newAgeKeys } from '../../src/platform/archive/age.ts';

test('AGE_RECIPIENT: none, or a key that age itself takes', async () => {
  assert.equal(ageRecipient(undefined), undefined);
  assert.equal(ageRecipient(''), undefined);
  const { recipient } = await newAgeKeys();
  assert.equal(ageRecipient(recipient), recipient);
});

test('AGE_RECIPIENT: anything else is refused with what it is, and no secret is repeated', async () => {
  const { identity, recipient } = await newAgeKeys();
  const last = recipient.at(-1) === 'q' ? 'p' : 'q';
  for (const [setting, said] of [
    [`${recipient.slice(0, -1)}${last}`, /a typing mistake/],
    ['age1abc', /not a public key of age: age1 and 58/],
    [recipient.toUpperCase(), /not a public key of age/],
    [`${recipient},${recipient}`, /not a public key of age/],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@laptop', /keys of SSH/],
    ['age1yubikey1q2w3e4r5t', /of plugins/],
    [identity, /the secret half/],
    [`# public key: ${recipient}\n${identity}`, /the secret half/],
  ] as const) {
    assert.throws(
      () => ageRecipient(setting),
      (error: Error & { code?: string; hint?: string }) => {
        assert.equal(error.code, 'usage');
        assert.match(error.message, said);
        assert.match(error.message, /^AGE_RECIPIENT: /);
        assert.ok(!`${error.message} ${error.hint}`.includes(identity.slice(0, 24)), 'the secret key is in the message');
        return true;
      },
      setting.slice(0, 20),
    );
  }
});
