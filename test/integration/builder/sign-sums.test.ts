import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { kindOf, type Signer, signerSetting, signSums, verifyWords } from '../../../src/builder/sign-sums.ts';
import { readOrUndefined, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const TIMEOUT = { timeoutMs: 60_000 };

for (const kind of ['ssh', 'minisign'] as const) {
  for (const passphrase of ['', 'a phrase with "quotes" and $HOME']) {
    test(`${kind}, ${passphrase === '' ? 'open' : 'locked'} key: signed, verified by the words that the build says, and not when a byte is other`, async () => {
      await using directory = await temporaryDirectory('recon-sums-');
      const keyPath = await makeKey(directory.path, kind, passphrase);
      const signer = await signerSetting({ SIGN_KEY: keyPath, SIGN_PASSPHRASE: passphrase });
      assert.deepEqual(signer, { kind, keyPath, passphrase });
      await writeFile(join(directory.path, 'linux'), 'a kernel');
      await runOk(['sh', '-c', 'cd "$1" && sha256sum linux > SHA256SUMS', 'sh', directory.path], TIMEOUT);
      assert.equal(await signSums(directory.path, signer), kind === 'ssh' ? 'SHA256SUMS.sig' : 'SHA256SUMS.minisig');
      assert.equal((await verify(directory.path, signer)).status, 'ok');
      await writeFile(join(directory.path, 'linux'), 'another');
      assert.equal((await verify(directory.path, signer)).status, 'failed');
      await runOk(['sh', '-c', 'cd "$1" && sha256sum linux > SHA256SUMS', 'sh', directory.path], TIMEOUT);
      assert.equal((await verify(directory.path, signer)).status, 'failed');
      // whoever builds without a key leaves no signature of other sums
      await signSums(directory.path, undefined);
      assert.deepEqual(
        (await readdir(directory.path)).filter((name) => /sig$/.test(name)),
        [],
      );
    });
  }

  test(`${kind}: a locked key without its passphrase, and with a wrong one`, async () => {
    await using directory = await temporaryDirectory('recon-sums-');
    const SIGN_KEY = await makeKey(directory.path, kind, 'right');
    await assert.rejects(signerSetting({ SIGN_KEY }), { code: 'usage', message: `SIGN_KEY=${SIGN_KEY} is locked with a passphrase` });
    await assert.rejects(signerSetting({ SIGN_KEY, SIGN_PASSPHRASE: 'wrong' }), {
      code: 'usage',
      message: `SIGN_PASSPHRASE= does not open ${SIGN_KEY}`,
    });
  });
}

test('what is no key, half a key, or not there', async () => {
  await using directory = await temporaryDirectory('recon-sums-');
  const SIGN_KEY = join(directory.path, 'key');
  await assert.rejects(signerSetting({ SIGN_KEY }), { code: 'usage', message: /there is no such file/ });
  for (const text of ['', 'no key', 'untrusted comment: minisign public key\nRWT6Fa2oNJ6riWvZzx8A/+tskc3/9IZ7VW4g7OtfoeX2Z41T8k4pFQZi\n']) {
    await writeFile(SIGN_KEY, text);
    await assert.rejects(signerSetting({ SIGN_KEY }), {
      code: 'usage',
      message: `SIGN_KEY=${SIGN_KEY} is no secret key of minisign or ssh-keygen`,
    });
  }
  await writeFile(SIGN_KEY, '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n', { mode: 0o600 });
  await assert.rejects(signerSetting({ SIGN_KEY }), { code: 'usage' });
  assert.equal(await signerSetting({}), undefined);
  assert.equal(await signerSetting({ SIGN_KEY: '' }), undefined);
});

test('keys are told by how they begin', () => {
  assert.equal(kindOf('-----BEGIN RSA PRIVATE KEY-----\n'), 'ssh');
  assert.equal(kindOf('ssh-ed25519 AAAAC3Nz me@here\n'), 'ssh');
  assert.equal(kindOf('-----BEGIN CERTIFICATE-----\n'), undefined);
});

async function makeKey(directory: string, kind: Signer['kind'], passphrase: string): Promise<string> {
  const path = join(directory, 'recon.key');
  if (kind === 'ssh') {
    await runOk(['ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-f', path], TIMEOUT);
    const own = (await readOrUndefined(`${path}.pub`))?.toString() ?? '';
    await writeFile(join(directory, 'allowed_signers'), `recon ${own}`);
    return path;
  }
  const how = passphrase === '' ? ['-W'] : [];
  await runOk(['minisign', '-G', ...how, '-p', join(directory, 'recon.pub'), '-s', path], {
    ...TIMEOUT,
    input: `${passphrase}\n${passphrase}\n`,
  });
  return path;
}

async function verify(directory: string, signer: Signer): ReturnType<typeof run> {
  return run(['sh', '-c', verifyWords(signer)], { ...TIMEOUT, cwd: directory });
}
