import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseBmc } from '../../../src/inventory/sections/bmc.ts';
import { dataOf, sectionOf } from '../capture-fixture.ts';

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
