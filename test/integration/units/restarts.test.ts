import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import {
  addBridge,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
  type NetworkNamespace,
} from '../../../src/platform/network/network-namespace.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';
import { MOUNT_PROPERTIES } from '../../../src/platform/process/unit-for-a-moment.ts';
import { type BootedUnits, bootUnits } from './booted-units.ts';

const isRoot = process.getuid?.() === 0;
const hasSystemd = (await exists('/lib/systemd/systemd')) && (await exists('/usr/lib/systemd/system/dbus.socket'));
const skip = !isRoot ? 'needs root' : hasSystemd ? false : 'there is no systemd on this host';
const SLOW = { timeoutMs: 60_000 };
/** Of a guard that listens for ten seconds, on a machine that others keep busy. */
const SERVING_LIMIT_MS = 120_000;

describe('the units of the image under systemd: a master without a stick', { skip }, () => {
  const stack = new AsyncDisposableStack();
  let units: BootedUnits;
  let peer: NetworkNamespace;

  before(async () => {
    const name = `recon-test-${process.pid}-${randomBytes(2).toString('hex')}`;
    const hub = stack.use(await createNetworkNamespace(`${name}-s`));
    const master = stack.use(await createNetworkNamespace(`${name}-m`));
    peer = stack.use(await createNetworkNamespace(`${name}-p`));
    await addBridge(hub, 'br0');
    await addCable(hub, 'br0', 'port1', master);
    await addCable(hub, 'br0', 'port2', peer);
    await addNamespaceAddress(peer, 'eth0', '10.77.255.9/16');
    units = stack.use(await bootUnits(master));
    await serving(undefined);
  });
  after(() => stack.disposeAsync());

  it('serves: the master and dnsmasq are users of their own, and nobody of root has the network', async () => {
    assert.match(await statusOf('recon-dnsmasq'), /^Uid:\s64077\s(?:.*\n)*CapBnd:\s0+3400\n/m);
    assert.match(await statusOf('recon-master'), /^Uid:\s64078\s(?:.*\n)*CapBnd:\s0+3400\n/m);
    assert.match(await statusOf('recon'), /^Uid:\s0\s(?:.*\n)*CapBnd:\s0+200003\n/m);
    const warden = await units.pidOf('recon');
    assert.equal((await units.ask(['cat', `/proc/${warden}/net/dev`])).match(/eth0/), null);
  });

  it('has the hardware of this machine read by a unit of root that ends, for the master to read', async () => {
    await until(
      async () => (await units.ask(['systemctl', 'show', '--property=ActiveState', '--value', 'recon-inventory'])) === 'inactive',
    );
    assert.equal(
      await units.ask(['stat', '--format=%u %g %a', '/run/recon/inventory', '/run/recon/inventory/hardware/capture.json']),
      '0 64075 750\n0 64075 640',
    );
    // its only card is a virtual one: what the master says of it shows that it has read the record
    assert.match(await units.said(), /inventory: this machine's own record: this machine has no network card with a MAC address/);
  });

  it('mounts for everybody: what the warden has mounted is seen by the master, with no more rights than that takes', async () => {
    await using room = await temporaryDirectory('recon-stick-');
    const image = join(room.path, 'stick.img');
    await runOk(['truncate', '--size', '16M', image], SLOW);
    await runOk(['mkfs.ext4', '-q', image], SLOW);
    const device = (await runOk(['losetup', '--find', '--show', image], SLOW)).trim();
    try {
      const number = device.replace('/dev/loop', '');
      await units.ask(['mknod', '-m', '660', '/dev/stick', 'b', '7', number]);
      await units.ask(['mkdir', '/run/recon/seen']);
      const warden = String(await units.pidOf('recon'));
      const ask = async (...argv: readonly [string, ...string[]]): Promise<string> => {
        const rights = MOUNT_PROPERTIES.map((one) => `--property=${one}`);
        const moment = ['systemd-run', '--quiet', '--wait', '--pipe', '--collect', ...rights, '--', ...argv];
        return units.ask(['nsenter', '--target', warden, '--mount', '--net', '--', 'sh', '-c', '"$@" 2>&1; echo $?', 'sh', ...moment]);
      };
      // what the unit may write is mounted there once more
      const seenBy = async (unit: string): Promise<string[]> => {
        const mounts = await units.ask(['cat', `/proc/${await units.pidOf(unit)}/mounts`]);
        return [...new Set([...mounts.matchAll(/^(\S+) \/run\/recon\/seen (\S+)/gm)].map(([, source, type]) => `${source} ${type}`))];
      };
      assert.equal(await ask('mount', '-t', 'tmpfs', '-o', 'ro,size=4k,mode=0555', 'no-stick', '/run/recon/seen'), '0');
      assert.equal(await ask('mount', '-t', 'ext4', '-o', 'rw,noatime', '/dev/stick', '/run/recon/seen'), '0');
      for (const unit of ['recon', 'recon-master']) assert.deepEqual(await seenBy(unit), ['no-stick tmpfs', '/dev/stick ext4'], unit);
      assert.equal(await ask('umount', '/run/recon/seen'), '0');
      assert.equal(await ask('umount', '--lazy', '/run/recon/seen'), '0');
      for (const unit of ['recon', 'recon-master']) assert.deepEqual(await seenBy(unit), [], unit);
      // and nothing of what it does not need
      await units.ask(['mknod', '-m', '660', '/dev/other', 'c', '1', '11']);
      assert.match(await ask('sh', '-c', 'echo no > /dev/other'), /Operation not permitted/);
      assert.notEqual(await ask('hostname', 'other'), '0');
      assert.equal(await ask('grep', '-c', 'eth0', '/proc/net/dev'), '0\n1');
    } finally {
      await runOk(['losetup', '--detach', device], SLOW);
    }
  });

  for (const [unit, others] of [
    ['recon-dnsmasq', { 'recon-master': 'stays', recon: 'stays' }],
    ['recon-master', { 'recon-dnsmasq': 'new', recon: 'stays' }],
    ['recon', { 'recon-dnsmasq': 'new', 'recon-master': 'new' }],
  ] as const) {
    it(`kill -9 ${unit}: it starts again, finds the others, and serves what it served`, async () => {
      const before = await pids();
      await units.ask(['touch', '/run/recon/ram/records/kept', '/run/recon/master/kept']);
      await units.ask(['systemctl', 'kill', '--signal=KILL', unit]);
      await serving(before[unit]);
      const now = await pids();
      assert.notEqual(now[unit], before[unit]);
      for (const [other, fate] of Object.entries(others))
        assert.equal(now[other] === before[other] ? 'stays' : 'new', fate, `${other} after kill -9 ${unit}`);
      assert.equal(
        await units.ask(['ls', '/run/recon/ram/records', '/run/recon/master/kept']).then((text) => text.match(/kept/g)?.length),
        2,
      );
    });
  }

  it('stops as a whole', async () => {
    await units.ask(['systemctl', 'stop', 'recon']);
    assert.deepEqual(await pids(), { recon: undefined, 'recon-master': undefined, 'recon-dnsmasq': undefined });
  });

  async function pids(): Promise<Record<string, number | undefined>> {
    const names = ['recon', 'recon-master', 'recon-dnsmasq'] as const;
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await units.pidOf(name)] as const)));
  }

  async function statusOf(unit: string): Promise<string> {
    return units.ask(['cat', `/proc/${await units.pidOf(unit)}/status`]);
  }

  /** dnsmasq runs, and the master answers a machine; `killed`: the process that is to be another one by then. */
  async function serving(killed: number | undefined): Promise<void> {
    await until(async () => {
      const now = Object.values(await pids());
      if (now.includes(undefined) || now.includes(killed ?? -1)) return false;
      const asked = await run(peer.inside(['curl', '--silent', '--max-time', '5', 'http://10.77.0.1/ready']), { timeoutMs: 30_000 });
      return /"ready":true/.test(asked.stdout.toString());
    });
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + SERVING_LIMIT_MS;
    while (!(await isSo())) {
      if (performance.now() > end) assert.fail(`not within ${SERVING_LIMIT_MS} ms:\n${await units.said()}`);
      await delay(500);
    }
  }
});
