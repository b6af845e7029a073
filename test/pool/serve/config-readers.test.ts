import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { run } from '../../../src/platform/process/command.ts';
import { type MachinesFixture, machinesFixture, NODE } from './machines-fixture.ts';

const IMAGE_FILES = join(import.meta.dirname, '../../../recipes/images/every-root/files');

/** What the head sends, unpacked by tar as the ramdisk does it. @returns the node's root */
async function rootOf(head: MachinesFixture, profile: string): Promise<string> {
  head.setPool({ 'profiles/compute.yaml': `kind: compute\nimage: compute-debian-13\n${profile}` });
  await head.ask(`${NODE.path}/boot.ipxe`);
  const { body } = await head.ask(`${NODE.path}/token.cpio`);
  const token = /recon-token\0+([0-9a-f]{64})/.exec(body)?.[1] ?? '';
  const { bytes, status } = await head.ask(`${NODE.path}/config.tar`, { headers: { [TOKEN_HEADER]: token } });
  assert.equal(status, 200);
  const root = join(head.root, 'node');
  await mkdir(root);
  await writeFile(join(head.root, 'config.tar'), bytes);
  assert.equal((await run(['tar', '-x', '-f', join(head.root, 'config.tar'), '-C', root], { timeoutMs: 60_000 })).status, 'ok');
  return root;
}

/** Runs a reader of the image by the shell of this host, with programs in front of those of the host. */
async function readBy(reader: string, root: string, environment: Record<string, string>, words: string[] = []) {
  return run(['sh', join(IMAGE_FILES, reader), ...words], {
    timeoutMs: 60_000,
    environment: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, ...environment },
  });
}

async function program(root: string, name: string, text: string): Promise<void> {
  await mkdir(join(root, 'bin'), { recursive: true });
  await writeFile(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
  await chmod(join(root, 'bin', name), 0o755);
}

test('the script that config.tar brings is one that the image runs', async () => {
  await using head = await machinesFixture();
  await writeFile(join(head.root, 'files/site.sh'), '#!/bin/sh\necho "ran $0"\n');
  const root = await rootOf(head, 'firstBoot: { script: files/site.sh }\n');
  const conf = join(root, 'etc/recon/first-boot.conf');
  // the root of this host is not that of the node
  await writeFile(conf, (await readFile(conf, 'utf8')).replace('script /', `script ${root}/`));
  const result = await readBy('usr/lib/recon/pool/first-boot', root, { RECON_FIRST_BOOT: conf });
  assert.deepEqual([result.status, result.stdout.toString()], ['ok', `ran ${root}/etc/recon/first-boot.d/site.sh`]);
});

test('Ansible and Puppet are called as the profile says, also with a URL that is odd', async () => {
  for (const [profile, call] of [
    [
      "firstBoot: { ansiblePull: 'https://git.lab/a b.git?x=1&y=$(id)' }",
      '--url https://git.lab/a%20b.git?x=1&y=$(id) --inventory localhost, local.yml',
    ],
    [
      'firstBoot: { puppet: puppet.cluster.internal }',
      'agent --onetime --no-daemonize --verbose --detailed-exitcodes --waitforcert 60 --server puppet.cluster.internal',
    ],
  ] as const) {
    await using head = await machinesFixture();
    const root = await rootOf(head, `${profile}\n`);
    for (const name of ['ansible-pull', 'puppet']) await program(root, name, 'echo "$@"');
    const result = await readBy('usr/lib/recon/pool/first-boot', root, { RECON_FIRST_BOOT: join(root, 'etc/recon/first-boot.conf') });
    assert.deepEqual([result.status, result.stdout.toString()], ['ok', call]);
  }
});

test('what persists is a mount of the address by which the node reached the head, and of its own folder', async () => {
  await using head = await machinesFixture();
  const own = `\${${'node.name'}}`;
  const root = await rootOf(
    head,
    `persist: [{ path: /var/lib/puppet/ssl, from: 'nfs:head:/persist/${own}/puppet' }, { path: /home, from: 'nfs:nas.lab:/home' }]\n`,
  );
  // as systemd's own, for paths without letters that it would escape
  await program(root, 'systemd-escape', 'for path; do :; done; echo "$path.mount" | sed "s,^/,,; s,/,-,g"');
  const units = join(root, 'units');
  await mkdir(units);
  const result = await readBy('usr/lib/systemd/system-generators/recon-persist', root, { RECON_PERSIST: join(root, 'etc/recon/persist') }, [
    units,
  ]);
  assert.equal(result.status, 'ok', result.stderr.toString());
  assert.match(
    await readFile(join(units, 'var-lib-puppet-ssl.mount'), 'utf8'),
    /What=127\.0\.0\.1:\/persist\/node-000\/puppet\nWhere=\/var\/lib\/puppet\/ssl\n/,
  );
  assert.match(await readFile(join(units, 'home.mount'), 'utf8'), /What=nas\.lab:\/home\nWhere=\/home\nType=nfs\n/);
});

test('the session key of config.tar is one by which the node gives signs of life', async () => {
  await using head = await machinesFixture();
  const root = await rootOf(head, '');
  const key = join(root, 'run/recon/session');
  assert.equal((await stat(key)).mode & 0o777, 0o600);
  const headers = { [TOKEN_HEADER]: (await readFile(key, 'utf8')).trim() };
  assert.equal((await head.ask(`${NODE.path}/alive`, { method: 'POST', headers, body: {} })).status, 204);
});
