import { parseModuleAliases } from '../../domain/values/module-alias.ts';
import type { ModuleAliases } from '../../platform/machine/kernel-modules.ts';

/** PCI class of network controllers. */
const NETWORK_CLASS = '02';

/**
 * Whether the kernel of these modules has a driver for a network card (`8086:1592`), by the aliases `pci:v…d…sv…sd…bc…sc…i…` (kernel,
 * scripts/mod/file2alias.c). Subsystem and interface are not known here and count as fitting. Undefined when there is no list at all.
 */
export function pciDrivers(aliases: ModuleAliases): (pciId: string) => boolean | undefined {
  const exact = new Set<string>();
  const vendors = new Set<string>();
  const all = [...aliases.modules.matchAll(MODULE_ALIAS), ...aliases.builtinInfo.matchAll(BUILTIN_ALIAS)];
  for (const [, vendor = '', device = '', pciClass = ''] of all) {
    if (vendor === '*' || (pciClass !== '*' && pciClass !== NETWORK_CLASS)) continue;
    if (device === '*') vendors.add(vendor.slice(-4).toLowerCase());
    else exact.add(`${vendor.slice(-4)}:${device.slice(-4)}`.toLowerCase());
  }
  for (const [driver, vendor] of BUILTIN_VENDORS) if (aliases.builtin.includes(`/${driver}.ko`)) vendors.add(vendor);
  if (exact.size === 0) return () => undefined;
  return (pciId) => exact.has(pciId) || vendors.has(pciId.slice(0, 4));
}

/**
 * Which modules would drive a network card, by the table of those that the image leaves out. Subsystem and interface count as fitting, as above;
 * a card that is named itself is not looked for among all of its vendor.
 */
export function leftOutDrivers(table: string): (pciId: string) => string[] {
  const modulesOf = new Map<string, Set<string>>();
  for (const { pattern, module } of parseModuleAliases(table)) {
    const [, vendor = '', device = '', pciClass = ''] = WHOLE_PATTERN.exec(pattern) ?? [];
    if (vendor === '' || vendor === '*' || (pciClass !== '*' && pciClass !== NETWORK_CLASS)) continue;
    const key = (device === '*' ? vendor.slice(-4) : `${vendor.slice(-4)}:${device.slice(-4)}`).toLowerCase();
    modulesOf.set(key, (modulesOf.get(key) ?? new Set()).add(module));
  }
  return (pciId) => [...(modulesOf.get(pciId) ?? modulesOf.get(pciId.slice(0, 4)) ?? [])].sort();
}

/** Drivers that distributions build into the kernel, where no list has their aliases; virtio_pci takes all of its vendor's devices. */
const BUILTIN_VENDORS = [['virtio_pci', '1af4']] as const;

const PATTERN = 'pci:v([0-9A-F]{8}|\\*)d([0-9A-F]{8}|\\*)sv[0-9A-F*]+sd[0-9A-F*]+bc([0-9A-F]{2}|\\*)sc[0-9A-F*]+i[0-9A-F*]+';
const MODULE_ALIAS = new RegExp(`^alias ${PATTERN} \\S+$`, 'gm');
const WHOLE_PATTERN = new RegExp(`^${PATTERN}$`);
const BUILTIN_ALIAS = new RegExp(`alias=${PATTERN}\\0`, 'g');
