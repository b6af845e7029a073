import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EFI_GLOBAL } from '../../src/inventory/sections/efi-boot-order.ts';
import type { Argv } from '../../src/platform/process/command.ts';
import { dmiText } from '../inventory/capture-fixture.ts';
import { CANARIES, type CanaryName } from './canary-table.ts';

const c = Object.fromEntries(Object.entries(CANARIES).map(([name, { value }]) => [name, value])) as Record<CanaryName, string>;
const PCI = 'sys/devices/pci0000:00/0000:00:03.0';

/** Writes the files of a machine that has every canary where a real machine has it. */
export async function writeSeededHost(root: string): Promise<void> {
  const files: Record<string, string | Buffer> = {
    'proc/meminfo': 'MemTotal:       65807424 kB\n',
    'proc/version': 'Linux version 6.12.9 (made) #1\n',
    'proc/cmdline': `root=live:http://admin:${c.argumentUrl}@10.0.0.1/root hostname=${c.hostArgument} rd.iscsi.password=${c.argumentPassword} quiet\n`,
    'dev/ipmi0': '',
    [`${PCI}/uevent`]: 'DRIVER=ixgbe\nPCI_SLOT_NAME=0000:00:03.0\n',
    [`${PCI}/net/eno1/address`]: `${c.nicMac}\n`,
    'sys/devices/pci0000:00/0000:00:1f.2/ata1/block/sda/size': '2048000\n',
    'sys/bus/usb/devices/1-1/busnum': '1\n',
    'sys/bus/usb/devices/1-1/devnum': '2\n',
    'sys/bus/usb/devices/1-1/idVendor': '0781\n',
    'sys/bus/usb/devices/1-1/idProduct': '5567\n',
    'sys/bus/usb/devices/1-1/serial': `${c.usbSerial}\n`,
    'sys/firmware/efi/fw_platform_size': '64\n',
    [`sys/firmware/efi/efivars/BootOrder-${EFI_GLOBAL}`]: '\x07\0\0\0\x01\0',
    [`sys/firmware/efi/efivars/Boot0001-${EFI_GLOBAL}`]: bootEntry(),
    [`sys/firmware/efi/efivars/WirelessProfile-${EFI_GLOBAL}`]: `\x07\0\0\0${c.ssid} ${c.wirelessKey}`,
    'sys/firmware/efi/efivars/SetupPassword-ec87d643-eba4-4bb5-a1e5-3f3e36b20da9': `\x07\0\0\0${c.efiSecret}`,
    'sys/firmware/acpi/tables/MSDM': c.msdm,
    'etc/hostname': `${c.hostName}\n`,
    'etc/passwd': `${c.userName}:x:1000:1000::/home/${c.userName}:/bin/sh\n`,
    'etc/shadow': `${c.userName}:${c.passwordHash}:1::::::\n`,
    'etc/ipmi.conf': `password ${c.bmcPassword}\n`,
    'etc/wpa_supplicant/wpa_supplicant.conf': `network={ ssid="${c.ssid}" psk="${c.wirelessKey}" }\n`,
    [`home/${c.userName}/.ssh/id_ed25519`]: `${c.sshKey}\n`,
    'dev/sda': c.luksHeader,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  for (const directory of ['sys/class/net', 'sys/block']) await mkdir(join(root, directory), { recursive: true });
  await symlink('../../devices/pci0000:00/0000:00:03.0/net/eno1', join(root, 'sys/class/net/eno1'));
  await symlink('../..', join(root, PCI, 'net/eno1/device'));
  await symlink('../devices/pci0000:00/0000:00:1f.2/ata1/block/sda', join(root, 'sys/block/sda'));
}

/** What the tools of that machine print; undefined for a tool that it has not. */
export function seededAnswer(argv: Argv): string | undefined {
  const command = argv.join(' ');
  return ANSWERS.find(([pattern]) => pattern.test(command))?.[1];
}

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [
    /^dmidecode/,
    dmiText(
      [
        1,
        'System Information',
        { Manufacturer: 'Rackbau', 'Product Name': 'RB-2200', 'Serial Number': c.systemSerial, UUID: c.systemUuid },
      ],
      [2, 'Base Board Information', { Manufacturer: 'Rackbau', 'Product Name': 'RB-Board', 'Serial Number': c.boardSerial }],
      [3, 'Chassis Information', { Type: 'Rack Mount Chassis', 'Serial Number': c.chassisSerial, 'Asset Tag': c.chassisAsset }],
      [11, 'OEM Strings', { 'String 1': c.oemString }],
      [17, 'Memory Device', { Size: '8 GB', Locator: 'A1', 'Serial Number': c.dimmSerial, 'Asset Tag': c.dimmAsset, Type: 'DDR4' }],
      [39, 'System Power Supply', { Location: 'PSU1', 'Serial Number': c.powerSerial, Status: 'Present, OK' }],
    ),
  ],
  [
    /^lsblk/,
    JSON.stringify({
      blockdevices: [
        {
          ...{ name: 'sda', kname: 'sda', type: 'disk', size: 1048576000, serial: c.diskSerial, wwn: `0x${c.diskWwn}`, model: 'Platte' },
          children: [
            {
              name: 'sda1',
              kname: 'sda1',
              type: 'part',
              fstype: 'ext4',
              uuid: c.fileSystemUuid,
              label: c.diskLabel,
              mountpoint: c.mountPoint,
            },
            { name: 'sda2', kname: 'sda2', type: 'part', fstype: 'linux_raid_member' },
            { name: 'sda3', kname: 'sda3', type: 'part', fstype: 'LVM2_member' },
          ],
        },
      ],
    }),
  ],
  [
    /^mdadm --examine/,
    `/dev/sda2:\n  Magic : a92b4efc\n  Version : 1.2\n  Array UUID : 7c1e5a90:11d2b3c4:5e6f7081:92a3b4c5\n  Name : ${c.arrayName}:0\n  Raid Level : raid1\n  Raid Devices : 2\n  State : clean\n  Device Role : Active device 0\n\n`,
  ],
  [/^lvm pvs/, report('pv', { pv_name: '/dev/sda3', pv_uuid: 'aaaa-p', vg_name: c.volumeGroup, vg_uuid: 'aaaa-v' })],
  [/^lvm vgs/, report('vg', { vg_name: c.volumeGroup, vg_uuid: 'aaaa-v', vg_size: '1' })],
  [/^lvm lvs/, report('lv', { vg_uuid: 'aaaa-v', lv_name: c.volume, lv_uuid: 'aaaa-l', lv_size: '1' })],
  [
    /^ip -json/,
    JSON.stringify([
      {
        ...{ ifname: 'eno1', link_type: 'ether', address: c.nicMac, flags: ['UP', 'LOWER_UP'], mtu: 1500 },
        addr_info: [{ family: 'inet', local: c.nicAddress, prefixlen: 24, scope: 'global' }],
      },
    ]),
  ],
  [
    /^lldpctl/,
    JSON.stringify({
      lldp: {
        interface: {
          eno1: {
            chassis: { [c.switchName]: { id: { type: 'mac', value: '0c:c4:7a:c0:ff:99' }, descr: c.switchText } },
            port: { id: { type: 'ifname', value: 'swp7' }, descr: c.switchPort },
            vlan: { 'vlan-id': '112', pvid: true, value: c.switchVlan },
            'lldp-med': { location: { country: 'DE', room: c.switchLocation } },
          },
        },
      },
    }),
  ],
  [/^ipmitool -I open mc info/, 'Firmware Revision : 1.74\nIPMI Version : 2.0\nManufacturer Name : Rackbau\n'],
  [
    /^ipmitool -I open lan print 1/,
    `IP Address Source : DHCP Address\nIP Address : ${c.bmcAddress}\nMAC Address : ${c.bmcMac}\nSNMP Community String : ${c.community}\nSubnet Mask : 255.255.255.0\n`,
  ],
  [
    /^ipmitool -I open fru print/,
    `FRU Device Description : Builtin FRU Device (ID 0)\n Board Serial : ${c.fruSerial}\n Product Asset Tag : ${c.fruAsset}\n\n`,
  ],
  [
    /^nvidia-smi/,
    `<?xml version="1.0" ?>\n<nvidia_smi_log>\n<driver_version>550.1</driver_version>\n<gpu id="00000000:3B:00.0"><product_name>A100</product_name>\n<processes>\n<process_info><pid>7</pid><process_name>${c.process}</process_name></process_info>\n</processes>\n</gpu>\n</nvidia_smi_log>\n`,
  ],
];

function report(kind: string, row: Record<string, string>): string {
  return `${JSON.stringify({ report: [{ [kind]: [row] }] })}\n`;
}

/** EFI_LOAD_OPTION (UEFI 2.10, 3.1.3): attributes, length of the path, description in UTF-16, the path, and what its owner adds. */
function bootEntry(): Buffer {
  const path = Buffer.from([0x7f, 0xff, 4, 0]);
  const head = Buffer.alloc(10);
  head.writeUInt32LE(7, 0);
  head.writeUInt32LE(1, 4);
  head.writeUInt16LE(path.length, 8);
  return Buffer.concat([head, Buffer.from(`${c.bootEntry}\0`, 'utf16le'), path, Buffer.from(c.efiTail)]);
}
