import assert from 'node:assert/strict';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { checkTree } from '../../../../src/pool/image/check/check-tree.ts';

const RELEASE = '6.12.117+deb13-amd64';
const MODULES = `usr/lib/modules/${RELEASE}`;
const NIC = `${MODULES}/kernel/drivers/net/ethernet/intel/e1000.ko`;
// in pieces, so that no scanner takes this file for what it tests
const KEY = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ');

async function put(root: string, path: string, content: string | Buffer = '', mode = 0o644): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
  await chmod(join(root, path), mode);
}

const module = (release: string): Buffer =>
  Buffer.from(`\x7fELF\0license=GPL\0vermagic=${release} SMP preempt mod_unload modversions \0more\0`);

async function goodTree(root: string): Promise<void> {
  await put(root, 'usr/lib/systemd/systemd', '#!', 0o755);
  await mkdir(join(root, 'usr/sbin'));
  await symlink('../lib/systemd/systemd', join(root, 'usr/sbin/init'));
  await symlink('usr/sbin', join(root, 'sbin'));
  await put(root, NIC, module(RELEASE));
  await put(root, `${MODULES}/modules.dep`, 'kernel/drivers/net/ethernet/intel/e1000.ko:\n');
  await put(root, 'etc/machine-id');
  // folders that a packager wants to be there
  await mkdir(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  await put(root, 'var/cache/apt/archives/lock');
  await put(root, 'etc/shadow', 'root:*:20000:0:99999:7:::\n');
  await put(root, 'etc/fstab', 'tmpfs /tmp tmpfs defaults 0 0\nhead:/home /home nfs defaults 0 0\n');
  await put(root, 'usr/bin/su', '', 0o4755);
  await put(root, 'var/lib/dpkg/info/util-linux.list', '/.\n/bin/su\n');
  await symlink('/run/systemd/resolve/stub-resolv.conf', join(root, 'etc/resolv.conf'));
}

const ROWS: readonly (readonly [what: string, code: string, words: RegExp, spoil: (root: string) => Promise<unknown>])[] = [
  [
    'modules of another kernel only',
    'modules-missing',
    /root has modules of 6\.1 only/,
    async (root) => {
      await rm(join(root, MODULES), { recursive: true });
      await put(root, 'usr/lib/modules/6.1/modules.dep');
    },
  ],
  ['no modules', 'modules-missing', /no modules at all/, (root) => rm(join(root, 'usr/lib/modules'), { recursive: true })],
  [
    'a variant beside it',
    'modules-variant',
    /6\.12\.117\+deb13-cloud-amd64/,
    (root) => put(root, 'usr/lib/modules/6.12.117+deb13-cloud-amd64/modules.dep'),
  ],
  ['one for finding faults beside it', 'modules-variant', /\+debug/, (root) => put(root, `usr/lib/modules/${RELEASE}+debug/modules.dep`)],
  ['no modules.dep', 'modules-unlisted', /has no modules\.dep/, (root) => rm(join(root, MODULES, 'modules.dep'))],
  [
    'a module of another kernel',
    'vermagic',
    /e1000\.ko \(6\.12\.117\+deb13-cloud-amd64\)/,
    (root) => put(root, NIC, module('6.12.117+deb13-cloud-amd64')),
  ],
  ['the same, packed', 'vermagic', /bad\.ko\.gz/, (root) => put(root, `${MODULES}/kernel/fs/bad.ko.gz`, gzipSync(module('6.1.0')))],
  ['no network driver', 'no-network-driver', /driver of any Ethernet card/, (root) => rm(join(root, NIC))],
  ['init that leads nowhere', 'init', /leads nowhere/, (root) => rm(join(root, 'usr/lib/systemd/systemd'))],
  ['init that is no program', 'init', /is no program/, (root) => chmod(join(root, 'usr/lib/systemd/systemd'), 0o644)],
  ['setuid of nobody', 'setuid', /no package owns \/usr\/local\/bin\/mine/, (root) => put(root, 'usr/local/bin/mine', '', 0o4755)],
  ['setgid of nobody', 'setuid', /no package owns \/opt\/mine/, (root) => put(root, 'opt/mine', '', 0o2755)],
  [
    'a private key',
    'secret',
    /\/root\/\.ssh\/id_ed25519 holds a private key/,
    (root) => put(root, 'root/.ssh/id_ed25519', `${KEY}\nb3Bl\n`),
  ],
  ['a .netrc', 'secret', /\/home\/ada\/\.netrc holds passwords/, (root) => put(root, 'home/ada/.netrc', 'machine a login b password c')],
  ['a keytab', 'secret', /Kerberos/, (root) => put(root, 'etc/krb5.keytab')],
  ['a token', 'secret', /code hosting/, (root) => put(root, 'etc/app.conf', `token=${['ghp', 'a'.repeat(36)].join('_')}`)],
  ['ssh host keys', 'ssh-host-key', /one identity/, (root) => put(root, 'etc/ssh/ssh_host_ed25519_key', KEY)],
  ['a machine-id', 'machine-id', /0123abcd/, (root) => put(root, 'etc/machine-id', '0123abcd\n')],
  [
    "the builder's resolver",
    'resolver',
    /192\.0\.2\.53/,
    async (root) => {
      await rm(join(root, 'etc/resolv.conf'));
      await put(root, 'etc/resolv.conf', 'nameserver 192.0.2.53\n');
    },
  ],
  [
    "apt's lists",
    'package-lists',
    /\/var\/lib\/apt\/lists holds/,
    (root) => put(root, 'var/lib/apt/lists/deb.example_dists_trixie_InRelease'),
  ],
  ['packages that were fetched', 'package-lists', /\/apt\/archives holds/, (root) => put(root, 'var/cache/apt/archives/a_1_amd64.deb')],
  ["dnf's lists", 'package-lists', /\/var\/cache\/dnf holds/, (root) => put(root, 'var/cache/dnf/baseos.solv')],
  ['a root password', 'root-password', /hash can be read/, (root) => put(root, 'etc/shadow', 'root:$y$j9T$abc:20000:0:99999:7:::\n')],
  ['no root password', 'no-root-password', /no password at all/, (root) => put(root, 'etc/shadow', 'root::20000:0:99999:7:::\n')],
  [
    "the builder's disks",
    'fstab',
    /UUID=1234, \/dev\/sda2/,
    (root) => put(root, 'etc/fstab', '# UUID=9\nUUID=1234 / ext4 defaults 0 1\n/dev/sda2 none swap sw 0 0\n'),
  ],
];

test('nothing is wrong with a tree as it should be', async () => {
  await using root = await temporaryDirectory('recon-tree-');
  await goodTree(root.path);
  assert.deepEqual(await checkTree(root.path, RELEASE), []);
});

for (const [what, code, words, spoil] of ROWS) {
  test(`${what}: its own sentence, and nothing else`, async () => {
    await using root = await temporaryDirectory('recon-tree-');
    await goodTree(root.path);
    await spoil(root.path);
    const faults = await checkTree(root.path, RELEASE);
    assert.deepEqual(
      faults.map((fault) => fault.code),
      [code],
    );
    assert.match(faults[0]?.message ?? '', words);
    assert.ok((faults[0]?.hint ?? '').length > 10);
  });
}

test('keys that packages ship below /usr open nothing, and a driver may be built in', async () => {
  await using root = await temporaryDirectory('recon-tree-');
  await goodTree(root.path);
  await put(root.path, 'usr/share/doc/openssl/demo.pem', KEY);
  await rm(join(root.path, NIC));
  await put(root.path, `${MODULES}/modules.builtin`, 'kernel/drivers/net/virtio_net.ko\n');
  assert.deepEqual(await checkTree(root.path, RELEASE), []);
});
