import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOT_ENCRYPTED } from '../../src/domain/values/age-recipient.ts';
import { newAgeKeys } from '../../src/platform/archive/age.ts';
import { encryptionMistakes, tarballRecipient, withoutEncryption } from '../../src/service/tarball-recipient.ts';

const [mine, ofImage] = ['age1mine', 'age1image'];

test('recon.yaml wins over the key of the image, and none turns that off', () => {
  const recipient = (settings: string | undefined, image: string | undefined): string | undefined =>
    tarballRecipient({ settings, image, isWithoutSettings: false }).recipient;
  assert.equal(recipient(undefined, undefined), undefined);
  assert.equal(recipient(mine, undefined), mine);
  assert.equal(recipient(undefined, ofImage), ofImage);
  assert.equal(recipient(mine, ofImage), mine);
  assert.equal(recipient(NOT_ENCRYPTED, ofImage), undefined);
});

test('the screen says what counts and where it comes from, and nothing when nobody asked', () => {
  const said = (settings: string | undefined, image: string | undefined, isWithoutSettings = false): string =>
    tarballRecipient({ settings, image, isWithoutSettings }).said.join(' ');
  assert.equal(said(undefined, undefined), '');
  assert.equal(said(NOT_ENCRYPTED, undefined), '');
  assert.match(said(mine, ofImage), /encrypted to age1mine \(recon\.yaml\)/);
  assert.match(said(undefined, ofImage), /encrypted to age1image .*image/);
  assert.match(said(NOT_ENCRYPTED, ofImage), /NOT encrypted/);
});

test('with a key the screen says what whoever finds the stick can read all the same', () => {
  const said = (more: { removesRecords?: boolean; storage?: 'stick' | 'ram' }): string =>
    tarballRecipient({ settings: mine, image: undefined, isWithoutSettings: false, ...more }).said.join(' ');
  assert.match(
    said({}),
    /records\/, partial\/, ledger\.jsonl and visits\.jsonl on the stick CAN BE READ .* also afterwards; keepRecords: false/,
  );
  assert.match(said({ removesRecords: true }), /CAN BE READ .* until this machine is powered off/);
  assert.doesNotMatch(said({ storage: 'ram' }), /CAN BE READ/);
});

test('who goes on without a recon.yaml that has mistakes is told that nothing is encrypted, unless the image has a key', () => {
  assert.match(tarballRecipient({ settings: undefined, image: undefined, isWithoutSettings: true }).said.join(), /NOT encrypted/);
  assert.equal(tarballRecipient({ settings: undefined, image: ofImage, isWithoutSettings: true }).recipient, ofImage);
});

test('records that are encrypted as they arrive are not called readable; what earlier visits left in the clear is', () => {
  const sources = { settings: mine, image: undefined, isWithoutSettings: false, encryptsRecords: true };
  const { said, readable } = tarballRecipient({ ...sources, names: ['recon.yaml', 'encrypted', 'visits.jsonl', 'recon-a.tar.gz.age'] });
  assert.match(said.join(' '), /the stick tells how many files came and when/);
  assert.doesNotMatch(said.join(' '), /CAN BE READ/);
  assert.deepEqual(readable, said.slice(1));
  const before = tarballRecipient({ ...sources, names: ['records', 'ledger-2.jsonl', 'recon-a.tar.gz', 'tools', 'visits.jsonl'] });
  assert.match(
    before.readable.join(' '),
    /of earlier visits records, ledger-2\.jsonl, recon-a\.tar\.gz, visits\.jsonl on the stick CAN BE READ/,
  );
});

test('a wish without a key is a mistake, and so is a key that nothing can be encrypted to; who goes on is told that nothing is encrypted', async () => {
  const { recipient } = await newAgeKeys();
  assert.equal((await encryptionMistakes({ encryptRecords: true }, undefined)).length, 1);
  assert.equal((await encryptionMistakes({ encryptRecords: true, encryptTo: NOT_ENCRYPTED }, recipient)).length, 1);
  assert.deepEqual([await encryptionMistakes({ encryptRecords: true }, recipient), await encryptionMistakes({}, undefined)], [[], []]);
  assert.match(
    (await encryptionMistakes({ encryptTo: 'age1none' }, undefined)).join(),
    /nothing can be encrypted to age1none \(encryptTo\)/,
  );
  assert.match((await encryptionMistakes({}, 'age1none')).join(), /the key of this image/);
  const { encryptTo, encryptRecords } = withoutEncryption({ encryptTo: 'age1none', encryptRecords: true });
  assert.equal(encryptRecords, false);
  const outcome = tarballRecipient({ settings: encryptTo, image: undefined, isWithoutSettings: true });
  assert.deepEqual([outcome.recipient, /NOT encrypted/.test(outcome.said.join())], [undefined, true]);
});
