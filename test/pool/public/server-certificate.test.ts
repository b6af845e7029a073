import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
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
    message: `${files.certificate} cannot be used: there is no certificate in it`,
    hint: 'It is a PEM file, and begins with -----BEGIN CERTIFICATE-----.',
  });
  // mistaken for each other, cut short, and with a passphrase
  const locked = createPrivateKey(one.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes256', passphrase: 'secret' });
  await writeFile(files.certificate, one.cert);
  for (const [key, message, hint] of [
    [one.cert, /key\.pem cannot be used: there is no private key in it$/, /BEGIN PRIVATE KEY/],
    [one.key.slice(0, 60), /key\.pem cannot be used: there is no private key in it$/, /BEGIN PRIVATE KEY/],
    [String(locked), /key\.pem cannot be used: it has a passphrase/, /^openssl pkey -in \S+key\.pem -out /],
  ] as const) {
    await writeFile(files.key, key);
    await assert.rejects(serverCertificate(join(directory.path, 'c'), { files, names: NAMES }), { code: 'usage', message, hint });
  }
  await assert.rejects(
    serverCertificate('/', { files: { certificate: '/absent', key: '/absent' }, names: NAMES }),
    /\/absent cannot be read/,
  );
});

test('one of our own that was made before the clock was set is made anew once it is; one that was not stays, for who trusts it does so by its fingerprint', async () => {
  await using directory = await temporaryDirectory('recon-tls-');
  const place = join(directory.path, 'tls');
  const of1970 = await selfSigned(place, '19700101000000Z', '19800101000000Z');
  const unset = new Date('1970-01-03T00:00:00Z');
  assert.equal((await serverCertificate(place, { names: NAMES, now: unset })).fingerprint, of1970, 'its browsers may think so, too');
  const anew = await serverCertificate(place, { names: NAMES });
  assert.notEqual(anew.fingerprint, of1970);
  assert.ok(anew.endsAt > new Date());
  for (const now of [unset, new Date('2038-02-01T00:00:00Z')])
    assert.equal((await serverCertificate(place, { names: NAMES, now })).fingerprint, anew.fingerprint);
});

/** Its fingerprint. */
async function selfSigned(place: string, begins: string, ends: string): Promise<string> {
  await mkdir(place, { recursive: true });
  const path = (name: string): string => join(place, name);
  await writeFile(path('index'), '');
  const policy =
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\ndefault_md=sha256\nrand_serial=yes\npolicy=p\n[p]\ncommonName=supplied\n';
  await writeFile(path('config'), policy);
  const openssl = (...words: string[]) => runOk(['openssl', ...words], { cwd: place, timeoutMs: 60_000 });
  await openssl(
    ...[
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'key.pem',
      '-subj',
      '/CN=x',
      '-out',
      'csr',
    ],
  );
  await openssl(
    ...['ca', '-batch', '-selfsign', '-config', 'config', '-keyfile', 'key.pem', '-in', 'csr', '-out', 'certificate.pem', '-notext'],
    ...['-startdate', begins, '-enddate', ends],
  );
  return new X509Certificate(await readFile(path('certificate.pem'))).fingerprint256;
}
