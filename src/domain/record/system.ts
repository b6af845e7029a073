import { z } from 'zod';
import { about, optional } from './section.ts';

const Chassis = z.looseObject({
  type: optional.text.meta(about('form of the chassis, in the words of SMBIOS', 'dmidecode type 3 Type')),
  vendor: optional.text.meta(about('maker of the chassis', 'dmidecode type 3 Manufacturer')),
  version: optional.text.meta(about('version of the chassis', 'dmidecode type 3 Version')),
  serial: optional.text.meta(about('serial number of the chassis', 'dmidecode type 3 Serial Number')),
  sku: optional.text.meta(about('order number of the chassis', 'dmidecode type 3 SKU Number')),
  assetTag: optional.text.meta(about('label that its owner gave it', 'dmidecode type 3 Asset Tag')),
  heightRackUnits: optional.count.meta(
    about(
      'height of the chassis; the firmware of a blade or of one of several nodes may tell that of what it sits in',
      'dmidecode type 3 Height',
    ),
  ),
});

const Enclosure = z.looseObject({
  model: optional.text.meta(about('model of the enclosure', 'dmidecode type 204 Enclosure Model (HPE)')),
  name: optional.text.meta(about('name that its owner gave the enclosure', 'dmidecode type 204 Enclosure Name (HPE)')),
  serial: optional.text.meta(about('serial number of the enclosure', 'dmidecode type 204 Enclosure Serial, or the type 3 that encloses')),
  bay: optional.text.meta(about('where in the enclosure the blade sits', 'dmidecode type 204 Server Bay, or type 2 Location In Chassis')),
});

/** SMBIOS type 1 (System Information) and type 3 (Enclosure). */
export const SystemSection = z.looseObject({
  vendor: optional.text.meta(about('maker of the machine', 'dmidecode type 1 Manufacturer, /proc/device-tree/vendor, /proc/sysinfo')),
  product: optional.text.meta(about('model of the machine', 'dmidecode type 1 Product Name, /proc/device-tree/model, /proc/sysinfo')),
  version: optional.text.meta(about('version of the model', 'dmidecode type 1 Version, /proc/sysinfo')),
  family: optional.text.meta(about('family of the model', 'dmidecode type 1 Family')),
  sku: optional.text.meta(about('order number of the model', 'dmidecode type 1 SKU Number')),
  serial: optional.text.meta(
    about('serial number or service tag', 'dmidecode type 1 Serial Number, /proc/device-tree/serial-number, system-id, /proc/sysinfo'),
  ),
  uuid: optional.text.meta(about('system UUID, in lower case', 'dmidecode type 1 UUID')),
  chassis: Chassis.exactOptional().meta(about('the chassis of the machine itself', 'dmidecode type 3')),
  enclosure: Enclosure.exactOptional().meta(about('what a blade sits in', 'dmidecode types 2, 3 and 204')),
});
export type SystemSection = z.infer<typeof SystemSection>;

/** SMBIOS type 2 (Baseboard). */
export const BoardSection = z.looseObject({
  vendor: optional.text.meta(about('maker of the main board', 'dmidecode type 2 Manufacturer')),
  product: optional.text.meta(about('model of the main board', 'dmidecode type 2 Product Name')),
  version: optional.text.meta(about('revision of the main board', 'dmidecode type 2 Version')),
  serial: optional.text.meta(about('serial number of the main board', 'dmidecode type 2 Serial Number, ipmitool fru print Board Serial')),
  assetTag: optional.text.meta(about('label that its owner gave it', 'dmidecode type 2 Asset Tag')),
});
export type BoardSection = z.infer<typeof BoardSection>;

const EFIVARS = '/sys/firmware/efi/efivars';
const BOOT_ENTRY = `${EFIVARS}/Boot####-*, efibootmgr`;
const BootEntry = z.looseObject({
  id: z.string().meta(about('four hexadecimal digits of Boot####', `${EFIVARS}/BootOrder-*, efibootmgr`)),
  name: optional.text.meta(about('what the firmware shows', BOOT_ENTRY)),
  active: z.boolean().meta(about('the firmware tries it', BOOT_ENTRY)),
  kind: z
    .enum(['pxe-ipv4', 'pxe-ipv6', 'http', 'network', 'disk', 'usb', 'cd', 'firmware'])
    .exactOptional()
    .meta(about('what its device path leads to; firmware: a program of the firmware itself', `${EFIVARS}/Boot####-* FilePathList`)),
  mac: optional.text.meta(about('MAC address of the network card that it boots from', `${EFIVARS}/Boot####-* FilePathList`)),
});

/** SMBIOS type 0, and how this boot came about. */
export const FirmwareSection = z.looseObject({
  vendor: optional.text.meta(about('maker of the firmware', 'dmidecode type 0 Vendor')),
  version: optional.text.meta(about('version of the firmware', 'dmidecode type 0 Version')),
  date: optional.text.meta(about('release date, as printed by the firmware', 'dmidecode type 0 Release Date')),
  impossibleDate: optional.text.meta(
    about('the same where it lies behind the day of the inventory: it cannot be true', 'dmidecode type 0 Release Date'),
  ),
  bootMode: z
    .enum(['uefi', 'bios'])
    .exactOptional()
    .meta(about('how this boot came about', '/sys/firmware/efi/fw_platform_size; bios where x86 has none')),
  secureBoot: optional.flag.meta(
    about('the firmware enforced signatures at this boot', `${EFIVARS}/SecureBoot-*, /sys/kernel/boot_params/data (byte 0x1ec)`),
  ),
  setupMode: optional.flag.meta(about('the firmware has no platform key, so that anybody could enrol keys', `${EFIVARS}/SetupMode-*`)),
  bootCurrent: optional.text.meta(about('entry that this boot came from', `${EFIVARS}/BootCurrent-*, efibootmgr`)),
  bootNext: optional.text.meta(about('entry of the next boot only', `${EFIVARS}/BootNext-*, efibootmgr`)),
  bootOrder: z
    .array(BootEntry)
    .exactOptional()
    .meta(about('entries in the order that the firmware tries', `${EFIVARS}/BootOrder-*, efibootmgr`)),
  bootNicMac: optional.text.meta(about('MAC address of the interface that booted', '/proc/cmdline BOOTIF=')),
  bootNicName: optional.text.meta(about('kernel name of that interface', '/sys/class/net/*/address')),
});
export type FirmwareSection = z.infer<typeof FirmwareSection>;
