import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { normaliseBmc } from '../../../src/inventory/sections/bmc.ts';
import { dataOf, fixtureCapture, sectionOf } from '../capture-fixture.ts';

const info =
  'Device ID                 : 32\nFirmware Revision         : 0.00\nIPMI Version              : 2.0\nManufacturer Name         : Unknown (0xA741)\nProduct Name              : Example BMC\n';
const lan = [
  'IP Address Source       : Static Address',
  'IP Address              : 10.0.0.13',
  'Subnet Mask             : 255.255.255.0',
  'MAC Address             : 00:30:48:F4:4D:83',
  'Auth Type Enable        : Callback : MD2',
  '                        : User     : MD2',
  'Default Gateway IP      : 0.0.0.0',
  '802.1q VLAN ID          : Disabled',
].join('\n');

test('controller and network', () => {
  assert.deepEqual(dataOf(sectionOf(normaliseBmc, { outputs: { 'ipmi-mc-info': info, 'ipmi-lan-print': lan } })), {
    firmware: '0.00',
    ipmiVersion: '2.0',
    product: 'Example BMC',
    address: '10.0.0.13',
    mac: '00:30:48:f4:4d:83',
    subnetMask: '255.255.255.0',
    addressSource: 'Static Address',
    channel: 1,
  });
});

test('FRUs, a device that does not answer among them, and NUL at the end of a field', () => {
  const fru =
    'FRU Device Description : Builtin FRU Device (ID 0)\n Board Mfg             : Example\n Board Serial          : B1\n Product Part Number   : P1\0\n\nFRU Device Description : PSU1 (ID 3)\n Device not present (Timeout)\n';
  assert.deepEqual(dataOf(sectionOf(normaliseBmc, { outputs: { 'ipmi-fru-print': fru } })).fru, [
    { name: 'Builtin FRU Device', boardManufacturer: 'Example', boardSerial: 'B1', productPartNumber: 'P1' },
    { name: 'PSU1' },
  ]);
});

test('a BMC that cannot say its network still has a record', () => {
  const commands = [{ id: 'ipmi-lan-print', argv: ['ipmitool'], status: 'failed' as const, exitCode: 1, durationMs: 3 }];
  assert.equal(dataOf(sectionOf(normaliseBmc, { outputs: { 'ipmi-mc-info': info }, commands })).ipmiVersion, '2.0');
});

test('no BMC is absent, one that hangs is failed', () => {
  const row = { id: 'ipmi-mc-info', argv: ['ipmitool'], durationMs: 0 };
  const absent = sectionOf(normaliseBmc, { commands: [{ ...row, status: 'absent', reason: 'no IPMI device' }] });
  assert.deepEqual(absent, { status: 'absent', reason: 'ipmi-mc-info: no IPMI device' });
  assert.equal(sectionOf(normaliseBmc, { commands: [{ ...row, status: 'timeout' }] }).status, 'failed');
});

test('the address of a BMC is one that others can reach, of whichever channel, and of one host', () => {
  const bmcOf = (...channels: [number, string, string?][]) => {
    const outputs = Object.fromEntries(
      channels.map(([channel, address, mac = '02:00:00:00:0b:01']) => [
        `ipmi-lan-print-${channel}`,
        `IP Address              : ${address}\nMAC Address             : ${mac}\n`,
      ]),
    );
    return dataOf(normalise(fixtureCapture({ outputs })).sections.bmc);
  };
  assert.deepEqual(
    [bmcOf([1, '169.254.3.4'], [8, '10.1.2.3']).address, bmcOf([1, '169.254.3.4'], [8, '10.1.2.3']).channel],
    ['10.1.2.3', 8],
  );
  assert.equal(bmcOf([1, '169.254.3.4']).address, '169.254.3.4');
  for (const none of ['224.0.0.5', '255.255.255.255', '127.0.0.1', '0.0.0.0']) assert.equal(bmcOf([1, none]).address, undefined, none);
  for (const none of ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:01'])
    assert.equal(bmcOf([1, '10.1.2.3', none]).mac, undefined, none);
  const lan6 = (address: string, at: number) =>
    `IPv6 Static Address ${at}:\n    Enabled: yes\n    Address: ${address}\n    Status: active\n`;
  const outputs = { 'ipmi-lan6-print': lan6('fe80::1/64', 0) + lan6('2001:db8::9/64', 1) };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs })).sections.bmc).ipv6Addresses, ['2001:db8::9/64', 'fe80::1/64']);
});
