import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSigningKey } from '../../../src/master/seal/signing-key.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { checkSignature, signatureOf, signingCode } from '../../../src/tarball/signature.ts';

test('a restart of the service goes on with the key, and only root may read it', async () => {
  await using directory = await temporaryDirectory('recon-key-');
  const file = join(directory.path, 'signing-key.pem');
  const first = await openSigningKey(file, silentLog);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const second = await openSigningKey(file, silentLog);
  assert.equal(signingCode(second), signingCode(first));
  const manifest = Buffer.from('{}');
  assert.deepEqual(checkSignature(manifest, signatureOf(manifest, second)), { outcome: 'good', code: signingCode(first) });
  await using other = await temporaryDirectory('recon-key-');
  assert.notEqual(signingCode(await openSigningKey(join(other.path, 'signing-key.pem'), silentLog)), signingCode(first));
});

test('a file that holds no such key is replaced, and the log says that the code is another one', async () => {
  await using directory = await temporaryDirectory('recon-key-');
  const file = join(directory.path, 'signing-key.pem');
  for (const content of ['', 'no key', generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' })]) {
    await writeFile(file, content);
    const warnings: string[] = [];
    const key = await openSigningKey(file, { ...silentLog, warn: (message) => void warnings.push(message) });
    assert.match(warnings.join(), /new code/);
    assert.equal(signingCode(await openSigningKey(file, silentLog)), signingCode(key));
    assert.match(await readFile(file, 'utf8'), /PRIVATE KEY/);
  }
});

test('a master that cannot keep its key signs all the same, and says what that means', async () => {
  await using directory = await temporaryDirectory('recon-key-');
  const warnings: string[] = [];
  const key = await openSigningKey(join(directory.path, 'none', 'signing-key.pem'), {
    ...silentLog,
    warn: (message) => void warnings.push(message),
  });
  assert.match(signingCode(key), /-/);
  assert.match(warnings.join(), /restart/);
});
