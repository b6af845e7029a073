import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { type CaptureFixture, dataOf, dmiText, fixtureCapture } from './capture-fixture.ts';

const device = {
  Size: '1 GB',
  'Total Width': 'Unknown',
  'Data Width': 'Unknown',
  'Form Factor': 'DIMM',
  Type: 'RAM',
  Manufacturer: 'QEMU',
  'Part Number': 'Not Specified',
};
const block = (name: string, more: Record<string, unknown>) => ({
  name,
  kname: name,
  type: 'disk',
  size: 1073741824,
  ro: true,
  rm: false,
  rota: true,
  'log-sec': 512,
  'phy-sec': 512,
  ...more,
});
const link = (ifname: string, address: string) => ({
  ifname,
  address,
  flags: ['BROADCAST', 'UP', 'LOWER_UP'],
  mtu: 1500,
  link_type: 'ether',
  addr_info: [],
});

/** What the tools say in a virtual machine that was given serial numbers for everything. */
const machine: CaptureFixture = {
  outputs: {
    dmidecode: dmiText(
      [0, 'BIOS Information', { Vendor: 'SeaBIOS', Version: 'rel-1.16.2-0', 'Release Date': '04/01/2014' }],
      [
        1,
        'System Information',
        {
          Manufacturer: 'QEMU',
          'Product Name': 'Standard PC (Q35 + ICH9, 2009)',
          Version: 'pc-q35-7.2',
          'Serial Number': 'NODE-0001',
          UUID: '11111111-2222-3333-4444-555555555501',
          'SKU Number': 'Not Specified',
          Family: 'Not Specified',
        },
      ],
      [3, 'Chassis Information', { Manufacturer: 'QEMU', Type: 'Other', 'Serial Number': 'Not Specified', 'Asset Tag': 'RACK-7' }],
      [16, 'Physical Memory Array', { Location: 'Other', Use: 'System Memory', 'Error Correction Type': 'Multi-bit ECC' }],
      [17, 'Memory Device', { ...device, Locator: 'DIMM 0', 'Serial Number': 'DIMM-A' }],
      [17, 'Memory Device', { ...device, Locator: 'DIMM 1', 'Serial Number': 'DIMM-B' }],
    ),
    lsblk: JSON.stringify({
      blockdevices: [
        block('sda', {
          model: 'QEMU HARDDISK',
          vendor: 'ATA     ',
          serial: 'AHCI-0001',
          rev: '2.5+',
          tran: 'sata',
          hctl: '0:0:0:0',
          subsystems: 'block:scsi:pci',
        }),
        block('sr0', { type: 'rom', size: 1073741312, model: 'QEMU DVD-ROM' }),
        block('fd0', { size: 4096 }),
        block('vda', { serial: 'VIRTIO-0001', vendor: '0x1af4', subsystems: 'block:virtio:pci' }),
        block('nvme0n1', { model: 'QEMU NVMe Ctrl', serial: 'NVME-0001', tran: 'nvme', rota: false }),
      ],
    }),
    'ip-address': JSON.stringify([
      link('lo', '00:00:00:00:00:00'),
      link('enp0s2', '52:54:00:12:34:01'),
      link('enp0s3', '52:54:00:12:34:02'),
    ]),
    'ethtool-driver-enp0s2': 'driver: e1000\nversion: 6.12.1\nfirmware-version: \nbus-info: 0000:00:02.0\n',
    'ethtool-permanent-enp0s2': 'Permanent address: 52:54:00:12:34:01\n',
    'ethtool-driver-enp0s3': 'driver: virtio_net\nversion: 1.0.0\nfirmware-version: \nbus-info: 0000:00:03.0\n',
    'ethtool-permanent-enp0s3': 'Permanent address: 52:54:00:12:34:02\n',
    'ipmi-mc-info':
      'Device ID                 : 32\nFirmware Revision         : 0.00\nIPMI Version              : 2.0\nManufacturer ID           : 0\nManufacturer Name         : Unknown\n',
  },
  files: {
    'sys/block/vda/serial': 'VIRTIO-0001',
    'sys/block/nvme0n1/device/firmware_rev': '7.2.9   \n',
    'proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu\n\n',
    'sys/class/dmi/id/sys_vendor': 'QEMU\n',
  },
  links: {
    'sys/block/vda': 'sys/devices/pci0000:00/0000:00:05.0/virtio1/block/vda',
    'sys/class/net/enp0s3': 'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/enp0s3',
  },
};

test('a virtual machine comes out with every serial number that it was given', () => {
  const { sections } = NodeRecord.parse(normalise(fixtureCapture(machine)));
  const system = dataOf(sections.system);
  assert.deepEqual(
    [system.vendor, system.product, system.serial, system.uuid],
    ['QEMU', 'Standard PC (Q35 + ICH9, 2009)', 'NODE-0001', '11111111-2222-3333-4444-555555555501'],
  );
  assert.deepEqual(system.chassis, { type: 'Other', vendor: 'QEMU', assetTag: 'RACK-7' });
  assert.equal(sections.board.status, 'absent');
  assert.equal(dataOf(sections.firmware).bootMode, 'bios');
  const memory = dataOf(sections.memory);
  assert.deepEqual(
    memory.dimms.map((dimm) => [dimm.locator, dimm.serial, dimm.sizeBytes]),
    [
      ['DIMM 0', 'DIMM-A', 1024 ** 3],
      ['DIMM 1', 'DIMM-B', 1024 ** 3],
    ],
  );
  assert.deepEqual([memory.ecc, memory.installedBytes, memory.slotsPopulated], ['Multi-bit ECC', 2 * 1024 ** 3, 2]);
  assert.deepEqual(
    dataOf(sections.disks).map((disk) => [disk.name, disk.serial, disk.model, disk.firmware, disk.transport]),
    [
      ['nvme0n1', 'NVME-0001', 'QEMU NVMe Ctrl', '7.2.9', 'nvme'],
      ['sda', 'AHCI-0001', 'QEMU HARDDISK', '2.5+', 'sata'],
      ['vda', 'VIRTIO-0001', undefined, undefined, 'virtio'],
    ],
  );
  assert.deepEqual(
    dataOf(sections.nics).map((nic) => [nic.name, nic.mac, nic.permanentMac, nic.driver, nic.pciAddress]),
    [
      ['enp0s2', '52:54:00:12:34:01', '52:54:00:12:34:01', 'e1000', '0000:00:02.0'],
      ['enp0s3', '52:54:00:12:34:02', '52:54:00:12:34:02', 'virtio_net', '0000:00:03.0'],
    ],
  );
  assert.deepEqual(dataOf(sections.bmc), { firmware: '0.00', ipmiVersion: '2.0' });
});

for (const serial of ['NODE-0001', 'DIMM-B', 'AHCI-0001', 'NVME-0001', 'VIRTIO-0001']) {
  test(`another ${serial} is another record, and nothing else in its sections changes`, () => {
    const change = (fields: Record<string, string | Buffer> | undefined) =>
      Object.fromEntries(Object.entries(fields ?? {}).map(([key, text]) => [key, String(text).replaceAll(serial, 'CHANGED-99')]));
    const before = JSON.stringify(normalise(fixtureCapture(machine)).sections);
    const changed = fixtureCapture({ ...machine, outputs: change(machine.outputs), files: change(machine.files) });
    const after = JSON.stringify(normalise(changed).sections);
    assert.notEqual(after, before);
    assert.equal(after.replaceAll('CHANGED-99', serial), before);
  });
}
