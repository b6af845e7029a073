import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { InterfaceFacts } from '../../../../src/platform/network/interfaces.ts';
import { faultsText } from '../../../../src/pool/install/check/faults-text.ts';
import { firewallFaults } from '../../../../src/pool/install/check/firewall-faults.ts';
import { interfaceFaults } from '../../../../src/pool/install/check/interface-faults.ts';
import { interfaceManagers, managerFaults } from '../../../../src/pool/install/check/interface-managers.ts';
import { loaderFaults } from '../../../../src/pool/install/check/loader-faults.ts';
import { type HeadPorts, parseListeners, portFaults } from '../../../../src/pool/install/check/port-faults.ts';
import { clockFaults, roomFaults, unsetClock } from '../../../../src/pool/install/check/room-faults.ts';
import { missingPackages, softwareFaults } from '../../../../src/pool/install/check/software-faults.ts';
import { headPackages } from '../../../../src/pool/install/text/packages.ts';
import { FILE_HEAD } from '../../../../src/pool/install/text/places.ts';
import { fakeMachine } from '../fake-machine.ts';

const ETH1: InterfaceFacts = {
  ...{ name: 'eth1', index: 3, mac: '52:54:00:00:00:01', hasCarrier: true, carrierChanges: 1, isEthernet: true, isPhysical: true },
  ...{ master: undefined, driver: 'virtio_net', addresses: [], hasDefaultRoute: false },
};
const ipv4 = (address: string, prefixLength: number, dynamic = false): InterfaceFacts['addresses'][number] => ({
  ...{ family: 'ipv4', address, prefixLength, scope: 'global', dynamic },
});
const ETH0: InterfaceFacts = { ...ETH1, name: 'eth0', index: 2, addresses: [ipv4('192.0.2.10', 24, true)], hasDefaultRoute: true };
const SIDES = { private: 'eth1', public: 'eth0', subnet: '10.10.0.0/16' };

describe('interfaces that were named', () => {
  const codes = (sides: typeof SIDES, interfaces: InterfaceFacts[]): string[] =>
    interfaceFaults(sides, interfaces).map(({ code, message }) => `${code}: ${message}`);
  const rows: [what: string, sides: typeof SIDES, interfaces: InterfaceFacts[], expected: RegExp[]][] = [
    ['a quiet one beside that of the world', SIDES, [ETH0, ETH1], []],
    ['with its own address already', SIDES, [ETH0, { ...ETH1, addresses: [ipv4('10.10.0.1', 16)] }], []],
    ['that is not there', { ...SIDES, private: 'eth9' }, [ETH0, ETH1], [/^interface: .*no interface eth9/]],
    ['that is the loopback', { ...SIDES, private: 'lo' }, [ETH0, ETH1], [/^interface: lo is the loopback/]],
    ['of which the public one is not there', { ...SIDES, public: 'eth8' }, [ETH0, ETH1], [/^interface: .*no interface eth8/]],
    ['twice the same', { ...SIDES, public: 'eth1' }, [ETH0, ETH1], [/^same-side: eth1 cannot be both/]],
    [
      'with the default route',
      { ...SIDES, private: 'eth0' },
      [ETH0, ETH1],
      [/^same-side: eth0 cannot/, /default route leads over eth0/, /^manager: eth0 has/],
    ],
    ['a port of a bridge', SIDES, [ETH0, { ...ETH1, master: 'br0' }], [/^interface: eth1 is a port of br0/]],
    ['a wireless one', SIDES, [ETH0, { ...ETH1, isEthernet: false }], [/^interface: eth1 is no Ethernet/]],
    [
      'with an address of another network',
      SIDES,
      [ETH0, { ...ETH1, addresses: [ipv4('192.168.1.5', 24)] }],
      [/^manager: eth1 has 192\.168\.1\.5\/24, which/],
    ],
    [
      'with an address by DHCP',
      SIDES,
      [ETH0, { ...ETH1, addresses: [ipv4('10.10.3.5', 16, true)] }],
      [/^manager: eth1 has .* from a DHCP server/],
    ],
    [
      'whose subnet is that of another one',
      SIDES,
      [{ ...ETH0, addresses: [ipv4('10.10.7.1', 24)] }, ETH1],
      [/^subnet-taken: .*eth0 has 10\.10\.7\.1/],
    ],
    [
      'whose subnet lies in that of another one',
      SIDES,
      [{ ...ETH0, addresses: [ipv4('10.200.0.1', 8)] }, ETH1],
      [/^subnet-taken: .*eth0 has 10\.200/],
    ],
  ];
  for (const [what, sides, interfaces, expected] of rows) {
    it(what, () => {
      const found = codes(sides, interfaces);
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const [index, one] of expected.entries()) assert.match(found[index] ?? '', one);
    });
  }
});

test('ports: who has one that the private side needs', () => {
  // as ss(8) of iproute2 6.1 prints it
  const text = [
    'udp UNCONN 0      0         0.0.0.0:67 0.0.0.0:* users:(("dhcpd",pid=313,fd=3))',
    'udp UNCONN 0      0      0.0.0.0%lo:69 0.0.0.0:* users:(("tftpd",pid=314,fd=5))',
    'udp UNCONN 0      0  127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=315,fd=5))',
    'tcp LISTEN 0      128             *:80       *:* users:(("nginx",pid=316,fd=4))',
    'tcp LISTEN 0      128    10.10.0.1:53 0.0.0.0:* users:(("named",pid=317,fd=4))',
    'udp UNCONN 0      0    [::]%eth1:547 [::]:* ',
    'udp UNCONN 0      0   10.10.0.1%eth1:68 0.0.0.0:* users:(("dhclient",pid=319,fd=6))',
    'nonsense',
  ].join('\n');
  const ports = { http: 80, people: { port: 443 } };
  const options = { interface: 'eth1', addresses: ['10.10.0.1'], ports, isOurs: () => false };
  const faults = portFaults(parseListeners(text), options);
  assert.deepEqual(
    faults.map(({ message }) => message),
    [
      'DNS on eth1 needs tcp port 53, and named has it (process 317).',
      'DHCP on eth1 needs udp port 67, and dhcpd has it (process 313).',
      'DHCPv6 on eth1 needs udp port 547, and a program of the kernel, or of somebody else has it.',
      'HTTP on eth1 needs tcp port 80, and nginx has it (process 316).',
      'A DHCP client runs on eth1: dhclient.',
    ],
  );
  assert.ok(faults.every(({ weight, hint }) => weight === 'stops' && hint !== ''));
  // our own service, when it runs
  assert.equal(portFaults(parseListeners(text), { ...options, isOurs: (pid) => pid === 317 }).length, faults.length - 1);
  // HTTP binds all addresses, so one of the other side is in its way as well
  assert.equal(portFaults(parseListeners('tcp LISTEN 0 1 192.0.2.10:80 0.0.0.0:*'), options).length, 1);
  assert.equal(portFaults(parseListeners('tcp LISTEN 0 1 192.0.2.10:53 0.0.0.0:*'), options).length, 0);
});

test('ports: that of people, by what head.yaml says', () => {
  const text = 'tcp LISTEN 0 1 192.0.2.10:443 0.0.0.0:* users:(("apache2",pid=7,fd=3))';
  const said = (ports: HeadPorts): string[] =>
    portFaults(parseListeners(text), { interface: 'eth1', addresses: ['10.10.0.1'], ports, isOurs: () => false }).map(
      ({ message, hint, weight }) => `${weight} ${message} ${hint}`,
    );
  assert.deepEqual(said({ http: 80, people: { port: 443 } }), [
    'stops HTTPS for page and commands needs tcp port 443, and apache2 has it (process 7). Stop apache2, or let people come in on another port: peopleListen: 8443 in /etc/recon/head.yaml (where there is no such file yet: with a line interface: eth1).',
  ]);
  assert.equal(said({ http: 80, people: { port: 443, address: '192.0.2.10' } }).length, 1);
  assert.deepEqual(said({ http: 80, people: { port: 443, address: '192.0.2.11' } }), []);
  assert.deepEqual(said({ http: 80, people: { port: 8443 } }), []);
  assert.deepEqual(said({ http: 80 }), []);
  assert.match(said({ http: 443 }).join(), /HTTP on eth1 needs tcp port 443, .*the head's HTTP port is 443/);
});

test('loaders: each kind of machine that none is for; an install brings the package', async () => {
  const machine = fakeMachine({ files: { '/usr/lib/ipxe/undionly.kpxe': '' } });
  const [fault, ...more] = await loaderFaults(machine, '/usr/lib/ipxe', false);
  assert.deepEqual(more, []);
  assert.equal(fault?.weight, 'warns');
  assert.equal(fault?.message, '/usr/lib/ipxe has no snponly.efi: machines with UEFI cannot boot from this head.');
  assert.deepEqual(
    (await loaderFaults(fakeMachine({}), '/srv/loaders', true)).map(({ weight }) => weight),
    ['cured', 'cured'],
  );
});

test('a clock that nobody sets: known where systemd is asked', async () => {
  const answer = (text: string) => unsetClock(fakeMachine({ answers: { 'timedatectl show --property=NTPSynchronized --value': text } }));
  assert.deepEqual(
    (await answer('no\n')).map(({ code, weight }) => [code, weight]),
    [['clock', 'note']],
  );
  assert.deepEqual([await answer('yes\n'), await unsetClock(fakeMachine({}))], [[], []]);
});

describe('the firewall, of the JSON of nft', () => {
  const chain = (more: object): object => ({ chain: { family: 'inet', table: 'filter', name: 'input', hook: 'input', ...more } });
  const rule = (...expr: object[]): object => ({ rule: { family: 'inet', table: 'filter', chain: 'input', expr } });
  const byName = { match: { op: '==', left: { meta: { key: 'iifname' } }, right: 'eth1' } };
  const ssh = { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 22 } };
  const rows: [what: string, entries: object[], isNat: boolean, faults: number][] = [
    ['no rules', [], false, 0],
    ['lets all in', [chain({ policy: 'accept' })], false, 0],
    ['drops by policy', [chain({ policy: 'drop' })], false, 1],
    ['drops by policy, and lets ssh in', [chain({ policy: 'drop' }), rule(ssh, { accept: null })], false, 1],
    ['drops by policy, and lets the interface in', [chain({ policy: 'drop' }), rule(byName, { accept: null })], false, 0],
    ['drops the interface by name', [chain({ policy: 'drop' }), rule(byName, { drop: null })], false, 1],
    [
      'rejects by its last rule',
      [chain({ policy: 'accept' }), rule(ssh, { accept: null }), rule({ counter: {} }, { reject: null })],
      false,
      1,
    ],
    ['drops one thing last', [chain({ policy: 'accept' }), rule(ssh, { drop: null })], false, 0],
    ['forwards nothing, and nothing is to be forwarded', [chain({ name: 'fwd', hook: 'forward', policy: 'drop' })], false, 0],
    ['forwards nothing, with NAT', [chain({ name: 'fwd', hook: 'forward', policy: 'drop' })], true, 1],
    ['of our own', [{ chain: { family: 'inet', table: 'recon', name: 'forward', hook: 'forward', policy: 'drop' } }], true, 0],
  ];
  for (const [what, entries, isNat, count] of rows) {
    it(what, () => {
      const json = JSON.stringify({ nftables: [{ metainfo: {} }, ...entries] });
      assert.equal(firewallFaults(json, { private: 'eth1', isNat }).length, count);
    });
  }
  it('iptables and firewalld are told in their own words; no nft is no fault', () => {
    const hint = (table: string, family: string): string | undefined =>
      firewallFaults(JSON.stringify({ nftables: [chain({ table, family, policy: 'drop' })] }), { private: 'eth1', isNat: false })[0]?.hint;
    assert.match(hint('filter', 'ip') ?? '', /^ufw allow in on eth1, or: iptables -I INPUT/);
    assert.match(hint('firewalld', 'inet') ?? '', /^firewall-cmd .*--add-interface=eth1/);
    assert.match(hint('mine', 'inet') ?? '', /^nft insert rule inet mine input iifname "eth1" accept/);
    assert.deepEqual(firewallFaults('', { private: 'eth1', isNat: true }), []);
  });
});

describe('who else configures the private interface', () => {
  const rows: [path: string, text: string, faults: number][] = [
    ['/etc/network/interfaces', 'auto eth1\niface eth1 inet dhcp\n', 1],
    ['/etc/network/interfaces', 'iface eth10 inet dhcp\niface eth0 inet dhcp\n', 0],
    ['/etc/network/interfaces.d/recon', `${FILE_HEAD}\niface eth1 inet static\n`, 0],
    ['/etc/netplan/50-cloud-init.yaml', 'network:\n  ethernets:\n    eth1:\n      dhcp4: true\n', 1],
    // what makes the interface has to stay
    ['/etc/network/interfaces', 'iface br0 inet manual\n  bridge_ports eth2\niface eth1 inet manual\n', 0],
    ['/etc/network/interfaces.d/vlan', 'iface eth1 inet6 auto\n', 1],
    ['/etc/netplan/50-rack.yaml', 'network:\n  ethernets:\n    eth0: {}\n  vlans:\n    eth1:\n      id: 5\n      link: eth0\n', 0],
    ['/etc/netplan/50-rack.yaml', 'network:\n  vlans:\n    v5: {}\n  ethernets:\n    eth0: {}\n    eth1: { dhcp4: true }\n', 1],
    ['/etc/systemd/network/01-mine.network', '[Match]\nName=eth1\n', 1],
    // ours goes before it
    ['/etc/systemd/network/80-dhcp.network', '[Match]\nName=eth1\n', 0],
    ['/etc/systemd/network/00-all.network', '[Match]\nName=en*\n', 0],
  ];
  for (const [path, text, count] of rows) {
    it(`${path}: ${JSON.stringify(text)}`, async () => {
      const faults = await managerFaults(fakeMachine({ files: { [path]: text } }), 'eth1');
      assert.equal(faults.length, count);
      assert.ok(faults.every(({ message }) => message.includes(path)));
    });
  }
  it('finds out who does at all', async () => {
    const files = { '/etc/network/interfaces': 'source /etc/network/interfaces.d/*\n' };
    const answers = { 'systemctl is-active systemd-networkd.service': '', 'systemctl is-enabled NetworkManager.service': 'enabled\n' };
    assert.deepEqual(await interfaceManagers(fakeMachine({ files, answers })), { networkd: true, networkManager: true, ifupdown: true });
    assert.deepEqual(await interfaceManagers(fakeMachine({})), { networkd: false, networkManager: false, ifupdown: false });
  });
});

test('room and clock', () => {
  const where = { folder: '/srv/recon', builds: true };
  assert.deepEqual(roomFaults(5e9, where), []);
  assert.equal(roomFaults(1e9, where)[0]?.message, '/srv/recon has 1000 MB free, and building images needs 3222 MB.');
  assert.deepEqual(roomFaults(1e9, { ...where, builds: false }), []);
  const made = [
    { what: 'this program', at: new Date('2026-11-20') },
    { what: 'the image failsafe', at: new Date('2026-11-25') },
  ];
  assert.deepEqual(clockFaults(new Date('2026-11-24T12:00:00Z'), made), []);
  assert.equal(
    clockFaults(new Date('2020-01-01'), made)[0]?.message,
    'The clock says 2020-01-01, and the image failsafe is of 2026-11-25.',
  );
});

test('software: missing by what it brings; an install cures it, --no-packages does not', async () => {
  const answers = Object.fromEntries(
    ['dnsmasq', 'ip', 'tcpdump', 'nft', 'openssl'].map((one) => [`sh -c command -v "$1" sh ${one}`, `/usr/bin/${one}`]),
  );
  const missing = await missingPackages(fakeMachine({ answers }), headPackages({ servesNfs: true, git: '/etc/recon/pool/.git' }));
  assert.deepEqual(
    missing.map(({ name }) => name),
    ['ipxe', 'socat', 'git', 'nfs-kernel-server'],
  );
  assert.deepEqual(
    softwareFaults(missing, true).map(({ code, weight }) => `${code} ${weight}`),
    // a server of files for everybody is not begun by the way
    ['loader cured', 'program cured', 'program cured', 'program warns'],
  );
  assert.deepEqual(
    softwareFaults(missing, false).map(({ weight }) => weight),
    ['stops', 'stops', 'stops', 'warns'],
  );
  assert.equal(
    headPackages({ servesNfs: false, git: undefined }).some(({ name }) => name === 'git'),
    false,
  );
});

test('a check in words: gravest first, and how many are in the way', () => {
  const [fault] = roomFaults(1, { folder: '/srv/recon', builds: false });
  assert.ok(fault);
  assert.equal(
    faultsText([fault, { ...fault, weight: 'note' }])
      .split('\n')
      .filter((line) => /^(STOPS|note|1 thing)/.test(line)).length,
    3,
  );
  assert.equal(faultsText([{ ...fault, weight: 'cured' }]).endsWith('Nothing is in the way of a head node.\n'), true);
});
