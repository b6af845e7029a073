import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { certificateFaults, lifeFaults } from '../../../../src/pool/install/check/certificate-faults.ts';
import { serverCertificate } from '../../../../src/pool/public/server-certificate.ts';
import { fakeMachine } from '../fake-machine.ts';

const DAY_MS = 86_400_000;

async function rig(t: TestContext) {
  const directory = await temporaryDirectory('recon-tls-');
  t.after(() => directory[Symbol.asyncDispose]());
  const [settings, state] = [join(directory.path, 'head.yaml'), join(directory.path, 'state')];
  await mkdir(state);
  const tls = { certificate: join(directory.path, 'mine/certificate.pem'), key: join(directory.path, 'mine/key.pem') };
  const give = async (): Promise<void> => {
    await serverCertificate(join(directory.path, 'mine'), { names: ['head'] });
    await writeFile(settings, `interface: eth1\ncertificate: ${tls.certificate}\nkey: ${tls.key}\n`);
  };
  const said = async (machine = fakeMachine({}), now = new Date()): Promise<string[]> =>
    (await certificateFaults(machine, { settings, state }, now)).map(({ message, weight }) => `${weight} ${message}`);
  return { state, tls, give, said };
}

test('a server that is no head yet has no certificate, and none is missed', async (t) => {
  const { said } = await rig(t);
  assert.deepEqual(await said(), []);
});

test('the one that the head made itself, and yours: nothing to say while they are valid, and then how long', async (t) => {
  const { state, give, said } = await rig(t);
  const { endsAt } = await serverCertificate(join(state, 'tls'), { names: ['head'] });
  assert.deepEqual(await said(), []);
  const late = (days: number): Date => new Date(endsAt.getTime() - days * DAY_MS);
  assert.match((await said(undefined, late(6)))[0] ?? '', /^warns The certificate of the page: it ends on [\d-]+, in 6 days\.$/);
  await give();
  assert.deepEqual(await said(), []);
  assert.match((await said(undefined, late(-1)))[0] ?? '', /it ended on/);
});

test('yours that cannot be used: which file, and what serves meanwhile', async (t) => {
  const { tls, give, said } = await rig(t);
  await give();
  await writeFile(tls.key, 'torn');
  assert.match(
    (await said()).join(),
    /^warns The page has no certificate of yours: .*key\.pem cannot be used: there is no private key in it.*stands in\.$/,
  );
});

test('a key that root alone may read', async (t) => {
  const { tls, give, said } = await rig(t);
  await give();
  const as = 'setpriv --reuid=recon-head --regid=recon-head --init-groups test -r';
  const answers = { 'getent passwd recon-head': '', [`${as} ${tls.certificate}`]: '' };
  assert.deepEqual(await said(fakeMachine({ answers })), [`warns The head cannot read ${tls.key}: it runs as recon-head.`]);
  assert.deepEqual(await said(fakeMachine({ answers: { ...answers, [`${as} ${tls.key}`]: '' } })), []);
});

test('one that is to be installed', () => {
  const life = { beginsAt: new Date('2026-01-01'), endsAt: new Date('2026-02-01') };
  assert.deepEqual(lifeFaults(life, new Date('2026-01-02')), []);
  assert.equal(lifeFaults(life, new Date('2026-03-02'))[0]?.weight, 'warns');
});
