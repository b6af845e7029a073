import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWholeAnswer, parseTpmAnswer, tpmQuestion } from '../../../src/lab/machine/tpm-message.ts';
import { findTpmChanges } from '../../../src/lab/machine/tpm-untouched.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

test('a question is TPM2_GetCapability without a session', () => {
  assert.deepEqual(tpmQuestion('persistentObjects'), bytes('8001 00000016 0000017a 00000001 81000000 000000fe'));
  assert.deepEqual(tpmQuestion('permanentAttributes'), bytes('8001 00000016 0000017a 00000006 00000200 00000001'));
});

test('answers of a fresh TPM', () => {
  assert.deepEqual(parseTpmAnswer('nvIndexes', bytes('80010000001300000000000000000100000000')), []);
  const permanent = bytes('80010000001b000000000100000006000000010000020000000400');
  assert.deepEqual(parseTpmAnswer('permanentAttributes', permanent), [0x400]);
  const lockout = bytes('800100000033000000000100000006000000040000020e000000000000020f0000000300000210000003e800000211000003e8');
  assert.deepEqual(parseTpmAnswer('lockout', lockout), [0, 3, 1000, 1000]);
});

test('a stored key is told', () => {
  assert.deepEqual(parseTpmAnswer('persistentObjects', bytes('8001 00000017 00000000 00 00000001 00000001 81000001')), [0x81000001]);
});

test('a refusal, and an answer that is not all, are no answers', () => {
  assert.throws(() => parseTpmAnswer('nvIndexes', bytes('8001 0000000a 00000101')), /does not tell its nvIndexes/);
  assert.throws(() => parseTpmAnswer('nvIndexes', bytes('8001 00000017 00000000 01 00000001 00000001 01000000')), /more nvIndexes/);
});

test('an answer is whole when it is as long as it says', () => {
  assert.equal(isWholeAnswer(bytes('8001 0000000a 00000101')), true);
  assert.equal(isWholeAnswer(bytes('8001 00000013 00000000 00')), false);
  assert.equal(isWholeAnswer(bytes('8001 0000')), false);
});

test('each change of what a TPM keeps is one finding, with before and after', () => {
  const before = { persistentObjects: [], nvIndexes: [0x1500000], permanentAttributes: 0x400, lockout: [0, 3, 1000, 1000] };
  assert.deepEqual(findTpmChanges('peer', before, structuredClone(before)), []);
  assert.deepEqual(findTpmChanges('peer', before, { ...before, persistentObjects: [0x81000001] }), [
    "peer: the TPM's stored keys were none and are now 0x81000001",
  ]);
  assert.deepEqual(findTpmChanges('peer', before, { ...before, nvIndexes: [], permanentAttributes: 0x401 }), [
    "peer: the TPM's memory areas were 0x1500000 and are now none",
    "peer: the TPM's permanent attributes were 0x400 and are now 0x401",
  ]);
});
