import assert from 'node:assert/strict';
import test from 'node:test';
import { linksSettled, outerPorts } from '../../../src/peer/capture/links-settled.ts';
import { waitForNeighbours } from '../../../src/peer/capture/lldp-wait.ts';
import type { RootedFiles } from '../../../src/platform/files/rooted-files.ts';
import type { Argv, CommandResult } from '../../../src/platform/process/command.ts';

interface Room {
  /** systemd's word on lldpd */
  agent?: string;
  /** seconds since boot at our time zero */
  uptimeSeconds?: number;
  carriers?: Record<string, string>;
  links?: Record<string, string>;
  /** neighbours that lldpctl knows from a time on */
  heardAtMs?: Record<string, number>;
}

const ACTIVE = 'ActiveState=active\nActiveEnterTimestampMonotonic=5000000\n';

function room({ agent = ACTIVE, uptimeSeconds = 5, carriers = {}, links = {}, heardAtMs = {} }: Room) {
  let clockMs = 0;
  const files: RootedFiles = {
    read: async (path) => {
      if (path === 'proc/uptime') return Buffer.from(`${uptimeSeconds} 1.0\n`);
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
  assert.equal(await waited({ carriers, heardAtMs: { eth0: 0, eth1: 7000 } }, ['eth0', 'eth1', 'eth2', 'eth3']), 8000);
  assert.equal(await waited({ carriers: { eth2: '0\n' } }, ['eth2']), 0);
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
