import { z } from 'zod';
import { about, optional, text } from './section.ts';

const LSPCI = 'lspci -Dvmmnnk';
const PCI_DEVICE = '/sys/bus/pci/devices/*';

const PciLink = z.looseObject({
  speedGtps: z
    .number()
    .positive()
    .exactOptional()
    .meta(about('speed now', `${PCI_DEVICE}/current_link_speed`, 'GT/s')),
  maxSpeedGtps: z
    .number()
    .positive()
    .exactOptional()
    .meta(about('highest speed of the function', `${PCI_DEVICE}/max_link_speed`, 'GT/s')),
  width: optional.count.meta(about('lanes now', `${PCI_DEVICE}/current_link_width`, 'lanes')),
  maxWidth: optional.count.meta(about('most lanes of the function', `${PCI_DEVICE}/max_link_width`, 'lanes')),
});
export type PciLink = z.infer<typeof PciLink>;

export const PciFunction = z.looseObject({
  address: text.meta(about('domain:bus:device.function', LSPCI)),
  classId: optional.text.meta(about('class and subclass, four hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/class`)),
  class: optional.text.meta(about('name of the class', LSPCI)),
  vendorId: optional.text.meta(about('four hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/vendor`)),
  vendor: optional.text.meta(about('name of the vendor', LSPCI)),
  deviceId: optional.text.meta(about('four hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/device`)),
  device: optional.text.meta(about('name of the device', LSPCI)),
  driver: optional.text.meta(about('driver that is bound', `${LSPCI}, ${PCI_DEVICE}/driver`)),
  modules: z.array(text).exactOptional().meta(about('no driver is bound: modules of the running kernel that could drive it', LSPCI)),
  leftOutModules: z
    .array(text)
    .exactOptional()
    .meta(about('no driver is bound: modules of the kernel that would drive it, and that the image leaves out', `${PCI_DEVICE}/modalias`)),
  subsystemVendorId: optional.text.meta(about('four hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/subsystem_vendor`)),
  subsystemVendor: optional.text.meta(about('who sells the card', LSPCI)),
  subsystemDeviceId: optional.text.meta(about('four hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/subsystem_device`)),
  subsystemDevice: optional.text.meta(about('name of the card', LSPCI)),
  revision: optional.text.meta(about('two hexadecimal digits', `${LSPCI}, ${PCI_DEVICE}/revision`)),
  slot: optional.text.meta(about('physical slot, as the kernel names it', LSPCI)),
  numaNode: optional.count.meta(about('NUMA node that it hangs on', `${LSPCI}, ${PCI_DEVICE}/numa_node`)),
  iommuGroup: optional.count.meta(about('IOMMU group', `${PCI_DEVICE}/iommu_group`)),
  link: PciLink.exactOptional().meta(about('the PCI Express link', PCI_DEVICE)),
});
export type PciFunction = z.infer<typeof PciFunction>;

export const PciSlot = z.looseObject({
  designation: optional.text.meta(about('label of the slot', 'dmidecode type 9 Designation')),
  type: optional.text.meta(about('lanes and generation', 'dmidecode type 9 Type')),
  used: optional.flag.meta(about('a card sits in it', 'dmidecode type 9 Current Usage')),
  length: optional.text.meta(about('short, long …', 'dmidecode type 9 Length')),
  busAddress: optional.text.meta(about('PCI address behind the slot', 'dmidecode type 9 Bus Address')),
});
export type PciSlot = z.infer<typeof PciSlot>;

export const UsbDevice = z.looseObject({
  bus: optional.count.meta(about('number of the bus', 'lsusb')),
  device: optional.count.meta(about('number on the bus', 'lsusb')),
  vendorId: text.meta(about('four hexadecimal digits', 'lsusb, /sys/bus/usb/devices/*/idVendor')),
  productId: text.meta(about('four hexadecimal digits', 'lsusb, /sys/bus/usb/devices/*/idProduct')),
  name: optional.text.meta(about('maker and product', 'lsusb, /sys/bus/usb/devices/*/product')),
  serial: optional.text.meta(about('serial number', '/sys/bus/usb/devices/*/serial, lsusb -v iSerial')),
});
export type UsbDevice = z.infer<typeof UsbDevice>;

export const Watchdog = z.looseObject({
  name: text.meta(about('kernel name, for example watchdog0', '/sys/class/watchdog/*')),
  identity: optional.text.meta(about('what its driver calls it', '/sys/class/watchdog/*/identity')),
  state: optional.text.meta(about('active or inactive', '/sys/class/watchdog/*/state')),
});
export type Watchdog = z.infer<typeof Watchdog>;
