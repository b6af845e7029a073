import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOT_ENCRYPTED } from '../../src/domain/values/age-recipient.ts';
import { tarballRecipient } from '../../src/service/tarball-recipient.ts';

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
  assert.match(said({}), /records\/, partial\/ and ledger\.jsonl on the stick CAN BE READ .* also afterwards; keepRecords: false/);
  assert.match(said({ removesRecords: true }), /CAN BE READ .* until this machine is powered off/);
  assert.doesNotMatch(said({ storage: 'ram' }), /CAN BE READ/);
});

test('who goes on without a recon.yaml that has mistakes is told that nothing is encrypted, unless the image has a key', () => {
  assert.match(tarballRecipient({ settings: undefined, image: undefined, isWithoutSettings: true }).said.join(), /NOT encrypted/);
  assert.equal(tarballRecipient({ settings: undefined, image: ofImage, isWithoutSettings: true }).recipient, ofImage);
});
