import assert from 'node:assert/strict';
import test from 'node:test';
import { EARLY_NEIGHBOURS } from '../../../../src/domain/capture.ts';
import { normaliseNics } from '../../../../src/inventory/sections/network/nics.ts';
import { parseLldpctl } from '../../../../src/inventory/tools/lldpctl/lldpctl.ts';
import { type CaptureFixture, dataOf, sectionOf } from '../../capture-fixture.ts';

const ip = (ifname: string, more: Record<string, unknown> = {}) => ({
  ifname,
  flags: ['UP', 'LOWER_UP'],
  mtu: 1500,
  link_type: 'ether',
  address: '52:54:00:00:00:01',
  addr_info: [],
  ...more,
});
const nics = (list: unknown[], more: CaptureFixture = {}) =>
  dataOf(sectionOf(normaliseNics, { ...more, outputs: { 'ip-address': JSON.stringify(list), ...more.outputs } }));

test('loopback, bridges, bonds and veth are no hardware', () => {
  const list = [ip('lo', { link_type: 'loopback' }), ip('br0', { linkinfo: { info_kind: 'bridge' } }), ip('eno1'), ip('dummy0')];
  const links = {
    'sys/class/net/dummy0': 'sys/devices/virtual/net/dummy0',
    'sys/class/net/eno1': 'sys/devices/pci0000:00/0000:00:03.0/net/eno1',
  };
  assert.deepEqual(
    nics(list, { links }).map((nic) => nic.name),
    ['eno1'],
  );
});

test('a neighbour that only the initrd has heard counts, and where lldpctl knows the port, its word alone', () => {
  const early = {
    Neighbors: ['eno1', 'eno2'].map((name) => ({ InterfaceName: name, Neighbors: [{ SystemName: 'switch-1', PortID: name }] })),
  };
  const lldpctl = JSON.stringify({
    lldp: { interface: [{ eno2: { chassis: { 'switch-1': { 'mgmt-ip': '10.0.0.9' } }, port: { id: { value: '2' } } } }] },
  });
  const found = nics([ip('eno1'), ip('eno2'), ip('eno3')], { outputs: { lldpctl }, files: { [EARLY_NEIGHBOURS]: JSON.stringify(early) } });
  assert.deepEqual(
    found.map(({ name, lldp }) => [name, lldp]),
    [
      ['eno1', [{ chassisName: 'switch-1', portId: 'eno1' }]],
      ['eno2', [{ chassisName: 'switch-1', portId: '2', managementAddresses: ['10.0.0.9'] }]],
      ['eno3', undefined],
    ],
  );
});

test('driver, firmware, place and name of the card', () => {
  const outputs = {
    'ethtool-driver-eno1':
      'driver: igb\nversion: 6.1.0\nfirmware-version: 1.63, 0x800009fb\nexpansion-rom-version: \nbus-info: 0000:05:00.0\n',
    'ethtool-permanent-eno1': 'Permanent address: 52:54:00:AA:BB:CC\n',
    'ethtool-eno1': 'Settings for eno1:\n\tSpeed: 1000Mb/s\n\tDuplex: Full\n\tLink detected: yes\n',
    lspci: 'Slot:\t0000:05:00.0\nClass:\tEthernet controller [0200]\nVendor:\tIntel Corporation [8086]\nDevice:\tI350 [1521]\n\n',
  };
  assert.deepEqual(
    nics(
      [
        ip('eno1', {
          addr_info: [
            { family: 'inet', local: '192.0.2.2', prefixlen: 24, scope: 'global' },
            { local: 'fe80::1', prefixlen: 64, scope: 'link' },
          ],
        }),
      ],
      { outputs },
    ),
    [
      {
        name: 'eno1',
        mac: '52:54:00:00:00:01',
        permanentMac: '52:54:00:aa:bb:cc',
        driver: 'igb',
        driverVersion: '6.1.0',
        firmware: '1.63, 0x800009fb',
        pciAddress: '0000:05:00.0',
        vendor: 'Intel Corporation',
        product: 'I350',
        linkType: 'ether',
        linkUp: true,
        speedMbps: 1000,
        duplex: 'full',
        mtuBytes: 1500,
        addresses: ['192.0.2.2/24'],
      },
    ],
  );
});

test('what is not known is not there', () => {
  const outputs = {
    'ethtool-eno1': '\tSpeed: Unknown!\n\tDuplex: Unknown! (255)\n',
    'ethtool-driver-eno1': 'driver: virtio_net\nfirmware-version: N/A\nbus-info: virtio0\n',
  };
  const files = { 'sys/class/net/eno1/speed': '-1\n', 'sys/class/net/eno1/duplex': 'unknown\n' };
  const [nic] = nics([ip('eno1', { flags: ['BROADCAST'] })], { outputs, files });
  assert.deepEqual(nic, { name: 'eno1', mac: '52:54:00:00:00:01', driver: 'virtio_net', linkType: 'ether', mtuBytes: 1500 });
});

test('a bond hides the address, the permanent one stays', () => {
  const bonded = { address: '62:af:00:00:00:01' };
  const [both] = nics([ip('eno1', { ...bonded, permaddr: '44:a8:42:ba:a3:b4' })]);
  assert.deepEqual([both?.mac, both?.permanentMac], ['62:af:00:00:00:01', '44:a8:42:ba:a3:b4']);
  const [fromLink] = nics([ip('eno1', bonded)], {
    outputs: { 'ip-link': JSON.stringify([ip('eno1', { permaddr: '44:a8:42:ba:a3:b6' })]) },
  });
  assert.equal(fromLink?.permanentMac, '44:a8:42:ba:a3:b6');
});

test('addr_assign_type says whether the address in use is the permanent one', () => {
  const [own] = nics([ip('eno1')], { files: { 'sys/class/net/eno1/addr_assign_type': '0\n' } });
  const [random] = nics([ip('eno1')], { files: { 'sys/class/net/eno1/addr_assign_type': '1\n' } });
  assert.deepEqual([own?.permanentMac, random?.permanentMac], ['52:54:00:00:00:01', undefined]);
});

test('the 20 bytes of an InfiniBand address stay whole', () => {
  const address = 'a0:00:02:20:fe:80:00:00:00:00:00:00:e4:1d:2d:03:00:4f:06:e1';
  const [nic] = nics([ip('ib0', { link_type: 'infiniband', address })]);
  assert.deepEqual([nic?.mac, nic?.guid, nic?.linkType], [address, 'e4:1d:2d:03:00:4f:06:e1', 'infiniband']);
});

test('a USB interface has no card of its own', () => {
  const lspci = 'Slot:\t0000:00:14.0\nVendor:\tIntel Corporation [8086]\nDevice:\tUSB controller [1]\n\n';
  const [nic] = nics([ip('idrac')], {
    outputs: { lspci },
    links: { 'sys/class/net/idrac': 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-14/1-14.3/1-14.3:1.0/net/idrac' },
  });
  assert.deepEqual([nic?.bus, nic?.vendor, nic?.pciAddress], ['usb', undefined, '0000:00:14.0']);
});

test('/sys alone is enough', () => {
  const files = {
    'sys/class/net/eth0/address': '52:54:00:00:00:09\n',
    'sys/class/net/eth0/type': '1\n',
    'sys/class/net/eth0/device/uevent': 'DRIVER=e1000\nPCI_ID=8086:100E\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseNics, { files })), [
    { name: 'eth0', mac: '52:54:00:00:00:09', driver: 'e1000', linkType: 'ether' },
  ]);
});

const neighbour = {
  chassis: { 'switch-1': { id: { type: 'mac', value: '00:11:22:33:44:55' }, 'mgmt-ip': ['10.0.0.1', 'fd00::1'] } },
  port: { id: { type: 'ifname', value: 'Eth1/1' }, descr: 'server\r\n7' },
};
const expected = {
  chassisName: 'switch-1',
  chassisId: '00:11:22:33:44:55',
  portId: 'Eth1/1',
  portDescription: 'server 7',
  managementAddresses: ['10.0.0.1', 'fd00::1'],
};
const shapes = [
  ['json, one interface', { eno1: neighbour }],
  ['json, several', [{ eno1: neighbour }]],
  [
    'json0',
    [
      {
        name: 'eno1',
        chassis: [
          {
            id: [{ type: 'mac', value: '00:11:22:33:44:55' }],
            name: [{ value: 'switch-1' }],
            'mgmt-ip': [{ value: '10.0.0.1' }, { value: 'fd00::1' }],
          },
        ],
        port: [{ id: [{ value: 'Eth1/1' }], descr: [{ value: 'server\r\n7' }] }],
      },
    ],
  ],
] as const;
for (const [name, list] of shapes) {
  test(`LLDP neighbours, ${name}`, () => {
    const text = JSON.stringify({ lldp: name === 'json0' ? [{ interface: list }] : { interface: list } });
    assert.deepEqual(parseLldpctl(Buffer.from(text)), new Map([['eno1', [expected]]]));
    assert.deepEqual(
      nics([ip('eno1'), ip('eno2')], { outputs: { lldpctl: text } }).map((nic) => nic.lldp),
      [[expected], undefined],
    );
  });
}

test('a neighbour without a name, two on one port, and none at all', () => {
  const nameless = { chassis: { id: { type: 'mac', value: 'aa:bb:cc:dd:ee:ff' } }, port: {} };
  const text = JSON.stringify({ lldp: { interface: [{ eno1: neighbour }, { eno1: nameless }] } });
  assert.deepEqual(parseLldpctl(Buffer.from(text)).get('eno1'), [expected, { chassisId: 'aa:bb:cc:dd:ee:ff' }]);
  assert.equal(parseLldpctl(Buffer.from('{"lldp": {}}')).size, 0);
});
