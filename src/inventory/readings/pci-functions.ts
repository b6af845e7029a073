import { LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import type { PciFunction } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { fittingAliases, parseModuleAliases } from '../../domain/values/module-alias.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../values/copied-files.ts';
import { PCI_DEVICES, readPciSysfs, sysfsPciAddresses } from './pci-sysfs.ts';

/** PCI functions that lspci lists with what /sys adds, in the order of lspci; those that only /sys has, without names, behind them. */
export function pciFunctions(listed: readonly PciFunction[], files: CopiedFiles): PciFunction[] {
  const known = new Map(listed.map((found) => [found.address, found]));
  const fromSysfs = sysfsPciAddresses(files).map((address) => readPciSysfs(files, address));
  const byAddress = new Map(fromSysfs.map((found) => [found.address, found]));
  const others = fromSysfs.filter((found) => !known.has(found.address));
  const all = [...[...known.values()].map((found) => ({ ...byAddress.get(found.address), ...found })), ...others];
  const leftOut = leftOutModules(files);
  return all.map((found) => withModules(found, leftOut(found.address)));
}

/** Which modules could drive a function matters where none does. */
function withModules(found: PciFunction, leftOut: string[]): PciFunction {
  const { modules, ...rest } = found;
  if (found.driver !== undefined) return rest;
  return { ...rest, ...definedOnly({ modules, leftOutModules: leftOut.length === 0 ? undefined : leftOut }) };
}

/** By the lines of the image's table that the capture has. */
function leftOutModules(files: Pick<CopiedFiles, 'file'>): (address: string) => string[] {
  const aliases = parseModuleAliases(copiedText(files, LEFT_OUT_DRIVER_LIST));
  return (address) => {
    const modalias = copiedValue(files, `${PCI_DEVICES}/${address}/modalias`);
    return modalias === undefined ? [] : [...new Set(fittingAliases(aliases, modalias).map(({ module }) => module))].sort();
  };
}
