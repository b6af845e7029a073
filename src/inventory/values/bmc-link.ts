/** What tells a network interface of a BMC from an adapter. */
export interface InterfaceOnBus {
  name: string;
  bus: string | undefined;
  driver: string | undefined;
  /** of `ethtool -i` */
  busInfo: string | undefined;
  /** sys/class/net/<name>/device/uevent */
  uevent: string;
}

/**
 * True for the network interface that a BMC shows to its host over USB. It is no port of the machine: it has no socket, and its address is the
 * same on many machines. A USB adapter that somebody has plugged in is a port; where the vendor's number is known it decides,
 * otherwise the driver does.
 */
export function isBmcLink({ name, bus, driver, busInfo, uevent }: InterfaceOnBus): boolean {
  const isUsb = bus === 'usb' || (bus === undefined && /^usb-/.test(busInfo ?? ''));
  if (!isUsb) return /^idrac$/i.test(name);
  if (/^(idrac|bmc|ilo)\d*$/i.test(name)) return true;
  const [, vendor, product] = /^PRODUCT=([0-9a-f]{1,4})\/([0-9a-f]{1,4})\//im.exec(uevent) ?? [];
  if (vendor === undefined || product === undefined) return HOST_DRIVERS.has(driver ?? '');
  const id = `${vendor}:${product}`.toLowerCase();
  return BMC_DEVICES.has(id) || (BMC_VENDORS.has(vendor.toLowerCase()) && HOST_DRIVERS.has(driver ?? ''));
}

/** Class drivers that BMCs are made for; adapters have drivers of their own. */
const HOST_DRIVERS = new Set(['cdc_ether', 'cdc_eem', 'cdc_ncm', 'cdc_subset', 'rndis_host']);
/** Dell iDRAC, IBM IMM, AMI and Supermicro; a Linux gadget is what OpenBMC shows. */
const BMC_DEVICES = new Set(['413c:a102', '4b3:4010', '46b:ffb0', '1d6b:103', '1d6b:104']);
const BMC_VENDORS = new Set(['46b', '4b3', '413c', '557', '3f0', '1d6b']);
