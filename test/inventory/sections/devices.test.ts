import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { normalisePci } from '../../../src/inventory/sections/pci/pci.ts';
import { normaliseSlots } from '../../../src/inventory/sections/pci-slots.ts';
import { normaliseFans, normalisePowerSupplies } from '../../../src/inventory/sections/power-supplies.ts';
import { normaliseTpm } from '../../../src/inventory/sections/tpm.ts';
import { normaliseUsb } from '../../../src/inventory/sections/usb.ts';
import { normaliseWatchdogs } from '../../../src/inventory/sections/watchdogs.ts';
import { dataOf, dmiText, fixtureCapture, sectionOf } from '../capture-fixture.ts';

const lspci = `Slot:\t0000:43:00.0
Class:\t3D controller [0302]
Vendor:\tExample Graphics [10de]
Device:\tX100 [1eb8]
Driver:\tnvidia

Slot:\t0000:44:00.0
Class:\tProcessing accelerators [1200]
Vendor:\tExample Chips [1da3]
Device:\tHL-9 [1020]
`;
const nvidia = (bus: string) => `<?xml version="1.0" ?>
<nvidia_smi_log><driver_version>535.1</driver_version>
<gpu id="${bus}"><product_name>Example X100</product_name><mig_mode><current_mig>N/A</current_mig></mig_mode>
<serial>1562421000001</serial><uuid>GPU-1</uuid><vbios_version>90.04</vbios_version>
<fb_memory_usage><total>15360 MiB</total></fb_memory_usage><ecc_mode><current_ecc>Enabled</current_ecc></ecc_mode></gpu></nvidia_smi_log>`;

test('a card by lspci, filled up by nvidia-smi', () => {
  const outputs = { lspci, 'nvidia-smi': nvidia('00000000:43:00.0') };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs })).sections.gpus), [
    {
      pciAddress: '0000:43:00.0',
      vendor: 'Example Graphics',
      model: 'Example X100',
      driver: 'nvidia',
      serial: '1562421000001',
      uuid: 'GPU-1',
      vbios: '90.04',
      memoryBytes: 15360 * 1024 ** 2,
      eccEnabled: true,
      driverVersion: '535.1',
    },
  ]);
});

test('a card that lspci does not show is not merged with one that it does', () => {
  const gpus = dataOf(normalise(fixtureCapture({ outputs: { lspci, 'nvidia-smi': nvidia('00010000:0A:00.0') } })).sections.gpus);
  assert.deepEqual(
    gpus.map((gpu) => [gpu.pciAddress, gpu.serial]),
    [
      ['0000:43:00.0', undefined],
      ['00010000:0a:00.0', '1562421000001'],
    ],
  );
});

test('accelerators are class 12, and no display', () => {
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs: { lspci } })).sections.accelerators), [
    { pciAddress: '0000:44:00.0', vendor: 'Example Chips', model: 'HL-9' },
  ]);
});

const device = 'sys/bus/pci/devices/0000:43:00.0';
const sysfs = {
  files: {
    [`${device}/class`]: '0x030200\n',
    [`${device}/vendor`]: '0x10de\n',
    [`${device}/device`]: '0x1eb8\n',
    [`${device}/subsystem_vendor`]: '0x0000\n',
    [`${device}/numa_node`]: '-1\n',
    [`${device}/current_link_speed`]: '2.5 GT/s PCIe\n',
    [`${device}/max_link_speed`]: '8.0 GT/s PCIe\n',
    [`${device}/current_link_width`]: '8\n',
    [`${device}/max_link_width`]: '255\n',
  },
  links: { [`${device}/driver`]: 'sys/bus/pci/drivers/nouveau', [`${device}/iommu_group`]: 'sys/kernel/iommu_groups/12' },
};

test('PCI from /sys alone: numbers without names', () => {
  assert.deepEqual(dataOf(sectionOf(normalisePci, sysfs)), [
    {
      address: '0000:43:00.0',
      classId: '0302',
      vendorId: '10de',
      deviceId: '1eb8',
      driver: 'nouveau',
      iommuGroup: 12,
      link: { speedGtps: 2.5, maxSpeedGtps: 8, width: 8 },
    },
  ]);
});

test('PCI from both: the names of lspci and the link of /sys', () => {
  const functions = dataOf(sectionOf(normalisePci, { ...sysfs, outputs: { lspci } }));
  assert.deepEqual(
    functions.map((found) => [found.address, found.device, found.driver, found.link?.speedGtps]),
    [
      ['0000:43:00.0', 'X100', 'nvidia', 2.5],
      ['0000:44:00.0', 'HL-9', undefined, undefined],
    ],
  );
});

test('TPM by kernel and firmware', () => {
  const dmidecode = dmiText([
    43,
    'TPM Device',
    { 'Vendor ID': 'IFX', 'Specification Version': '2.0', 'Firmware Revision': '7.62', Description: 'EXAMPLE' },
  ]);
  const expected = { version: '2.0', vendor: 'IFX', description: 'EXAMPLE', firmware: '7.62' };
  assert.deepEqual(dataOf(sectionOf(normaliseTpm, { outputs: { dmidecode } })), expected);
  assert.deepEqual(dataOf(sectionOf(normaliseTpm, { files: { 'sys/class/tpm/tpm0/tpm_version_major': '1\n' } })), { version: '1.2' });
  assert.equal(sectionOf(normaliseTpm, { outputs: { dmidecode: dmiText([1, 'System Information', {}]) } }).status, 'absent');
});

test('power supplies: fitted, not fitted, and one that nobody filled in', () => {
  const placeholder = 'To Be Filled By O.E.M.';
  const dmidecode = dmiText(
    [
      39,
      'System Power Supply',
      {
        Location: 'PSU1',
        'Serial Number': 'P1K2',
        'Max Power Capacity': '1200 W',
        Status: 'Present, OK',
        Plugged: 'Yes',
        'Hot Replaceable': 'No',
      },
    ],
    [39, 'System Power Supply', { Location: 'PSU2', 'Serial Number': 'stale', 'Max Power Capacity': 'Unknown', Status: 'Not Present' }],
    [
      39,
      'System Power Supply',
      { Location: placeholder, Name: placeholder, 'Serial Number': placeholder, 'Max Power Capacity': 'Unknown' },
    ],
  );
  assert.deepEqual(dataOf(sectionOf(normalisePowerSupplies, { outputs: { dmidecode } })), [
    { location: 'PSU1', serial: 'P1K2', maxWatts: 1200, present: true, status: 'OK', plugged: true, hotReplaceable: false },
    { location: 'PSU2', present: false },
  ]);
});

test('fans', () => {
  const dmidecode = dmiText([
    27,
    'Cooling Device',
    { Type: 'Fan', Status: 'OK', 'Nominal Speed': '8192 rpm', Description: 'Cooling Device Description' },
  ]);
  assert.deepEqual(dataOf(sectionOf(normaliseFans, { outputs: { dmidecode } })), [{ type: 'Fan', status: 'OK', nominalRpm: 8192 }]);
});

test('slots: an address of all ones is none', () => {
  const slot = (usage: string, address: string): [number, string, Record<string, string>] => [
    9,
    'System Slot Information',
    { Designation: 'S1', Type: 'x8 PCI Express 3', 'Current Usage': usage, 'Bus Address': address },
  ];
  const dmidecode = dmiText(slot('In Use', '0000:3B:00.0'), slot('Available', '00ff:ff:1f.7'), slot('Unknown', '0000:00:00.0'));
  const slots = dataOf(sectionOf(normaliseSlots, { outputs: { dmidecode } }));
  assert.deepEqual(
    slots.map(({ used, busAddress }) => [used, busAddress]),
    [
      [true, '0000:3b:00.0'],
      [false, undefined],
      [undefined, undefined],
    ],
  );
});

test('USB by lsusb and /sys, joined by bus and number', () => {
  const lsusb = 'Bus 001 Device 003: ID 0781:5583 Example Corp. Ultra\nBus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub\n';
  const at = 'sys/bus/usb/devices/1-3';
  const files = {
    [`${at}/busnum`]: '1\n',
    [`${at}/devnum`]: '3\n',
    [`${at}/idVendor`]: '0781\n',
    [`${at}/idProduct`]: '5583\n',
    [`${at}/serial`]: '4C530001\n',
    'sys/bus/usb/devices/1-3:1.0/bInterfaceClass': '08\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseUsb, { outputs: { lsusb }, files })), [
    { bus: 1, device: 1, vendorId: '1d6b', productId: '0002', name: 'Linux Foundation 2.0 root hub' },
    { bus: 1, device: 3, vendorId: '0781', productId: '5583', name: 'Example Corp. Ultra', serial: '4C530001' },
  ]);
});

test('watchdogs', () => {
  const files = { 'sys/class/watchdog/watchdog0/identity': 'iTCO_wdt\n', 'sys/class/watchdog/watchdog0/state': 'inactive\n' };
  assert.deepEqual(dataOf(normaliseWatchdogs(fixtureCapture({ files }))), [{ name: 'watchdog0', identity: 'iTCO_wdt', state: 'inactive' }]);
});
