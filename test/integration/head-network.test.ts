import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import {
  addBridge,
  addBroadcastRoute,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
} from '../../src/platform/network/network-namespace.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { run } from '../../src/platform/process/command.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';
import type { DhcpAnswer } from './fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;
const NODES = "node-000: { macs: ['52:54:00:66:00:01'], address: 10.10.0.10, boot: local-disk, once: hold }\n";
const REPLACED = "node-000: { macs: ['52:54:00:66:00:01', '52:54:00:66:00:07'], address: 10.10.0.10, boot: hold }\n";
/** /sys shows the interfaces of whoever mounted it; the guard reads there which addresses are our own. */
const OWN_SYS = ['unshare', '--mount', 'sh', '-c', 'mount -t sysfs none /sys && exec "$@"', 'sh'] as const;
const PXE = { 60: 'PXEClient:Arch:00000:UNDI:002001', 93: '0x0000' };

describe('a head node on the network: the command, real dnsmasq, a DHCP client', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  const said: string[] = [];
  let [root, inPeer]: [string, (argv: readonly [string, ...string[]]) => ReturnType<typeof run>] = ['', () => Promise.reject(new Error())];
  before(async () => {
    root = stack.use(await temporaryDirectory('recon-head-')).path;
    // dnsmasq is another user, and reads its configuration and the loaders there
    await chmod(root, 0o755);
    const name = `recon-head-${process.pid}-${randomBytes(2).toString('hex')}`;
    const [hub, head, peer] = [
      stack.use(await createNetworkNamespace(`${name}-s`)),
      stack.use(await createNetworkNamespace(`${name}-h`)),
      stack.use(await createNetworkNamespace(`${name}-p`)),
    ];
    await addBridge(hub, 'br0');
    await addCable(hub, 'br0', 'port1', head);
    await addCable(hub, 'br0', 'port2', peer);
    await addNamespaceAddress(peer, 'eth0', '10.10.0.10/16');
    await addBroadcastRoute(peer, 'eth0');
    for (const folder of ['pool', 'images', 'loaders']) await mkdir(join(root, folder));
    await writeFile(join(root, 'loaders/undionly.kpxe'), 'bios loader');
    await writeFile(
      join(root, 'pool/pool.yaml'),
      'networks: { private: { interface: eth0, subnet: 10.10.0.0/16, range: 10.10.200.1-10.10.200.99, domain: cluster.internal } }\n',
    );
    await writeFile(join(root, 'pool/nodes.yaml'), NODES);
    const main = join(import.meta.dirname, '../../src/main.ts');
    const folders = ['pool', 'images', 'state', 'loaders'].flatMap((one) => [`--${one}`, join(root, one)]);
    // without them it would write this machine's own /etc and /run
    const people = ['--people-listen', 'none', '--users', join(root, 'users.yaml'), '--socket', join(root, 'head.sock')];
    const child = startChild(
      head.inside([...OWN_SYS, process.execPath, main, 'head', 'serve', '--interface', 'eth0', ...folders, ...people]),
      {
        onLine: (line) => said.push(line),
      },
    );
    stack.defer(async () => void (await child.stop()));
    inPeer = (argv) => run(peer.inside(argv), { timeoutMs: 60_000 });
    await until('serving DHCP');
  });
  after(() => stack.disposeAsync());

  async function until(words: string): Promise<void> {
    for (let time = 0; time < 600 && !said.some((line) => line.includes(words)); time += 1) await delay(100);
    assert.ok(
      said.some((line) => line.includes(words)),
      `nobody said "${words}":\n${said.join('\n')}`,
    );
  }
  /** the file is option 67 where the client asks for it, and stands in the packet's own field else (RFC 2132, 9.5) */
  const bootFile = (answer: DhcpAnswer | undefined): string =>
    Buffer.from(answer?.options['67'] ?? '', 'hex')
      .toString('latin1')
      .replace(/\0$/, '') ||
    (answer?.bootFile ?? '');
  const dhcp = async (request: object): Promise<DhcpAnswer[]> => {
    const client = join(import.meta.dirname, 'fixtures/dhcp-client.ts');
    return JSON.parse((await inPeer([process.execPath, client, JSON.stringify(request)])).stdout.toString('utf8'));
  };
  const take = async (mac: string, address: string, options: object = {}): Promise<DhcpAnswer | undefined> => {
    const hex = `0x${address
      .split('.')
      .map((byte) => Number(byte).toString(16).padStart(2, '0'))
      .join('')}`;
    return (await dhcp({ mac, messageType: 3, options: { ...options, 50: hex, 54: '0x0a0a0001' } }))[0];
  };
  const get = async (path: string): Promise<string> =>
    (await inPeer(['curl', '-sS', '-m', '20', `http://10.10.0.1${path}`])).stdout.toString('utf8');

  it('runs dnsmasq as a user of its own, with what DHCP needs and nothing else', async () => {
    // it writes its number, gives up its rights, and goes on to serve, each in its own time
    const asUser = async (): Promise<string | undefined> => {
      const pid = (await readFile(join(root, 'state/dnsmasq.pid'), 'utf8').catch(() => '')).trim();
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return /^Uid:\t64077\t64077\t64077/m.test(status) ? status : undefined;
    };
    const status = (await waitFor(asUser, { timeoutMs: 60_000, pauseMs: 100 })) ?? 'no dnsmasq of the user 64077';
    // NET_BIND_SERVICE 10, NET_ADMIN 12, NET_RAW 13 (linux/capability.h)
    assert.match(status, /^CapBnd:\t0000000000003400$/m);
  });
  it('gives a node its address, its loader and its domain, whatever its vendor class', async () => {
    const [offer] = await dhcp({ mac: '52:54:00:66:00:01', options: PXE });
    assert.deepEqual([offer?.address, bootFile(offer), offer?.options['3']], ['10.10.0.10', 'undionly.kpxe', undefined]);
    const [linux] = await dhcp({ mac: '52:54:00:66:00:01', options: { 60: 'systemd:255' } });
    assert.equal(linux?.address, '10.10.0.10');
    assert.equal((await take('52:54:00:66:00:01', '10.10.0.10'))?.address, '10.10.0.10');
  });
  it('ignores a machine that is no node, unless it boots from the network', async () => {
    assert.deepEqual(await dhcp({ mac: '52:54:00:66:00:99', options: { 60: 'MSFT 5.0' }, waitMs: 1000 }), []);
    assert.match((await dhcp({ mac: '52:54:00:66:00:99', options: PXE }))[0]?.address ?? '', /^10\.10\.200\./);
  });
  it('knows the name forwards and backwards, and its own', async () => {
    const ask = async (...words: string[]): Promise<string> => {
      const code = `const d = require('node:dns'); d.setServers(['10.10.0.1']); d.promises.${words[0]}('${words[1]}').then((a) => console.log(a.join()), (e) => console.log(e.code))`;
      return (await inPeer([process.execPath, '-e', code])).stdout.toString('utf8').trim();
    };
    assert.equal(await ask('resolve4', 'node-000.cluster.internal'), '10.10.0.10');
    assert.equal(await ask('reverse', '10.10.0.10'), 'node-000.cluster.internal');
    assert.equal(await ask('resolve4', 'bang'), '10.10.0.1');
  });
  it('gives the script of the one-shot', async () => assert.match(await get('/boot/52-54-00-66-00-01'), /node-000 is held/));
  it('goes on with the last good revision while a file is broken, and says where', async () => {
    await writeFile(join(root, 'pool/nodes.yaml'), `${NODES}node-001: { mac: x }\n`);
    await until('nodes.yaml line 2');
    assert.match(await get('/boot/52-54-00-66-00-01'), /^#!ipxe/);
  });
  it('gives a replaced card the address at once', async () => {
    await writeFile(join(root, 'pool/nodes.yaml'), REPLACED);
    await until('revision 2 of the pool serves');
    const file = join(root, 'state/dnsmasq-hosts/node-000');
    for (let time = 0; time < 100 && !(await readFile(file, 'utf8')).includes('00:07'); time += 1) await delay(100);
    await delay(500);
    const [offer] = await dhcp({ mac: '52:54:00:66:00:07', options: PXE });
    assert.equal(offer?.address, '10.10.0.10');
    assert.equal((await take('52:54:00:66:00:07', '10.10.0.10', PXE))?.address, '10.10.0.10');
    assert.match(await get('/boot/525400660007'), /node-000 is held/);
  });
});
