import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { codesOn, openSealedTarball } from '../../../src/lab/checks/sealed-tarball.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { newSigningKey, signingCode } from '../../../src/tarball/signature.ts';
import { deskTarball } from '../../desk/desk-fixture.ts';

const line = (text: string) => ({ atMs: 0, text });

test('codes are read off the console wherever the master says them', () => {
  const console = [
    'recon master: code of this visit: K7M2Q-9XWZ4',
    ' RECON 13.x.1   rehearsal             code K7M2Q-9XWZ4   2026-11-21 10:30 UTC',
    'recon master: sealed recon-x.tar.gz: 3 machines, code K7M2Q-9XWZ4',
    'recon master: recon-x.tar.gz holds 3 machines; its code is K7M2Q-9XWZ4',
    'no code at all, and a MAC 52-54-00-aa',
  ].map(line);
  assert.deepEqual(codesOn(console), ['K7M2Q-9XWZ4']);
  assert.deepEqual(codesOn([...console, line('code of this visit: AAAAA-BBBBB')]), ['K7M2Q-9XWZ4', 'AAAAA-BBBBB']);
});

test('an encrypted tarball is opened as a person does it, and its code compared with the screen', async () => {
  await using directory = await temporaryDirectory('recon-lab-');
  const [{ identity, recipient }, signingKey] = [await newAgeKeys(), newSigningKey()];
  const identityPath = join(directory.path, 'key.txt');
  await writeFile(identityPath, `${identity}\n`);
  const open = async (path: string, shown: string[], to: string) => {
    await mkdir(join(directory.path, to));
    const console = shown.map((code) => line(`code of this visit: ${code}`));
    return openSealedTarball(path, { identityPath, console, directory: join(directory.path, to) });
  };
  const sealed = await deskTarball(directory.path, ['S-100'], { signingKey, encryptTo: recipient });
  const good = await open(sealed.path, [signingCode(signingKey)], 'good');
  assert.deepEqual(good.findings, []);
  assert.equal(good.nodes.size, 1);

  const [wrong, ...others] = (await open(sealed.path, ['AAAAA-BBBBB'], 'other')).findings;
  assert.match(wrong ?? '', /shows the code AAAAA-BBBBB, and recon verify prints/);
  assert.deepEqual(others, []);
  assert.match((await open(sealed.path, [], 'none')).findings.join(), /shows the code \(none\)/);
});

test('a tarball that everybody can read is a finding', async () => {
  await using directory = await temporaryDirectory('recon-lab-');
  const [{ identity }, signingKey] = [await newAgeKeys(), newSigningKey()];
  const identityPath = join(directory.path, 'key.txt');
  await writeFile(identityPath, `${identity}\n`);
  const { path } = await deskTarball(directory.path, ['S-100'], { signingKey });
  await mkdir(join(directory.path, 'out'));
  const console = [line(`code of this visit: ${signingCode(signingKey)}`)];
  const { findings } = await openSealedTarball(path, { identityPath, console, directory: join(directory.path, 'out') });
  assert.match(findings[0] ?? '', /is not encrypted/);
  assert.match(findings[1] ?? '', /without an identity/);
  assert.equal(findings.length, 2);
});
