import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeDhcp } from '../../../src/master/guard/packets/dhcp-packet.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import {
  addBridge,
  addCable,
  createNetworkNamespace,
  macOf,
  type NetworkNamespace,
} from '../../../src/platform/network/network-namespace.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { readCapture } from '../fixtures/guarded-room.ts';
import { type BootedUnits, bootUnits, type UnitsMachine } from './booted-units.ts';

const NETWORKD = '/usr/lib/systemd/system/systemd-networkd.service';
const isRoot = process.getuid?.() === 0;
const hasSystemd =
  (await exists('/lib/systemd/systemd')) && (await exists('/usr/lib/systemd/system/dbus.socket')) && (await exists(NETWORKD));
const skip = !isRoot ? 'needs root' : hasSystemd ? false : 'there is no systemd on this host';
const OVERLAY = join(import.meta.dirname, '../../../overlay');
/** On a machine that others keep busy. */
const LIMIT_MS = 420_000;

/** Booted from a CD: a medium that is mounted, and no RECONDATA. It has a BMC. */
const FROM_CD = {
  kernelArguments: 'root=live:/dev/recon/stick rd.live.image',
  files: {
    // a medium has a device, and this one is read-only
    '/units/medium.service':
      '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStartPre=/bin/mkdir -p /run/empty\n' +
      'ExecStart=/bin/mount -t overlay /dev/sr9 -o lowerdir=/run/initramfs/live:/run/empty /run/initramfs/live\n',
    '/units/recon.service.d/medium.conf': '[Unit]\nRequires=medium.service\nAfter=medium.service\n',
    // without udev, which a read-only /sys says, it does not wait for its word on each card
    '/units/systemd-networkd.service.d/no-udev.conf':
      '[Service]\nProtectKernelTunables=yes\nStandardOutput=append:/run/said\nStandardError=inherit\n',
  },
  copies: {
    '/units/systemd-networkd.service': NETWORKD,
    '/units/systemd-networkd.service.d/recon.conf': join(OVERLAY, 'etc/systemd/system/systemd-networkd.service.d/recon.conf'),
  },
  programs: {
    ipmitool: 'case "$*" in *"mc info") exit 0 ;; *) exit 1 ;; esac',
    systemctl: 'case "$1" in poweroff) cat /run/recon/peer/receipt.json >> /run/power ;; *) exec /usr/bin/systemctl "$@" ;; esac',
    'systemd-run': 'case "$*" in *"power cut"*) exit 0 ;; *) exec /usr/bin/systemd-run "$@" ;; esac',
  },
} as const satisfies UnitsMachine;

interface Machine {
  units: BootedUnits;
  mac: string;
}

describe('two machines from the same CD, on one switch, without network boot', { skip }, () => {
  for (const [what, apartMs] of [
    ['at the same moment', 0],
    ['2 s apart', 2000],
    ['4 s apart', 4000],
  ] as const)
    it(`${what}: exactly one serves, the other is its peer, delivers its record and switches off against the receipt`, async () => {
      await using room = await twoMachines(apartMs);
      const { machines, captureFile } = room;
      const peer = await room.until(async () => {
        for (const one of machines) if ((await one.units.ask(['cat', '/run/power'])).includes('recordSha256')) return one;
        return undefined;
      });
      const master = machines.find((one) => one !== peer) ?? assert.fail();
      const record = join('/run/recon/ram/records', peer.mac.replaceAll(':', '-'), '0001/record.json');
      assert.match(await master.units.ask(['cat', record]), /"schemaVersion":1/);
      const receipt = JSON.parse(await peer.units.ask(['cat', '/run/recon/peer/receipt.json']));
      assert.equal((await master.units.ask(['sha256sum', record])).split(' ')[0], receipt.recordSha256);
      assert.equal(receipt.unleased, undefined, 'it came from the address that the master gave it');
      assert.equal(await master.units.ask(['cat', '/run/power']), '', 'the master stays on');
      assert.ok((await master.units.pidOf('recon-dnsmasq')) !== undefined);
      assert.equal(await peer.units.pidOf('recon-dnsmasq'), undefined);
      assert.equal(await peer.units.pidOf('recon-master'), undefined, 'its own master has ended');
      // its token is its user's, and nowhere on the master in the clear but in the state of tokens
      assert.equal(await peer.units.ask(['stat', '--format=%u %a', '/run/recon/peer/token']), '64076 600');
      const servers = (await readCapture(captureFile)).flatMap(({ frame: { source, payload } }) =>
        payload.kind === 'ipv4' && payload.udp !== undefined && decodeDhcp(payload.udp.payload)?.op === 'reply' ? [source] : [],
      );
      assert.deepEqual([...new Set(servers)], [master.mac], 'nobody else ever answered a DHCP client');
    });
});

/** Switched on `apartMs` after each other. */
async function twoMachines(apartMs: number) {
  await using stack = new AsyncDisposableStack();
  const { path: directory } = stack.use(await temporaryDirectory('recon-same-medium-'));
  const name = `recon-test-${process.pid}-${randomBytes(2).toString('hex')}`;
  const hub = stack.use(await createNetworkNamespace(`${name}-s`));
  const networks: NetworkNamespace[] = [
    stack.use(await createNetworkNamespace(`${name}-1`)),
    stack.use(await createNetworkNamespace(`${name}-2`)),
  ];
  await addBridge(hub, 'br0');
  for (const [at, network] of networks.entries()) await addCable(hub, 'br0', `port${at}`, network);
  const captureFile = join(directory, 'segment.pcap');
  const capture = startChild(
    hub.inside(['tcpdump', '-i', 'br0', '-n', '-U', '--immediate-mode', '-s', '1600', '-Z', 'root', '-w', captureFile, 'udp port 67']),
  );
  stack.defer(async () => void (await capture.stop()));
  const boot = async (network: NetworkNamespace): Promise<Machine> => {
    const mac = await macOf(network, 'eth0');
    const units = stack.use(await bootUnits(network, FROM_CD));
    // until its systemd runs, what is asked would meet the root and the devices of this machine
    const end = performance.now() + LIMIT_MS;
    while ((await units.pidOf('recon-master')) === undefined) {
      assert.ok(performance.now() < end, await units.said());
      await delay(200);
    }
    await units.ask(['mknod', '/dev/ipmi0', 'c', '240', '0']);
    return { units, mac };
  };
  const machines = await Promise.all(networks.map(async (network, at) => delay(at * apartMs).then(() => boot(network))));
  const all = stack.move();
  return {
    machines,
    captureFile,
    until: async <T>(find: () => Promise<T | undefined>): Promise<T> => {
      const end = performance.now() + LIMIT_MS;
      for (;;) {
        const found = await find();
        if (found !== undefined) return found;
        if (performance.now() > end) {
          const said = await Promise.all(machines.map(async ({ units, mac }) => `== ${mac}\n${await units.said()}`));
          assert.fail(`not within ${LIMIT_MS} ms:\n${said.join('\n')}`);
        }
        await delay(1000);
      }
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
