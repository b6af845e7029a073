import assert from 'node:assert/strict';
import test from 'node:test';
import { EARLY_NEIGHBOURS } from '../../../src/domain/capture.ts';
import { linksSettled, outerPorts } from '../../../src/peer/capture/links-settled.ts';
import { waitForNeighbours } from '../../../src/peer/capture/lldp-wait.ts';
import { portsUpSince } from '../../../src/peer/capture/ports-up-since.ts';
import type { RootedFiles } from '../../../src/platform/files/rooted-files.ts';
import type { Argv, CommandResult } from '../../../src/platform/process/command.ts';

interface Room {
  /** systemd's word on lldpd */
  agent?: string;
  /** seconds since boot at our time zero */
  uptimeSeconds?: number;
  carriers?: Record<string, string>;
  links?: Record<string, string>;
  /** what the initrd has heard, by port */
  early?: readonly string[];
  commandLine?: string;
  /** neighbours that lldpctl knows from a time on */
  heardAtMs?: Record<string, number>;
}

const ACTIVE = 'ActiveState=active\nActiveEnterTimestampMonotonic=5000000\n';

function room({ agent = ACTIVE, uptimeSeconds = 5, carriers = {}, links = {}, heardAtMs = {}, early = [], commandLine = '' }: Room) {
  let clockMs = 0;
  const files: RootedFiles = {
    read: async (path) => {
      if (path === 'proc/uptime') return Buffer.from(`${uptimeSeconds} 1.0\n`);
      if (path === 'proc/cmdline') return Buffer.from(`${commandLine}\n`);
      if (path === EARLY_NEIGHBOURS) return early.length === 0 ? undefined : Buffer.from(networkctlText(early));
      const text = carriers[/^sys\/class\/net\/(.+)\/carrier$/.exec(path)?.[1] ?? ''];
      return text === undefined ? undefined : Buffer.from(text);
    },
    list: async () => [],
    resolve: async (path) => links[path],
  };
  const run = async (argv: Argv): Promise<CommandResult> => {
    const heard = Object.entries(heardAtMs).filter(([, atMs]) => clockMs >= atMs);
    const lldp = { lldp: { interface: heard.map(([name]) => ({ [name]: { chassis: { id: { type: 'mac', value: name } } } })) } };
    const stdout = Buffer.from(argv[0] === 'systemctl' ? agent : JSON.stringify(lldp));
    return { argv, status: 'ok', exitCode: 0, signal: undefined, stdout, stderr: Buffer.alloc(0), durationMs: 1 };
  };
  const sleep = async (durationMs: number): Promise<void> => {
    clockMs += durationMs;
  };
  return { files, run, sinceMs: 0, nowMs: () => clockMs, sleep };
}

/** As networkctl of systemd 257 prints it. */
function networkctlText(ports: readonly string[]): string {
  const neighbour = { ChassisID: '02:00:00:00:00:01', RawChassisID: [2, 0, 0, 0, 0, 1], PortID: 'ge-0/0/1', RawPortID: [103] };
  return JSON.stringify({ Neighbors: ports.map((name, at) => ({ InterfaceIndex: at + 2, InterfaceName: name, Neighbors: [neighbour] })) });
}

const waited = async (facts: Room, ports: string[]): Promise<number> => {
  const wait = room(facts);
  await waitForNeighbours({ ...wait, ports });
  return wait.nowMs();
};

test('35 s from when the agent began to listen, and no longer', async () => {
  assert.equal(await waited({ carriers: { eth0: '1\n' } }, ['eth0']), 35_000);
  // it listens for 20 s, but the ports were switched on just now
  assert.equal(await waited({ carriers: { eth0: '1\n' }, uptimeSeconds: 25 }, ['eth0']), 35_000);
  const long = room({ carriers: { eth0: '1\n' }, uptimeSeconds: 65 });
  await waitForNeighbours({ ...long, sinceMs: -30_000, ports: ['eth0'] });
  assert.equal(long.nowMs(), 5000);
});

test('it ends when every port with a link was heard; one without a link is not waited for', async () => {
  const carriers = { eth0: '1\n', eth1: '1\n', eth2: '0\n' };
  assert.equal(await waited({ carriers, heardAtMs: { eth0: 0, eth1: 7000 } }, ['eth0', 'eth1', 'eth2', 'eth3']), 7000);
  assert.equal(await waited({ carriers: { eth2: '0\n' } }, ['eth2']), 0);
});

test('where the initrd has heard a switch, or nobody on the segment hears any, lldpd has 7 s', async () => {
  const carriers = { eth0: '1\n', eth1: '1\n' };
  assert.equal(await waited({ carriers, early: ['eth0', 'eth1'] }, ['eth0', 'eth1']), 7000);
  // eth1 may yet be heard
  assert.equal(await waited({ carriers, early: ['eth0'] }, ['eth0', 'eth1']), 35_000);
  assert.equal(await waited({ carriers, early: ['eth0'], heardAtMs: { eth1: 20_000 } }, ['eth0', 'eth1']), 20_000);
  assert.equal(await waited({ carriers, commandLine: 'root=live:x recon.lldp=quiet console=tty0' }, ['eth0', 'eth1']), 7000);
  assert.equal(await waited({ carriers, commandLine: 'recon.lldp=quiet', heardAtMs: { eth0: 0, eth1: 2000 } }, ['eth0', 'eth1']), 2000);
  // listening for long enough already
  const long = room({ carriers, early: ['eth0', 'eth1'], uptimeSeconds: 65 });
  await waitForNeighbours({ ...long, sinceMs: -60_000, ports: ['eth0', 'eth1'] });
  assert.equal(long.nowMs(), 0);
});

test('ports that the initrd has switched on are on since then, and others since now', async () => {
  const files = (texts: Record<string, string>): RootedFiles => ({
    read: async (path) => (texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    list: async () => [],
    resolve: async () => undefined,
  });
  const texts = { 'proc/uptime': '40.5 30.0\n', 'run/recon/early-ports': '10.50\neth0\neth1\n' };
  assert.equal(await portsUpSince(files(texts), ['eth0', 'eth1'], 1000), 1000 - 30_000);
  assert.equal(await portsUpSince(files(texts), ['eth0', 'eth2'], 1000), 1000, 'one of them came later');
  assert.equal(await portsUpSince(files({ 'proc/uptime': '40.5 30.0\n' }), ['eth0'], 1000), 1000, 'not a peer');
  assert.equal(await portsUpSince(files({ 'run/recon/early-ports': '\n' }), ['eth0'], 1000), 1000);
});

test('without an agent there is nothing to wait for', async () => {
  for (const agent of ['', 'ActiveState=failed\nActiveEnterTimestampMonotonic=5\n', 'ActiveState=active\n'])
    assert.equal(await waited({ agent, carriers: { eth0: '1\n' } }, ['eth0']), 0);
});

test('links have 10 s to come up', async () => {
  const settled = async (carriers: Record<string, string>, ports: string[]): Promise<number> => {
    const wait = room({ carriers });
    await linksSettled(wait.files, ports, wait);
    return wait.nowMs();
  };
  assert.equal(await settled({ eth0: '1\n', eth1: '1\n' }, ['eth0', 'eth1']), 0);
  assert.equal(await settled({ eth0: '1\n', eth1: '0\n' }, ['eth0', 'eth1']), 10_000);
  assert.equal(await settled({}, []), 0);
});

test('the link to the BMC and virtual functions have no switch', async () => {
  const links = {
    'sys/class/net/eth0': 'sys/devices/pci0000:00/0000:00:03.0/net/eth0',
    'sys/class/net/usb0': 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/net/usb0',
    'sys/class/net/eth0v0': 'sys/devices/pci0000:00/0000:00:03.1/net/eth0v0',
    'sys/class/net/eth0v0/device/physfn': 'sys/devices/pci0000:00/0000:00:03.0',
  };
  assert.deepEqual(await outerPorts(room({ links }).files, ['eth0', 'usb0', 'eth0v0']), ['eth0']);
});
