import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { serverCertificate } from '../../../src/pool/public/server-certificate.ts';

const NAMES = ['192.0.2.10', 'head', '::1'];

test('one of our own is for every name, is made once, and its key is for nobody else', async () => {
  await using directory = await temporaryDirectory('recon-tls-');
  const made = await serverCertificate(join(directory.path, 'tls'), { names: NAMES });
  const parsed = new X509Certificate(made.cert);
  assert.deepEqual(
    [parsed.checkIP('192.0.2.10'), parsed.checkHost('head'), parsed.checkIP('::1'), parsed.checkHost('other')],
    ['192.0.2.10', 'head', '::1', undefined],
  );
  assert.ok(parsed.verify(parsed.publicKey), 'it signs itself');
  assert.equal(made.fingerprint, parsed.fingerprint256);
  assert.equal((await stat(join(directory.path, 'tls/key.pem'))).mode & 0o777, 0o600);
  assert.deepEqual(await serverCertificate(join(directory.path, 'tls'), { names: ['another'] }), made);
});

test('files of the administrator: taken when they belong together', async () => {
  await using directory = await temporaryDirectory('recon-tls-');
  const [one, other] = [
    await serverCertificate(join(directory.path, 'a'), { names: NAMES }),
    await serverCertificate(join(directory.path, 'b'), { names: NAMES }),
  ];
  const files = { certificate: join(directory.path, 'a/certificate.pem'), key: join(directory.path, 'a/key.pem') };
  assert.deepEqual(await serverCertificate(join(directory.path, 'c'), { files, names: NAMES }), one);
  await writeFile(files.key, other.key);
  const asked = serverCertificate(join(directory.path, 'c'), { files, names: NAMES });
  await assert.rejects(asked, { code: 'usage', message: `${files.key} is not the key of ${files.certificate}` });
  await writeFile(files.certificate, 'no certificate');
  await assert.rejects(serverCertificate(join(directory.path, 'c'), { files, names: NAMES }), {
    code: 'usage',
    hint: 'Both are PEM files, and the key has no passphrase.',
  });
  await assert.rejects(
    serverCertificate('/', { files: { certificate: '/absent', key: '/absent' }, names: NAMES }),
    /\/absent cannot be read/,
  );
});
