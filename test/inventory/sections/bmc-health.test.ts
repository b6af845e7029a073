import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseBmc } from '../../../src/inventory/sections/bmc.ts';
import { readEventLog } from '../../../src/inventory/tools/sel-text.ts';
import { parseSensors } from '../../../src/inventory/tools/sensors-text.ts';
import { dataOf, sectionOf } from '../capture-fixture.ts';

const bmcOf = (outputs: Record<string, string>) => dataOf(sectionOf(normaliseBmc, { outputs }));
const lan = (address: string, mac: string): string =>
  `IP Address Source       : DHCP Address\nIP Address              : ${address}\nMAC Address             : ${mac}\n`;

test('the first LAN channel that has an address is the one', () => {
  const outputs = {
    'ipmi-lan-print': lan('0.0.0.0', '00:00:00:00:00:00'),
    'ipmi-lan-print-8': lan('10.0.0.8', '52:54:00:00:00:08'),
    'ipmi-lan-print-2': lan('0.0.0.0', '52:54:00:00:00:02'),
    'ipmi-lan-print-3': lan('10.0.0.3', '52:54:00:00:00:03'),
  };
  const bmc = bmcOf(outputs);
  assert.deepEqual([bmc.channel, bmc.address, bmc.mac], [3, '10.0.0.3', '52:54:00:00:00:03']);
});

test('users are counted and never named', () => {
  const bmc = bmcOf({ 'ipmi-user-summary': 'Maximum IDs\t\t    : 15\nEnabled User Count  : 2\nFixed Name Count    : 1\n' });
  assert.deepEqual(bmc, { userSlots: 15, usersEnabled: 2 });
});

test('IPv6: what is off or not set is left out', () => {
  const text = [
    'IPv6 Static Address 0:\n    Enabled:        yes\n    Address:        2001:db8::5/64\n    Status:         active',
    'IPv6 Static Address 1:\n    Enabled:        no\n    Address:        2001:db8::6/64\n    Status:         disabled',
    'IPv6 Dynamic Address 0:\n    Address:        ::/0\n    Status:         active',
  ].join('\n');
  assert.deepEqual(bmcOf({ 'ipmi-lan6-print': text }).ipv6Addresses, ['2001:db8::5/64']);
});

test('sensors with thresholds, with states, and without a reading', () => {
  const text = [
    'CPU1 Temp        | 41.000     | degrees C  | ok    | 0.000     | 0.000     | 0.000     | 95.000    | 100.000   | 100.000   ',
    'FAN3             | na         | RPM        | na    | 300.000   | na        | na        | na        | na        | na        ',
    'PS1 Status       | 0x1        | discrete   | 0x0100| na        | na        | na        | na        | na        | na        ',
    'Get HPM.x Capabilities request failed',
    'P2V              | Not Readable      | ns',
    'Temp             | disabled          | ns',
    'Fan              | 30h | cr  | 29.1 | 0 RPM',
  ].join('\n');
  assert.deepEqual(parseSensors(text), [
    { name: 'CPU1 Temp', status: 'ok', value: 41, unit: 'degrees C' },
    { name: 'FAN3' },
    { name: 'PS1 Status', status: '0x0100' },
    { name: 'P2V', status: 'ns' },
    { name: 'Temp', status: 'ns' },
    { name: 'Fan', status: 'cr', value: 0, unit: 'RPM', entity: '29.1' },
  ]);
});

test('the event log: counts by severity, what went away again is none', () => {
  const info =
    'SEL Information\nVersion          : 1.5 (v1.5, v2 compliant)\nEntries          : 512\nFree Space       : 0 bytes \nPercent Used     : 100%\nLast Add Time    : 04/14/2020 10:12:44\nLast Del Time    : Not Available\nOverflow         : true\n';
  const elist = [
    '   1 | 04/13/2020 | 08:00:00 | Event Logging Disabled #0x07 | Log area reset/cleared | Asserted',
    '   2 | 04/13/2020 | 09:00:00 | Memory #0x02 | Correctable ECC | Asserted | DIMMA1',
    '   3 | 04/14/2020 | 10:00:00 | Memory #0x02 | Uncorrectable ECC | Asserted | DIMMA1',
    '   4 | 04/14/2020 | 10:11:00 | Power Supply #0x51 | Power Supply AC lost | Asserted',
    '   5 | 04/14/2020 | 10:12:44 | Power Supply #0x51 | Power Supply AC lost | Deasserted',
    '   6 |  Pre-Init  |0000000009| Fan #0x30 | Lower Non-critical going low  | Asserted',
    'Error loading interface',
  ].join('\n');
  assert.deepEqual(readEventLog(info, elist), {
    entries: 512,
    percentUsed: 100,
    overflow: true,
    lastAdded: '04/14/2020 10:12:44',
    readEntries: 6,
    critical: 2,
    warning: 2,
    other: 2,
    newestCritical: [
      { time: '04/14/2020 10:00:00', sensor: 'Memory #0x02', event: 'Uncorrectable ECC' },
      { time: '04/14/2020 10:11:00', sensor: 'Power Supply #0x51', event: 'Power Supply AC lost' },
    ],
  });
  assert.equal(readEventLog('', 'SEL has no entries\n'), undefined);
});
