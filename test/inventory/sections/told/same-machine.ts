import { dmiText } from '../../capture-fixture.ts';

/** One machine that no one has, as five inventories tell of it, each in its own spelling. */
const UUID = '35373638-3935-584d-5130-303030414243';
const GIB = 1024 ** 3;

export const DMIDECODE = dmiText(
  [0, 'BIOS Information', { Vendor: 'Firma', Version: 'U32', 'Release Date': '07/14/2022' }],
  [
    1,
    'System Information',
    { Manufacturer: 'HPE', 'Product Name': 'ProLiant DL360', 'Serial Number': 'MXQ7700ABC', UUID: UUID.toUpperCase() },
  ],
  [3, 'Chassis Information', { Manufacturer: 'HPE', Type: 'Rack Mount Chassis', 'Serial Number': 'MXQ7700ABC' }],
  [
    4,
    'Processor Information',
    {
      'Socket Designation': 'Proc 1',
      Type: 'Central Processor',
      Version: 'Zentral 9',
      'Core Count': '8',
      'Thread Count': '16',
      Status: 'Populated, Enabled',
    },
  ],
  [
    17,
    'Memory Device',
    { Size: '32 GB', Locator: 'PROC 1 DIMM 1', 'Bank Locator': 'Not Specified', Type: 'DDR4', 'Serial Number': '4A3B0177' },
  ],
  // firmware that leaves the number to the BMC
  [
    17,
    'Memory Device',
    { Size: '32 GB', Locator: 'PROC 1 DIMM 3', 'Bank Locator': 'Not Specified', Type: 'DDR4', 'Serial Number': 'Not Specified' },
  ],
  [17, 'Memory Device', { Size: 'No Module Installed', Locator: 'PROC 1 DIMM 5' }],
  [39, 'System Power Supply', { Location: 'Power Supply 1', 'Serial Number': '5WBXR0A1', Status: 'Present, OK' }],
  [127, 'End Of Table', {}],
);

export const LSHW = JSON.stringify({
  id: 'rb',
  class: 'system',
  product: 'ProLiant DL360 (867959-B21)',
  vendor: 'HPE',
  serial: 'MXQ7700ABC',
  configuration: { sku: '867959-B21' },
  children: [
    {
      id: 'core',
      class: 'bus',
      product: 'Brett 360',
      serial: 'PWB7701',
      children: [
        {
          id: 'memory',
          class: 'memory',
          handle: 'DMI:0010',
          description: 'System Memory',
          children: [
            { id: 'bank:0', class: 'memory', handle: 'DMI:0004', slot: 'PROC 1 DIMM 1', serial: '4A3B0177', size: 32 * GIB },
            { id: 'bank:1', class: 'memory', handle: 'DMI:0005', slot: 'PROC 1 DIMM 3', size: 32 * GIB },
          ],
        },
        {
          id: 'network:0',
          class: 'network',
          businfo: 'pci@0000:02:00.0',
          logicalname: 'eno1',
          serial: '52:54:00:a1:00:01',
          product: 'N25',
          configuration: { driver: 'n25' },
        },
        {
          id: 'disk:0',
          class: 'disk',
          businfo: 'scsi@0:0.1.0',
          logicalname: '/dev/sda',
          serial: 'DSK4410',
          product: 'PLATTE8T',
          size: 8001563222016,
        },
      ],
    },
  ],
});

const system = '/redfish/v1/Systems/1';
const fitted = { State: 'Enabled', Health: 'OK' };
/** By path, as a crawl keeps it. */
export const REDFISH: Readonly<Record<string, Record<string, unknown>>> = {
  [system]: {
    '@odata.type': '#ComputerSystem.v1_10_0.ComputerSystem',
    ...{
      Manufacturer: 'HPE',
      Model: 'ProLiant DL360',
      SKU: '867959-B21',
      SerialNumber: 'MXQ7700ABC ',
      UUID: UUID.toUpperCase(),
      BiosVersion: 'U32 v2.68',
    },
  },
  '/redfish/v1/Chassis/1': {
    '@odata.type': '#Chassis.v1_10_2.Chassis',
    ...{ ChassisType: 'RackMount', Manufacturer: 'HPE', SerialNumber: 'MXQ7700ABC', AssetTag: 'A-77' },
  },
  [`${system}/Memory/proc1dimm1`]: memory('PROC 1 DIMM 1', '4a3b0177'),
  [`${system}/Memory/proc1dimm3`]: memory('PROC 1 DIMM 3', '0x4A3B0178'),
  [`${system}/Memory/proc1dimm5`]: {
    '@odata.type': '#Memory.v1_7_1.Memory',
    DeviceLocator: 'PROC 1 DIMM 5',
    CapacityMiB: 0,
    Status: { State: 'Absent' },
  },
  [`${system}/Processors/1`]: {
    '@odata.type': '#Processor.v1_7_2.Processor',
    ...{ ProcessorType: 'CPU', Socket: 'Proc 1', Model: 'Zentral 9', TotalCores: 8, TotalThreads: 16, Status: fitted },
  },
  [`${system}/Processors/gpu`]: {
    '@odata.type': '#Processor.v1_7_2.Processor',
    ProcessorType: 'GPU',
    Model: 'Rechner 80',
    TotalCores: 6912,
  },
  [`${system}/Storage/DE00A000`]: {
    '@odata.type': '#Storage.v1_12_0.Storage',
    Id: 'DE00A000',
    Drives: [{ '@odata.id': '/redfish/v1/Chassis/DE00A000/Drives/0' }, { '@odata.id': '/redfish/v1/Chassis/DE00A000/Drives/1' }],
    StorageControllers: [{ Model: 'MR416i', SerialNumber: 'SK30117', FirmwareVersion: '52.16', Status: fitted }],
  },
  [`${system}/Storage/DE00A000/Volumes/1`]: {
    '@odata.type': '#Volume.v1_4_0.Volume',
    Id: '1',
    RAIDType: 'RAID1',
    CapacityBytes: 480036519936,
    Name: 'system',
    Status: fitted,
  },
  '/redfish/v1/Chassis/DE00A000/Drives/0': drive('DSK4410', '5000C500A1B2C3D4'),
  '/redfish/v1/Chassis/DE00A000/Drives/1': drive('DSK4411', '5000C500A1B2C3D8'),
  [`${system}/EthernetInterfaces/1`]: {
    '@odata.type': '#EthernetInterface.v1_4_1.EthernetInterface',
    Id: '1',
    MACAddress: '52:54:00:A1:00:01',
    LinkStatus: 'LinkUp',
    SpeedMbps: 10000,
  },
  '/redfish/v1/Chassis/1/NetworkAdapters/7': {
    '@odata.type': '#NetworkAdapter.v1_5_0.NetworkAdapter',
    Manufacturer: 'Netzwerk',
    Model: 'N25',
  },
  '/redfish/v1/Chassis/1/NetworkAdapters/7/NetworkDeviceFunctions/1': {
    '@odata.type': '#NetworkDeviceFunction.v1_5_0.NetworkDeviceFunction',
    Id: 'f1',
    Ethernet: { MACAddress: '52:54:00:a1:00:01', PermanentMACAddress: '52:54:00:a1:00:01' },
  },
  '/redfish/v1/Managers/1': {
    '@odata.type': '#Manager.v1_5_1.Manager',
    ManagerType: 'BMC',
    Manufacturer: 'HPE',
    Model: 'iLO 5',
    FirmwareVersion: '2.72',
  },
  '/redfish/v1/Managers/1/EthernetInterfaces/1': {
    '@odata.type': '#EthernetInterface.v1_4_1.EthernetInterface',
    MACAddress: '52:54:00:BB:00:09',
    IPv4Addresses: [{ Address: '192.0.2.104', SubnetMask: '255.255.255.0', Gateway: '192.0.2.1', AddressOrigin: 'DHCP' }],
    IPv6Addresses: [
      { Address: 'fe80::1', PrefixLength: 64 },
      { Address: '2001:db8::104', PrefixLength: 64 },
    ],
  },
  '/redfish/v1/Chassis/1/Power': {
    '@odata.type': '#Power.v1_3_0.Power',
    PowerSupplies: [
      {
        ...{
          MemberId: '0',
          Name: 'Power Supply 1',
          Manufacturer: 'DELTA',
          Model: 'P500',
          SparePartNumber: '866729-001',
          SerialNumber: '5WBXR0A1',
        },
        ...{ FirmwareVersion: '1.00', PowerCapacityWatts: 500, Status: fitted },
      },
    ],
  },
};

function memory(locator: string, serial: string): Record<string, unknown> {
  return {
    '@odata.type': '#Memory.v1_7_1.Memory',
    ...{
      DeviceLocator: locator,
      CapacityMiB: 32768,
      MemoryDeviceType: 'DDR4',
      SerialNumber: serial,
      Manufacturer: 'Speicher',
      PartNumber: 'M393A4K40',
    },
    ...{ AllowedSpeedsMHz: [2666, 2933], OperatingSpeedMhz: 2666, RankCount: 2, BusWidthBits: 72, DataWidthBits: 64, Status: fitted },
  };
}

function drive(serial: string, wwn: string): Record<string, unknown> {
  return {
    '@odata.type': '#Drive.v1_7_0.Drive',
    ...{
      SerialNumber: serial,
      Model: 'PLATTE8T',
      Manufacturer: 'PLATTEN',
      CapacityBytes: 8001563222016,
      MediaType: 'HDD',
      Protocol: 'SAS',
      Revision: 'F2.7',
    },
    ...{ RotationSpeedRPM: 7200, PredictedMediaLifeLeftPercent: 97, FailurePredicted: true, Status: fitted },
    PhysicalLocation: { PartLocation: { ServiceLabel: 'Box=1:Bay=3' } },
    Identifiers: [{ DurableName: wwn, DurableNameFormat: 'NAA' }],
  };
}

export const FACTER = {
  facterversion: '4.5.1',
  kernelrelease: '6.1.0',
  dmi: {
    manufacturer: 'HPE',
    product: { name: 'ProLiant DL360', serial_number: 'MXQ7700ABC', uuid: UUID },
    bios: { vendor: 'Firma', version: 'U32', release_date: '07/14/2022' },
    board: { manufacturer: 'HPE', product: 'Brett 360', serial_number: 'PWB7701', asset_tag: 'B-12' },
    chassis: { asset_tag: 'A-77' },
  },
  disks: {
    sda: {
      model: 'PLATTE8T',
      vendor: 'PLATTEN',
      serial_number: 'DSK4410',
      wwn: '0x5000c500a1b2c3d4',
      size_bytes: 8001563222016,
      type: 'hdd',
    },
    sr0: { size_bytes: 0 },
  },
  networking: {
    interfaces: {
      eno1: { mac: '52:54:00:a1:00:01', mtu: 1500, bindings: [{ address: '192.0.2.7', netmask: '255.255.255.0' }] },
      lo: { ip: '127.0.0.1' },
      bond0: { mac: '52:54:00:a1:00:01' },
      docker0: { mac: '02:42:00:00:00:01' },
    },
  },
  memory: { system: { total_bytes: 67386802176 } },
  processors: { count: 16, physicalcount: 1, cores: 8, models: ['Zentral 9'] },
  os: { hardware: 'x86_64' },
};
