import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { normaliseNics } from '../../../../src/inventory/sections/network/nics.ts';
import { parseIbstat } from '../../../../src/inventory/tools/ibstat-text.ts';
import { parseLldpctl } from '../../../../src/inventory/tools/lldpctl/lldpctl.ts';
import { isBmcLink } from '../../../../src/inventory/values/bmc-link.ts';
import { type CaptureFixture, dataOf, fixtureCapture, sectionOf } from '../../capture-fixture.ts';

const nicsOf = (fixture: CaptureFixture) => dataOf(sectionOf(normaliseNics, fixture));
const networkOf = (fixture: CaptureFixture) => dataOf(normalise(fixtureCapture(fixture)).sections.network);
const ip = (ifname: string, more: Record<string, unknown> = {}) => ({ ifname, flags: ['UP'], link_type: 'ether', addr_info: [], ...more });

test('bonds, VLANs and bridges; a member of a bond says its permanent address there', () => {
  const slave = { linkinfo: { info_slave_kind: 'bond', info_slave_data: { perm_hwaddr: '44:a8:42:ba:a3:b4' } } };
  const list = [
    ip('eno2', { master: 'bond0', address: '62:af:00:00:00:01', ...slave }),
    ip('eno1', { master: 'bond0', address: '62:af:00:00:00:01' }),
    ip('bond0', { linkinfo: { info_kind: 'bond', info_data: { mode: '802.3ad' } } }),
    ip('bond0.7', { link: 'bond0', linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 7 } } }),
    ip('br0', { linkinfo: { info_kind: 'bridge' } }),
  ];
  const fixture = { outputs: { 'ip-link': JSON.stringify(list) } };
  assert.deepEqual(networkOf(fixture), {
    portCount: 2,
    virtualFunctionCount: 0,
    bmcLinkCount: 0,
    bonds: [{ name: 'bond0', mode: '802.3ad', members: ['eno1', 'eno2'] }],
    vlans: [{ name: 'bond0.7', id: 7, link: 'bond0' }],
    bridges: [{ name: 'br0', members: [] }],
  });
  assert.deepEqual(
    nicsOf(fixture).map((nic) => [nic.name, nic.permanentMac, nic.memberOf]),
    [
      ['eno1', undefined, 'bond0'],
      ['eno2', '44:a8:42:ba:a3:b4', 'bond0'],
    ],
  );
});

test('virtual functions and links to the BMC are listed, and are no ports', () => {
  const files = {
    'sys/class/net/ens1f0/device/sriov_totalvfs': '8\n',
    'sys/class/net/ens1f0/device/sriov_numvfs': '1\n',
    'sys/class/net/ens1f0/device/label': 'NIC.Slot.1-1\n',
    'sys/class/net/ens1f0v0/address': '52:54:00:00:00:02\n',
    'sys/class/net/idrac/device/uevent': 'DRIVER=cdc_ether\nPRODUCT=413c/a102/0\n',
  };
  const links = {
    'sys/class/net/ens1f0': 'sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/net/ens1f0',
    'sys/class/net/ens1f0v0': 'sys/devices/pci0000:00/0000:00:02.0/0000:05:10.0/net/ens1f0v0',
    'sys/class/net/ens1f0v0/device/physfn': 'sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0',
    'sys/class/net/idrac': 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-14/1-14.3/1-14.3:1.0/net/idrac',
  };
  assert.deepEqual(
    nicsOf({ files, links }).map((nic) => [
      nic.name,
      nic.slot,
      nic.sriovTotalVfs,
      nic.sriovVfs,
      nic.virtualFunction,
      nic.physicalFunction,
      nic.bmcLink,
    ]),
    [
      ['ens1f0', 'NIC.Slot.1-1', 8, 1, undefined, undefined, undefined],
      ['ens1f0v0', undefined, undefined, undefined, true, '0000:05:00.0', undefined],
      ['idrac', undefined, undefined, undefined, undefined, undefined, true],
    ],
  );
  const counts = networkOf({ files, links });
  assert.deepEqual([counts.portCount, counts.virtualFunctionCount, counts.bmcLinkCount], [1, 1, 1]);
});

test('a USB adapter that somebody plugged in is a port', () => {
  const usb = { name: 'enx0', bus: 'usb', driver: 'cdc_ether', busInfo: undefined };
  assert.equal(isBmcLink({ ...usb, uevent: 'PRODUCT=bda/8153/3000\n' }), false);
  assert.equal(isBmcLink({ ...usb, uevent: 'PRODUCT=46b/ffb0/100\n' }), true);
  assert.equal(isBmcLink({ ...usb, driver: 'r8152', uevent: '' }), false);
  assert.equal(isBmcLink({ ...usb, uevent: '' }), true);
  assert.equal(isBmcLink({ ...usb, bus: undefined, busInfo: 'usb-0000:00:14.0-4', uevent: '' }), true);
  assert.equal(isBmcLink({ name: 'eno1', bus: 'pci', driver: 'igb', busInfo: undefined, uevent: '' }), false);
});

const ibstat = (colon: string, indent: string): string =>
  [
    `CA${colon} 'mlx5_0'`,
    `${indent}CA type: MT4123`,
    `${indent}Firmware version: 20.31.1014`,
    `${indent}Node GUID: 0x0002c90300a1b2c3`,
    `${indent}Port 1:`,
    `${indent}${indent}State: Active`,
    `${indent}${indent}Physical state: LinkUp`,
    `${indent}${indent}Rate: 200`,
    `${indent}${indent}Base lid: 12`,
    `${indent}${indent}Port GUID: 0x0002c90300a1b2c4`,
    `${indent}${indent}Link layer: InfiniBand`,
    '',
  ].join('\n');
const device = {
  name: 'mlx5_0',
  type: 'MT4123',
  firmware: '20.31.1014',
  nodeGuid: '0002c90300a1b2c3',
  ports: [
    { port: 1, state: 'Active', physicalState: 'LinkUp', rateGbps: 200, lid: 12, portGuid: '0002c90300a1b2c4', linkLayer: 'InfiniBand' },
  ],
};

test('ibstat with and without a colon, with fields indented and not; /sys where it did not run', () => {
  for (const text of [ibstat('', '\t'), ibstat(':', '\t'), ibstat('', ''), ibstat(':', '')]) assert.deepEqual(parseIbstat(text), [device]);
  const port = 'sys/class/infiniband/mlx5_0/ports/1';
  const files = {
    'sys/class/infiniband/mlx5_0/hca_type': 'MT4123\n',
    'sys/class/infiniband/mlx5_0/fw_ver': '20.31.1014\n',
    'sys/class/infiniband/mlx5_0/node_guid': '0002:c903:00a1:b2c3\n',
    [`${port}/state`]: '4: Active\n',
    [`${port}/phys_state`]: '5: LinkUp\n',
    [`${port}/rate`]: '200 Gb/sec (4X HDR)\n',
    [`${port}/lid`]: '0xc\n',
    [`${port}/gids/0`]: 'fe80:0000:0000:0000:0002:c903:00a1:b2c4\n',
    [`${port}/link_layer`]: 'InfiniBand\n',
  };
  assert.deepEqual(networkOf({ files }).infiniband, [device]);
  assert.deepEqual(networkOf({ files, outputs: { ibstat: ibstat('', '\t') } }).infiniband, [device]);
});

const lldp = {
  keyvalue: [
    'lldp.eno1.100.via=LLDP',
    'lldp.eno1.100.chassis.local=512',
    'lldp.eno1.100.chassis.descr=first line',
    'second line',
    'lldp.eno1.100.port.ifname=Eth1/1',
    'lldp.eno1.100.vlan.vlan-id=100',
    'lldp.eno1.100.vlan.pvid=yes',
    'lldp.eno1.100.vlan=servers',
    'lldp.eno1.100.vlan.vlan-id=200',
    'lldp.eno1.100.vlan.pvid=no',
    'lldp.eno1.100.vlan=storage',
    '',
  ].join('\n'),
  xml: '<lldp><interface name="eno1.100"><chassis><id type="local">512</id><descr>first line\nsecond line</descr></chassis><port><id>Eth1/1</id></port><vlan vlan-id="100" pvid="yes">servers</vlan><vlan vlan-id="200" pvid="no">storage</vlan></interface></lldp>',
  json: JSON.stringify({
    lldp: {
      interface: {
        'eno1.100': {
          chassis: { id: { type: 'local', value: '512' }, descr: 'first line\nsecond line' },
          port: { id: { type: 'ifname', value: 'Eth1/1' } },
          vlan: [
            { 'vlan-id': '100', pvid: true, value: 'servers' },
            { 'vlan-id': '200', pvid: false, value: 'storage' },
          ],
        },
      },
    },
  }),
  json0: JSON.stringify({
    lldp: [
      {
        interface: [
          {
            name: 'eno1.100',
            chassis: [{ id: [{ type: 'local', value: '512' }], descr: [{ value: 'first line\nsecond line' }] }],
            port: [{ id: [{ type: 'ifname', value: 'Eth1/1' }] }],
            vlan: [
              { 'vlan-id': '100', pvid: true, value: 'servers' },
              { 'vlan-id': '200', pvid: false, value: 'storage' },
            ],
          },
        ],
      },
    ],
  }),
};
for (const [format, text] of Object.entries(lldp)) {
  test(`one neighbour in all of lldpctl's formats: ${format}`, () => {
    const neighbour = {
      chassisId: '512',
      chassisDescription: 'first line second line',
      portId: 'Eth1/1',
      vlans: [
        { id: 100, name: 'servers' },
        { id: 200, name: 'storage' },
      ],
      pvid: 100,
    };
    assert.deepEqual(parseLldpctl(Buffer.from(text)), new Map([['eno1.100', [neighbour]]]));
  });
}

test('LLDP: entities in XML, a text that stops, a VLAN without a number', () => {
  const xml =
    '<?xml version="1.0"?><lldp><interface name="e&amp;0"><chassis><name>a &lt;b&gt; &#65;</name></chassis><vlan>Unknown</vlan><port><id>x</id><descr>half of i';
  assert.deepEqual(parseLldpctl(Buffer.from(xml)), new Map([['e&0', [{ chassisName: 'a <b> A', portId: 'x' }]]]));
  assert.equal(parseLldpctl(Buffer.from('<lldp></interface></chassis>')).size, 0);
});
