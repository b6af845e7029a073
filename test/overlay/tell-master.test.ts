import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';
import { appFixture } from '../master/app-fixture.ts';

const SCRIPT = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d/99recon/tell-master.sh');
const MAC = '52:54:00:00:00:01';
/** Of a boot of the master that is over: nobody knows it any more. */
const FORGOTTEN = 'ab'.repeat(32);

/** The initrd of a machine that holds `token`, on the same machine as the master's real application. */
async function initrd(token: string) {
  const fixture = await appFixture();
  const { app, deps, root } = fixture;
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const tokenFile = join(root, 'recon-token');
  await writeFile(tokenFile, token);
  const shell = `
    getarg() { [ "$1" != BOOTIF= ] || echo 01-${MAC.replaceAll(':', '-')}; }
    . "${SCRIPT}"
    recon_token_file="${tokenFile}"
    recon_small_capture() { printf '{"path":"fs/proc/version","base64":"eA=="}\\n'; }
`;
  return {
    deps,
    tokenFile,
    does: (words: string) => run(['sh', '-c', `${shell}${words.replaceAll('BASE', base)}`], { timeoutMs: 60_000 }),
    told: () => deps.ledger.machine(MAC)?.detail,
    [Symbol.asyncDispose]: fixture[Symbol.asyncDispose],
  };
}

test('the initrd tells with the token that it came with, and keeps it', async () => {
  await using one = await initrd('');
  const token = await one.deps.tokens.mint(MAC, '127.0.0.1');
  await writeFile(one.tokenFile, token);
  assert.equal((await one.does('recon_tell BASE "initrd is up"')).status, 'ok');
  assert.equal(one.told(), 'initrd is up');
  assert.equal(await readFile(one.tokenFile, 'utf8'), token);
});

test('a token that the master has forgotten is asked for anew, and the same thing is told with it', async () => {
  await using one = await initrd(FORGOTTEN);
  assert.equal((await one.does('recon_tell BASE "initrd is up"')).status, 'ok');
  assert.equal(one.told(), 'initrd is up');
  const token = await readFile(one.tokenFile, 'utf8');
  assert.equal(one.deps.tokens.find(MAC, token)?.mac, MAC);
  assert.equal((await stat(one.tokenFile)).mode & 0o777, 0o600);
});

test('what little can be read of a machine with too little RAM comes with a new token as well', async () => {
  await using one = await initrd(FORGOTTEN);
  const sent = await one.does('recon_send_capture BASE');
  assert.equal(sent.status, 'ok', sent.stderr.toString());
  assert.deepEqual([...((await one.deps.partial.filesOf(MAC))?.keys() ?? [])], ['fs/proc/version']);
});

test('who is given no new token keeps the old one, and nothing fails with it', async () => {
  await using one = await initrd(FORGOTTEN);
  await one.deps.leases.add('52:54:00:00:00:02', '127.0.0.1');
  assert.equal((await one.does('recon_tell BASE "initrd is up"')).status, 'ok');
  assert.equal(await readFile(one.tokenFile, 'utf8'), FORGOTTEN);
  assert.notEqual((await one.does('recon_send_capture BASE')).status, 'ok');
  assert.equal(one.told(), undefined);
});
