import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { supportedLinkModes } from '../../../src/inventory/tools/ethtool/modes.ts';
import { parseEthtoolModule } from '../../../src/inventory/tools/ethtool/module.ts';
import { parseEthtool } from '../../../src/inventory/tools/ethtool/text.ts';
import { parseLldpctl } from '../../../src/inventory/tools/lldpctl/lldpctl.ts';
import { parseSensors } from '../../../src/inventory/tools/sensors-text.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recordedAnswer, recordedText, recording, recordings } from './recording-files.ts';

test('jc: ethtool modes and settings agree with the parsed form beside it', () => {
  type Settings = { port?: string; speed?: string; supported_link_modes?: string[] };
  const paths = recordings('jc/tests/fixtures/generic/').filter((path) => /\/ethtool--(default|link).*\.out$/.test(path));
  assert.ok(paths.length >= 3);
  for (const path of paths) {
    const text = recordedText(path);
    const expected = recordedAnswer<Settings>(path.replace('.out', '.json'));
    const wanted = expected.supported_link_modes?.filter((mode) => mode.includes('/')) ?? [];
    assert.deepEqual(supportedLinkModes(text) ?? [], wanted, path);
    const fields = parseEthtool(text);
    assert.equal(fields.get('Port'), expected.port, path);
    assert.equal(fields.get('Speed'), expected.speed, path);
  }
});

test('jc: the transceiver of a port', () => {
  assert.deepEqual(parseEthtoolModule(recording('jc/tests/fixtures/generic/ethtool--module-info.out').toString('utf8')), {
    kind: 'SFP',
    vendor: 'UbiquitiNetworks',
    partNumber: 'UDC-2',
    connector: 'Copper pigtail',
    types: [
      'Infiniband: 1X Copper Passive',
      'Ethernet: 1000BASE-CX',
      'Passive Cable',
      'FC: Twin Axial Pair (TW)',
      'FC: 1200 MBytes/sec',
      'FC: 800 MBytes/sec',
      'FC: 400 MBytes/sec',
      'FC: 200 MBytes/sec',
      'FC: 100 MBytes/sec',
    ],
    lengthMeters: 2,
  });
});

test('collins: LLDP as XML, with VLAN and PVID', () => {
  const found = parseLldpctl(recording('collins/test/resources/lldpctl-two-nic.xml'));
  assert.deepEqual(
    [...found].map(([name, [neighbour]]) => [
      name,
      neighbour?.chassisName,
      neighbour?.chassisId,
      neighbour?.portId,
      neighbour?.portDescription,
    ]),
    [
      ['eth0', 'core01.dfw01', '78:19:f7:88:60:c0', '608', 'ge-0/0/3.0'],
      ['eth1', 'core02.dfw01', '5c:5e:ab:68:a5:80', '608', 'ge-0/0/3.0'],
    ],
  );
  for (const [neighbour] of found.values()) {
    assert.deepEqual(neighbour?.vlans, [{ id: 106, name: 'DFW-LOGGING' }]);
    assert.equal(neighbour?.pvid, 106);
  }
});

test('netbox-agent: LLDP as keyvalue, two addresses, port by name', () => {
  const neighbour = { chassisName: 's120-f3-2.itx4', chassisId: '00:07:cb:0b:6c:d7', portId: 'RJ-9', managementAddresses: ['10.48.16.15'] };
  assert.deepEqual(parseLldpctl(recording('netbox-agent/tests/fixtures/lldp/dedibox1.txt')), new Map([['enp1s0f0', [neighbour]]]));
  const cumulus = parseLldpctl(recording('netbox-agent/tests/fixtures/lldp/cumulus.txt'));
  assert.deepEqual([...cumulus.keys()], ['eno1', 'eno2d1']);
  assert.deepEqual(cumulus.get('eno1')?.[0]?.managementAddresses, ['10.160.20.18', 'fe80::e6f0:4ff:feb6:4732']);
  assert.deepEqual(
    [...cumulus.values()].map(([neighbour]) => [neighbour?.chassisId, neighbour?.portId, neighbour?.portDescription]),
    [
      ['e4:f0:04:b6:47:32', 'swp46', 'BXVWNR2:lom2'],
      ['e4:f0:04:b6:4e:32', 'swp46', 'BXVWNR2:lom1'],
    ],
  );
});

test('unifabric: LLDP as json0, hosts among the neighbours', () => {
  const text = recording('unifabric/lldp_test/testJSON1_L16.json').toString('utf8');
  const found = parseLldpctl(Buffer.from(text));
  const names = new Set([...text.matchAll(/"name": "([^"]+)",\s*"via"/g)].map((match) => match[1]));
  assert.deepEqual(new Set(found.keys()), names);
  assert.deepEqual(found.get('enp129s0f0')?.[0]?.portId, 'GigabitEthernet1/0/17');
  assert.equal(found.get('enp129s0f0')?.[0]?.managementAddresses, undefined);
  assert.deepEqual(found.get('enp5s0f0np0')?.[0]?.managementAddresses, ['10.20.1.50', 'fe80::ae1f:6bff:fe25:8664']);
  const spine = parseLldpctl(recording('unifabric/lldp_test/output_L13.json'));
  assert.deepEqual([spine.get('Ethernet1')?.[0]?.chassisName, spine.get('mgmt0')?.[0]?.portId], ['spine-1', 'Management1']);
});

test('hardware and ironic: the network of a BMC, IPv4 and IPv6', () => {
  const outputs = {
    'ipmi-lan-print': recording('hardware/hardware/tests/samples/ipmi_lan_info'),
    'ipmi-lan6-print': recording('ironic-python-agent/hardware_samples/IPMITOOL_LAN6_PRINT_STATIC_ADDR.txt'),
  };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs })).sections.bmc), {
    address: '10.151.68.13',
    mac: '00:30:48:f4:4d:83',
    subnetMask: '255.255.255.0',
    gateway: '10.151.68.3',
    addressSource: 'Static Address',
    channel: 1,
    ipv6Addresses: ['2001:5678:5678:5678:5678:5678:5678:5678/64'],
  });
  const dynamic = { 'ipmi-lan6-print': recording('ironic-python-agent/hardware_samples/IPMITOOL_LAN6_PRINT_DYNAMIC_ADDR.txt') };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs: dynamic })).sections.bmc), {
    ipv6Addresses: ['2001:1234:1234:1234:1234:1234:1234:1234/64'],
  });
});

test('telegraf: sensors of both column forms, messages between the rows passed over', () => {
  const elist = parseSensors(recording('telegraf/ipmi_sensor_test/v2Data_L603.txt').toString('utf8'));
  assert.deepEqual(elist, [
    { name: 'SEL', status: 'ns', entity: '7.1' },
    { name: 'Intrusion', status: 'ok', entity: '7.1' },
    { name: 'Fan1', status: 'ok', value: 5040, unit: 'RPM', entity: '7.1' },
    { name: 'Inlet Temp', status: 'ok', value: 25, unit: 'degrees C', entity: '7.1' },
    { name: 'USB Cable Pres', status: 'ok', text: 'Connected', entity: '7.1' },
    { name: 'Current 1', status: 'ok', value: 7.2, unit: 'Amps', entity: '10.1' },
    { name: 'Power Supply 1', status: 'ok', value: 110, unit: 'Watts', entity: '10.1' },
  ]);
  const text = recording('telegraf/ipmi_sensor_test/mockData_L238.txt').toString('utf8');
  const plain = parseSensors(text);
  assert.equal(plain.length, text.split('\n').filter((line) => line.split('|').length === 3).length);
  assert.deepEqual(plain[0], { name: 'Ambient Temp', status: 'ok', value: 20, unit: 'degrees C' });
  assert.deepEqual(
    plain.find((sensor) => sensor.name === 'Fan 1'),
    { name: 'Fan 1', status: 'ok' },
  );
});
