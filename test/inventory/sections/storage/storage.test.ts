import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { normaliseDisks } from '../../../../src/inventory/sections/storage/disks.ts';
import { parseNvmeList } from '../../../../src/inventory/tools/nvme-list-json.ts';
import { hiddenDrives } from '../../../../src/inventory/tools/smartctl/scan.ts';
import { parseStorcli } from '../../../../src/inventory/tools/storcli/storcli.ts';
import { type CaptureFixture, dataOf, fixtureCapture, sectionOf } from '../../capture-fixture.ts';

const disksOf = (fixture: CaptureFixture) => dataOf(sectionOf(normaliseDisks, fixture));
const lsblk = (rows: unknown[]): string => JSON.stringify({ blockdevices: rows });
const letters = 'abcdefghijklmnopqrstuvwxyz';
const sdName = (at: number): string => `sd${at < 26 ? '' : letters[Math.floor(at / 26) - 1]}${letters[at % 26]}`;

test('140 nodes with two paths to each of 69 drives, and two with one, are 71 disks', () => {
  const node = (at: number, drive: number) => ({
    kname: sdName(at),
    type: 'disk',
    size: 600127266816,
    tran: 'sas',
    model: 'EXAMPLE600',
    serial: `S${drive}`,
    wwn: `0x5000cca0${drive.toString(16).padStart(8, '0')}`,
    hctl: `${at % 2}:0:${at}:0`,
  });
  const rows = Array.from({ length: 140 }, (_, at) => node(at, at < 138 ? at % 69 : at));
  const disks = disksOf({ outputs: { lsblk: lsblk(rows) } });
  assert.equal(disks.length, 71);
  assert.deepEqual(disks[0]?.paths, ['sda', sdName(69)]);
  assert.equal(disks.filter((disk) => disk.paths === undefined).length, 2);
  assert.equal(dataOf(normalise(fixtureCapture({ outputs: { lsblk: lsblk(rows) } })).sections.storage).diskCount, 71);
});

test('a multipath map makes one disk, whatever the paths say of themselves', () => {
  const child = { name: 'mpatha', kname: 'dm-0', type: 'mpath' };
  const row = (kname: string) => ({ kname, type: 'disk', size: 4096, children: [child] });
  const [disk, ...others] = disksOf({ outputs: { lsblk: lsblk([row('sda'), row('sdb')]) } });
  assert.deepEqual([disk?.name, disk?.paths, disk?.multipathName, others.length], ['sda', ['sda', 'sdb'], 'mpatha', 0]);
});

test('what only looks alike stays apart: card readers, drives of other sizes, empty drives, an identifier of zeros', () => {
  const base = { type: 'disk', size: 4096, model: 'X', serial: 'AAAABBBBCCCC3', tran: 'usb' };
  const pairs = [
    [{}, {}],
    [
      { tran: 'sas', wwn: '0x5000cca012345678' },
      { tran: 'sas', wwn: '0x5000cca012345678', size: 8192 },
    ],
    [
      { tran: 'sas', size: 0 },
      { tran: 'sas', size: 0 },
    ],
    [{ wwn: '0x5000000000000000' }, { wwn: '0x5000000000000000' }],
    [
      { tran: 'sas', wwn: '0x5000cca012345678', serial: 'A' },
      { tran: 'sas', wwn: '0x5000cca012345678', serial: 'B' },
    ],
  ];
  for (const [a, b] of pairs) {
    const rows = [
      { ...base, kname: 'sda', ...a },
      { ...base, kname: 'sdb', ...b },
    ];
    assert.equal(disksOf({ outputs: { lsblk: lsblk(rows) } }).length, 2, JSON.stringify(rows));
  }
});

test('enclosure and slot, from /sys by SCSI address and from sg_ses by SAS address', () => {
  const ses = [
    'Slot 01 [0,0]  Element type: Array device slot',
    '  Enclosure Status:',
    '    Additional Element Status:',
    '      device slot number: 4',
    '      attached SAS address: 0x5003048000000001',
    '      SAS address: 0x5000C500A0B1C2D3',
    'Slot 02 [0,1]  Element type: Array device slot',
    '      SAS address: 0x0000000000000000',
    'Temp [1,0]  Element type: Temperature sensor',
    '      SAS address: 0x5000c500ffffffff',
  ].join('\n');
  const disks = disksOf({
    outputs: {
      lsblk: lsblk([
        { kname: 'sda', type: 'disk', size: 4096, hctl: '0:0:3:0' },
        { kname: 'sdb', type: 'disk', size: 4096, hctl: '0:0:4:0' },
      ]),
      'sg-ses-0:0:9:0': ses,
    },
    files: {
      'sys/class/enclosure/0:0:9:0/device/vendor': 'EXAMPLE \n',
      'sys/class/enclosure/0:0:9:0/device/model': 'SHELF24         \n',
      'sys/class/enclosure/0:0:9:0/Slot07/slot': '7\n',
      'sys/block/sdb/device/sas_address': '0x5000c500a0b1c2d3\n',
    },
    links: {
      'sys/class/enclosure/0:0:9:0/Slot07/device': 'sys/devices/pci0000:00/0000:00:02.0/host0/port-0:0/end_device-0:0/target0:0:3/0:0:3:0',
      'dev/disk/by-path/pci-0000:00:02.0-sas-phy0-lun-0': 'dev/sda',
      'dev/disk/by-path/pci-0000:00:02.0-sas-phy0-lun-0-part1': 'dev/sda1',
    },
  });
  assert.deepEqual(
    disks.map((disk) => [disk.name, disk.enclosure, disk.enclosureSlot, disk.byPath]),
    [
      ['sda', 'EXAMPLE SHELF24', '7', 'pci-0000:00:02.0-sas-phy0-lun-0'],
      ['sdb', 'EXAMPLE SHELF24', '4', undefined],
    ],
  );
});

test('signatures of software RAID and LVM, of the disk and of its partitions', () => {
  const children = [
    {
      kname: 'sda1',
      type: 'part',
      fstype: 'linux_raid_member',
      uuid: 'e054553a-fbcc-dcfe',
      label: 'host:0',
      children: [{ kname: 'md0', type: 'raid1', fstype: 'ext4' }],
    },
    { kname: 'sda2', type: 'part', fstype: 'LVM2_member' },
    { kname: 'sda3', type: 'part', fstype: null },
  ];
  const [disk] = disksOf({ outputs: { lsblk: lsblk([{ kname: 'sda', type: 'disk', size: 4096, children }]) } });
  assert.deepEqual(disk?.signatures, [
    { device: 'sda1', type: 'linux_raid_member', uuid: 'e054553a-fbcc-dcfe' },
    { device: 'sda2', type: 'LVM2_member' },
  ]);
});

const namespaceRow = { NameSpace: 'nvme0n1', NSID: 1, UsedBytes: 512, MaximumLBA: 1000, PhysicalSize: 512000, SectorSize: 512 };
const controllerRow = { Controller: 'nvme0', Cntlid: '6', SerialNumber: 'N1 ', ModelNumber: 'Example', Firmware: '1.0' };
const path = { NameSpace: 'nvme0c0n1', NSID: 1, PhysicalSize: 0, SectorSize: 1 };
const shapes: Record<string, unknown> = {
  flat: [
    {
      NameSpace: 1,
      DevicePath: '/dev/nvme0n1',
      Firmware: '1.0',
      ModelNumber: 'Example',
      SerialNumber: 'N1',
      UsedBytes: 512,
      MaximiumLBA: 1000,
      SectorSize: 512,
    },
  ],
  'namespaces below the controller': [
    { Subsystems: [{ SubsystemNQN: 'nqn.x', Controllers: [{ ...controllerRow, Namespaces: [namespaceRow, path] }] }] },
  ],
  'namespaces below the subsystem': [
    { Subsystems: [{ SubsystemNQN: 'nqn.x', Controllers: [controllerRow, { Controller: 'nvme1' }], Namespaces: [namespaceRow] }] },
  ],
};
for (const [shape, devices] of Object.entries(shapes)) {
  test(`nvme list, ${shape}`, () => {
    const found = parseNvmeList(Buffer.from(JSON.stringify({ Devices: devices })));
    assert.deepEqual([...found.keys()], ['nvme0n1']);
    const namespace = found.get('nvme0n1');
    assert.deepEqual(
      [namespace?.serial, namespace?.model, namespace?.firmware, namespace?.sizeBytes, namespace?.namespaceId],
      ['N1', 'Example', '1.0', 512000, 1],
    );
    assert.equal(namespace?.subsystemNqn, shape === 'flat' ? undefined : 'nqn.x');
    const [disk] = disksOf({ outputs: { 'nvme-list': JSON.stringify({ Devices: devices }) } });
    assert.deepEqual([disk?.name, disk?.serial, disk?.nvme?.namespaceId, disk?.logicalBlockBytes], ['nvme0n1', 'N1', 1, 512]);
  });
}

test('storcli show all: details of drives, size from sectors, state of the battery, outputs put together', () => {
  const status = { Status: 'Success', Controller: 0 };
  const row = {
    'EID:Slt': '32:1',
    DID: 9,
    State: 'Onln',
    DG: 0,
    Size: '3.637 TB',
    Intf: 'SAS',
    Med: 'HDD',
    SeSz: '512B',
    Model: 'EX4000 ',
  };
  const outputs = [
    {
      Basics: { Model: 'EX9361', 'Serial Number': 'SV1', 'PCI Address': '00:3b:00:00' },
      Version: { 'Firmware Version': '4.6' },
      Status: { 'Controller Status': 'Optimal' },
      Cachevault_Info: [{ Model: 'CVPM02', State: 'Optimal', Temp: '28C' }],
      'PD LIST': [row],
    },
    {
      '/c0/v0': [{ 'DG/VD': '0/0', TYPE: 'RAID1', State: 'Optl', Size: '3.637 TB', Name: '' }],
      'VD0 Properties': { 'Number of Blocks': 7812939776, 'OS Drive Name': '/dev/sda' },
    },
    {
      'Drive /c0/e32/s1': [row],
      'Drive /c0/e32/s1 - Detailed Information': {
        'Drive /c0/e32/s1 State': {
          'Media Error Count': 3,
          'Predictive Failure Count': 1,
          'Drive Temperature': ' 30C (86.00 F)',
          'S.M.A.R.T alert flagged by drive': 'Yes',
        },
        'Drive /c0/e32/s1 Device attributes': {
          SN: '  K1  ',
          'Manufacturer Id': 'EXAMPLE ',
          WWN: '5000CCA012345678',
          'Firmware Revision': 'A1',
          'Raw size': '3.638 TB [0x1d1c0beb0 Sectors]',
        },
      },
    },
  ].map((data) => Buffer.from(JSON.stringify({ Controllers: [{ 'Command Status': status, 'Response Data': data }] })));
  const { controllers, problems } = parseStorcli(outputs, 'storcli');
  assert.deepEqual(problems, []);
  assert.deepEqual(controllers, [
    {
      id: '0',
      tool: 'storcli',
      model: 'EX9361',
      serial: 'SV1',
      firmware: '4.6',
      pciAddress: '0000:3b:00.0',
      health: 'Optimal',
      battery: { model: 'CVPM02', state: 'Optimal', temperatureCelsius: 28 },
      virtualDrives: [
        { id: '0', driveGroup: '0', level: 'RAID1', state: 'Optl', sizeText: '3.637 TB', sizeBytes: 4000225165312, device: 'sda' },
      ],
      physicalDrives: [
        {
          enclosure: '32',
          slot: '1',
          deviceId: '9',
          state: 'Onln',
          driveGroup: '0',
          sizeText: '3.637 TB',
          sizeBytes: 4000787030016,
          interface: 'SAS',
          medium: 'HDD',
          vendor: 'EXAMPLE',
          model: 'EX4000',
          serial: 'K1',
          wwn: '0x5000cca012345678',
          firmware: 'A1',
          temperatureCelsius: 30,
          mediaErrors: 3,
          predictiveFailures: 1,
          smartPassed: false,
        },
      ],
    },
  ]);
});

test('FC and SAS adapters with their addresses; a SATA port is none', () => {
  const files = {
    'sys/class/fc_host/host2/port_name': '0x21000024ff3dd2b4\n',
    'sys/class/fc_host/host2/node_name': '0x20000024ff3dd2b4\n',
    'sys/class/fc_host/host2/port_state': 'Online\n',
    'sys/class/fc_host/host2/speed': '16 Gbit\n',
    'sys/class/scsi_host/host2/proc_name': 'qla2xxx\n',
    'sys/class/scsi_host/host10/host_sas_address': '0x500605b00da13540\n',
    'sys/class/scsi_host/host0/proc_name': 'ahci\n',
  };
  const links = { 'sys/class/scsi_host/host2': 'sys/devices/pci0000:00/0000:00:02.0/0000:05:00.1/host2/scsi_host/host2' };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ files, links })).sections.storage).hostAdapters, [
    {
      name: 'host2',
      driver: 'qla2xxx',
      pciAddress: '0000:05:00.1',
      wwpn: '0x21000024ff3dd2b4',
      wwnn: '0x20000024ff3dd2b4',
      portState: 'Online',
      speed: '16 Gbit',
    },
    { name: 'host10', sasAddress: '0x500605b00da13540' },
  ]);
});

test('a scan asks for nothing that is no plain device', () => {
  const devices = ['/dev/bus/6', '/dev/sda; reboot', '../etc/shadow', '-x'].flatMap((name) =>
    ['megaraid,14', 'sat+megaraid,2', 'scsi', 'megaraid,1 -s on', 'cciss,3', 'areca,1/2'].map((type) => ({ name, type })),
  );
  assert.deepEqual(hiddenDrives(Buffer.from(JSON.stringify({ devices }))), [
    { path: '/dev/bus/6', type: 'megaraid,14' },
    { path: '/dev/bus/6', type: 'sat+megaraid,2' },
    { path: '/dev/bus/6', type: 'cciss,3' },
    { path: '/dev/bus/6', type: 'areca,1/2' },
  ]);
});
