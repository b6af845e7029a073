import { dmiText } from '../capture-fixture.ts';
import type { ToolTexts } from './tool-texts.ts';

/** Two small machines that no one has, with a word from nearly every tool: what runs where there are no recordings. */
export function syntheticTexts(): ToolTexts[] {
  return [server(), virtualMachine()];
}

function server(): ToolTexts {
  return {
    name: 'a server made by hand',
    outputs: {
      dmidecode: dmiText(
        [0, 'BIOS Information', { Vendor: 'Firma', Version: '2.19.1', 'Release Date': '06/04/2023' }],
        [1, 'System Information', { Manufacturer: 'Rackbau', 'Product Name': 'RB-2200', 'Serial Number': 'SYS7781', UUID: UUID }],
        [2, 'Base Board Information', { Manufacturer: 'Rackbau', 'Product Name': 'RB-Board', 'Serial Number': 'BRD1192' }],
        [3, 'Chassis Information', { Manufacturer: 'Rackbau', Type: 'Rack Mount Chassis', 'Serial Number': 'CHS5573' }],
        [4, 'Processor Information', { 'Socket Designation': 'CPU1', Type: 'Central Processor', Version: 'Zentral 9', 'Core Count': '8' }],
        [9, 'System Slot Information', { Designation: 'SLOT3', Type: 'x8 PCI Express 3', 'Current Usage': 'In Use' }],
        [16, 'Physical Memory Array', { Use: 'System Memory', 'Error Correction Type': 'Multi-bit ECC' }],
        ...['A1', 'A2', 'B1', 'B2'].map((slot, at): Structure => [17, 'Memory Device', module(slot, at)]),
        [17, 'Memory Device', { Size: 'No Module Installed', Locator: 'C1', 'Bank Locator': 'Node 2' }],
        [
          39,
          'System Power Supply',
          { Location: 'PSU1', 'Serial Number': 'PWR3301', 'Max Power Capacity': '1200 W', Status: 'Present, OK' },
        ],
      ),
      lscpu:
        'Architecture: x86_64\nCPU(s): 16\nModel name: Zentral 9\nSocket(s): 1\nCore(s) per socket: 8\nFlags: fpu vmx\nL2: 4 MiB (8 instances)\n',
      lspci: `Slot:\t0000:3b:00.0\nClass:\tEthernet controller [0200]\nVendor:\tNetzwerk [1af5]\nDevice:\tN25 [1016]\nDriver:\tn25\nNUMANode:\t0\n\n`,
      lsusb: 'Bus 001 Device 002: ID 046b:ff10 Tastatur und Maus\n',
      lsblk: JSON.stringify({
        blockdevices: [
          disk('sda', {
            serial: 'DSK4410',
            model: 'Platte 8T',
            wwn: '0x5000c500a1b2c3d4',
            size: 8001563222016,
            tran: 'sas',
            hctl: '0:0:1:0',
          }),
          disk('sdb', {
            serial: 'DSK4411',
            model: 'Platte 8T',
            wwn: '0x5000c500a1b2c3d8',
            size: 8001563222016,
            tran: 'sas',
            hctl: '0:0:2:0',
          }),
          disk('nvme0n1', { serial: 'NVM9920', model: 'Flink 1T', size: 1000204886016, tran: 'nvme' }),
        ],
      }),
      'smartctl-sda': smart('DSK4410', 8001563222016),
      'smartctl-sdb': smart('DSK4411', 8001563222016),
      'nvme-list': JSON.stringify({
        Devices: [
          { DevicePath: '/dev/nvme0n1', ModelNumber: 'Flink 1T', SerialNumber: 'NVM9920', PhysicalSize: 1000204886016, SectorSize: 512 },
        ],
      }),
      'nvme-id-ctrl-nvme0': JSON.stringify({ mn: 'Flink 1T   ', sn: ' NVM9920', fr: 'F1.3', cntlid: 4 }),
      'mdadm-examine': mdadm('sda1', 0) + mdadm('sdb1', 1),
      'ip-address': JSON.stringify([link('eno1', '52:54:00:a1:00:01', '10.9.8.7'), link('eno2', '52:54:00:a1:00:02', '10.9.8.8')]),
      'ethtool-eno1': 'Settings for eno1:\n\tSupported link modes:   10000baseT/Full\n\tSpeed: 10000Mb/s\n\tDuplex: Full\n\tPort: FIBRE\n',
      'ethtool-driver-eno1': 'driver: n25\nversion: 6.12\nfirmware-version: 14.32.1010\nbus-info: 0000:3b:00.0\n',
      'ethtool-permanent-eno1': 'Permanent address: 52:54:00:a1:00:01\n',
      'ethtool-permanent-eno2': 'Permanent address: 52:54:00:a1:00:02\n',
      ibstat: IBSTAT,
      lldpctl: neighbour('eno1', 'aa:bb:cc:00:00:11', 'swp7') + neighbour('eno2', 'aa:bb:cc:00:00:22', 'swp8'),
      'ipmi-mc-info': 'Firmware Revision : 1.74\nIPMI Version : 2.0\nManufacturer Name : Rackbau\n',
      'ipmi-lan-print':
        'IP Address Source : DHCP Address\nIP Address : 10.9.0.4\nMAC Address : 52:54:00:bb:00:09\nSubnet Mask : 255.255.255.0\n',
      'ipmi-fru-print': 'FRU Device Description : Builtin FRU Device (ID 0)\n Board Serial : FRU8812\n Product Serial : FRU8813\n\n',
      'ipmi-sel-elist': '1 | 04/14/2023 | 10:12:44 | Power Supply #0x51 | Failure detected | Asserted\n',
      'ipmi-sdr': 'Inlet Temp       | 05h | ok  |  7.1 | 24 degrees C\nFan 1            | 30h | ok  |  7.1 | 5040 RPM\n',
    },
    files: {
      'proc/meminfo': 'MemTotal:       65807424 kB\n',
      'proc/version': 'Linux version 6.12.9 (made) #1\n',
      'proc/cmdline': 'quiet\n',
    },
    links: {
      'sys/class/net/eno1': '/devices/pci0000:3a/0000:3b:00.0/net/eno1',
      'sys/class/net/eno2': '/devices/pci0000:3a/0000:3b:00.1/net/eno2',
    },
  };
}

function virtualMachine(): ToolTexts {
  return {
    name: 'a virtual machine made by hand',
    outputs: {
      lsblk: JSON.stringify({ blockdevices: [disk('vda', { size: 21474836480, tran: null, subsystems: 'block:virtio:pci' })] }),
      'ip-link': JSON.stringify([link('ens3', '52:54:00:12:34:56', undefined)]),
      lscpu: JSON.stringify({
        lscpu: [
          { field: 'Architecture:', data: 'x86_64' },
          { field: 'Hypervisor vendor:', data: 'KVM' },
        ],
      }),
    },
    files: {
      'sys/class/dmi/id/sys_vendor': 'Wolke\n',
      'sys/class/dmi/id/product_serial': 'VM0017\n',
      'sys/class/net/ens3/address': '52:54:00:12:34:56\n',
      'sys/block/vda/size': '41943040\n',
    },
    links: { 'sys/block/vda': '/devices/pci0000:00/0000:00:05.0/virtio2/block/vda' },
  };
}

type Structure = [type: number, title: string, fields: Record<string, string>];
const IBSTAT =
  "CA 'mlx5_0'\n\tCA type: MT4119\n\tNode GUID: 0x0002c90300a1b2c3\n\tPort 1:\n\t\tState: Active\n\t\tRate: 100\n\t\tBase lid: 7\n";
const UUID = '4c4c4544-0044-3510-8052-b4c04f564433';

function module(slot: string, at: number): Record<string, string> {
  const widths = { 'Total Width': '72 bits', 'Data Width': '64 bits' };
  const place = { Locator: `DIMM_${slot}`, 'Bank Locator': `Node ${at >> 1}` };
  return {
    ...widths,
    Size: `${8 << at} GB`,
    ...place,
    Type: 'DDR4',
    Speed: '3200 MT/s',
    Manufacturer: '00CE',
    'Serial Number': `4A3B0${at}77`,
  };
}

function disk(name: string, fields: Record<string, unknown>): Record<string, unknown> {
  return { name, kname: name, type: 'disk', rota: false, rm: false, ro: false, 'log-sec': 512, 'phy-sec': 4096, ...fields };
}

function smart(serial: string, bytes: number): string {
  const counters = { scsi_grown_defect_list: 3, power_on_time: { hours: 20123 }, temperature: { current: 31 } };
  return JSON.stringify({
    smartctl: { exit_status: 0 },
    scsi_product: 'Platte 8T',
    serial_number: serial,
    user_capacity: { bytes },
    ...counters,
  });
}

function mdadm(device: string, role: number): string {
  const fields = { Magic: 'a92b4efc', Version: '1.2', 'Array UUID': '7c1e5a90:11d2b3c4:5e6f7081:92a3b4c5', 'Raid Level': 'raid1' };
  const rows = {
    ...fields,
    'Raid Devices': '2',
    'Array Size': '976630464 KiB (931.39 GiB)',
    State: 'clean',
    'Device Role': `Active device ${role}`,
  };
  return `/dev/${device}:\n${Object.entries(rows)
    .map(([key, value]) => `  ${key} : ${value}\n`)
    .join('')}\n`;
}

function link(name: string, mac: string, local: string | undefined): Record<string, unknown> {
  const addresses = local === undefined ? [] : [{ family: 'inet', local, prefixlen: 24, scope: 'global' }];
  return { ifname: name, link_type: 'ether', address: mac, flags: ['UP', 'LOWER_UP'], mtu: 1500, addr_info: addresses };
}

function neighbour(name: string, mac: string, port: string): string {
  const keys = { via: 'LLDP', 'chassis.mac': mac, 'chassis.name': `sw-${port}`, 'port.ifname': port, 'vlan.vlan-id': '112' };
  return Object.entries(keys)
    .map(([key, value]) => `lldp.${name}.${key}=${value}\n`)
    .join('');
}
