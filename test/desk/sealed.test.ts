import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { plainTarball, withVisits } from '../../src/desk/open-tarballs.ts';
import { verifyTarball } from '../../src/desk/verify.ts';
import { newAgeKeys } from '../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { checkSignature, newSigningKey, signatureOf, signatureSentence, signingCode } from '../../src/tarball/signature.ts';
import { deskTarball } from './desk-fixture.ts';

test('an encrypted tarball leaves nothing readable, and opens with its identity only', async () => {
  await using directory = await temporaryDirectory('recon-age-');
  const identity = await generateX25519Identity();
  const signingKey = newSigningKey();
  const sealed = await deskTarball(directory.path, ['S-100'], { encryptTo: await identityToRecipient(identity), signingKey });
  assert.match(sealed.name, /\.tar\.gz\.age$/);
  assert.deepEqual(await readdir(dirname(sealed.path)), [sealed.name]);
  const [mine, other] = [join(directory.path, 'mine'), join(directory.path, 'other')];
  await writeFile(mine, `# public key: ${await identityToRecipient(identity)}\n${identity}\n`);
  await writeFile(other, await generateX25519Identity());
  await assert.rejects(plainTarball(sealed.path, undefined), { code: 'identity-wrong', hint: /--identity/ });
  await assert.rejects(plainTarball(sealed.path, other), { code: 'identity-wrong' });
  await withVisits([sealed.path], { identity: mine, warn: assert.fail }, async ([visit]) => {
    assert.equal(visit?.path, sealed.path);
    for await (const node of visit.nodes()) if (node.origin === undefined) assert.equal(node.mac, '0c:c4:7a:00:00:01');
  });
  await using plain = await plainTarball(sealed.path, mine);
  let said = '';
  await verifyTarball(plain.path, {
    print: (text) => {
      said += text;
    },
    onProgress: (text) => assert.match(text, /^\/proc\/\d+\/fd\/\d+: \d+ % read$/),
    checkSignature: signatureSentence,
  });
  assert.ok(said.includes(`Its code is ${sealed.code}`), said);
  const bytes = await readFile(sealed.path);
  await writeFile(join(directory.path, 'cut.age'), bytes.subarray(0, bytes.length - 20));
  await assert.rejects(plainTarball(join(directory.path, 'cut.age'), mine), { code: 'tarball-unreadable' });
});

test('what cannot be opened is told apart: another key, a damaged head, damage further on, nothing at all', async () => {
  await using directory = await temporaryDirectory('recon-age-');
  const [keys, others] = [await newAgeKeys(), await newAgeKeys()];
  const sealed = await deskTarball(directory.path, ['S-100'], { encryptTo: keys.recipient });
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('mine'), keys.identity);
  await writeFile(at('other'), others.identity);
  const bytes = await readFile(sealed.path);
  const changed = async (name: string, offset: number): Promise<string> => {
    const copy = Buffer.from(bytes);
    copy[offset] = (copy[offset] ?? 0) ^ 1;
    await writeFile(at(name), copy);
    return at(name);
  };
  await assert.rejects(plainTarball(sealed.path, at('other')), {
    code: 'identity-wrong',
    message: new RegExp(`opens what is encrypted to ${others.recipient}`),
    hint: /recon\.yaml/,
  });
  await assert.rejects(plainTarball(await changed('first.tar.gz.age', 3), at('mine')), {
    code: 'tarball-unreadable',
    message: /does not begin like a file of age/,
  });
  const mac = bytes.indexOf('\n--- ') + 8;
  await assert.rejects(plainTarball(await changed('mac.tar.gz.age', mac), at('mine')), {
    code: 'tarball-unreadable',
    message: /its beginning is damaged/,
  });
  await assert.rejects(plainTarball(await changed('later.tar.gz.age', bytes.length - 100), at('mine')), {
    code: 'tarball-unreadable',
    message: /damaged or cut off/,
    hint: /records\//,
  });
  await assert.rejects(plainTarball(at('none.tar.gz.age'), at('mine')), { code: 'tarball-unreadable', message: /no such file/ });
  await assert.rejects(plainTarball(sealed.path, at('none')), { code: 'identity-wrong', message: /none cannot be read/ });
});

test('a file is what it holds, whatever it is called, and a program that is started can read it too', async () => {
  await using directory = await temporaryDirectory('recon-age-');
  const { identity, recipient } = await newAgeKeys();
  const key = join(directory.path, 'key');
  await writeFile(key, identity);
  const renamed = join(directory.path, 'visit.tar.gz');
  await writeFile(renamed, await readFile((await deskTarball(directory.path, ['S-100'], { encryptTo: recipient })).path));
  await assert.rejects(plainTarball(renamed, undefined), { code: 'identity-wrong', hint: /--identity.*nobody can open it/ });
  await using plain = await plainTarball(renamed, key);
  assert.match(await runOk(['tar', '-tzf', plain.path], { timeoutMs: 30_000 }), /^manifest\.json$/m);
  const wrongly = join(directory.path, 'plain.tar.gz.age');
  await writeFile(wrongly, await readFile(plain.path));
  await using same = await plainTarball(wrongly, undefined);
  assert.equal(same.path, wrongly);
});

test('the program age reads what we write', async (context) => {
  if ((await run(['age', '--version'], { timeoutMs: 60_000 })).status !== 'ok') return context.skip('age is not installed');
  await using directory = await temporaryDirectory('recon-age-');
  const key = join(directory.path, 'key.txt');
  await runOk(['age-keygen', '-o', key], { timeoutMs: 60_000 });
  const recipient = (await runOk(['age-keygen', '-y', key], { timeoutMs: 60_000 })).trim();
  const sealed = await deskTarball(directory.path, ['S-100'], { encryptTo: recipient });
  const out = join(directory.path, 'out.tar.gz');
  await runOk(['age', '-d', '-i', key, '-o', out, sealed.path], { timeoutMs: 30_000 });
  await withVisits([out], { warn: assert.fail }, async ([visit]) => assert.equal(visit?.site, 'hall-3'));
});

test('a signature holds for its manifest only', () => {
  const key = newSigningKey();
  const manifest = Buffer.from('{"files":[]}');
  const signature = signatureOf(manifest, key);
  assert.deepEqual(checkSignature(manifest, signature), { outcome: 'good', code: signingCode(key) });
  assert.match(signingCode(key), /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.notEqual(signingCode(newSigningKey()), signingCode(key));
  assert.equal(checkSignature(Buffer.from('{"files":[1]}'), signature).outcome, 'wrong');
  for (const damaged of ['', '{}', signature.toString().replace(/"publicKey": "..../, '"publicKey": "')])
    assert.equal(checkSignature(manifest, Buffer.from(damaged)).outcome, 'wrong');
});
