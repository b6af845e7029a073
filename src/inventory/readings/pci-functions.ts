import type { PciFunction } from '../../domain/record/devices.ts';
import type { CopiedFiles } from '../values/copied-files.ts';
import { readPciSysfs, sysfsPciAddresses } from './pci-sysfs.ts';

/** PCI functions that lspci lists with what /sys adds, in the order of lspci; those that only /sys has, without names, behind them. */
export function pciFunctions(listed: readonly PciFunction[], files: CopiedFiles): PciFunction[] {
  const known = new Map(listed.map((found) => [found.address, found]));
  const fromSysfs = sysfsPciAddresses(files).map((address) => readPciSysfs(files, address));
  const byAddress = new Map(fromSysfs.map((found) => [found.address, found]));
  const others = fromSysfs.filter((found) => !known.has(found.address));
  return [...[...known.values()].map((found) => ({ ...byAddress.get(found.address), ...found })), ...others];
}
