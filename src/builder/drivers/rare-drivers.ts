import { BOOT_CONTROLLERS, RARE_CONTROLLERS } from './initrd-drivers.ts';
import { plainModuleName } from './module-closure.ts';

/** Drivers of network cards that few servers have, or boot from: below kernel/drivers/net. */
const RARE_CARDS: readonly RegExp[] = [
  // makers that are gone, or whose cards are in desktops, laptops and appliances
  /^ethernet\/(3com|8390|adaptec|agere|alteon|atheros|dec|dlink|fujitsu|micrel|microchip|natsemi|neterion|nvidia|packetengines|rdc|silan|sis|smsc|stmicro|sun|tehuti|ti|via|xircom)\//,
  /^ethernet\/(jme|amd\/(pcnet32|amd8111e)|broadcom\/b44|intel\/e100|marvell\/(skge|sky2)|realtek\/(8139cp|8139too))\.|^ethernet\/intel\/fm10k\//,
  // server cards of small number, most with large firmware
  /^ethernet\/(brocade|cavium|chelsio|huawei|myricom|netronome|pensando|qlogic|sfc)\//,
  // clouds', whose machines boot from nothing that this image serves
  /^ethernet\/(amazon|google|microsoft)\//,
  /^(fjes|hippi|wan|xen-netback)\//,
];

const CARD_FOLDER = 'kernel/drivers/net/';

/** Firmware that a driver of the archive asks for without naming it (modinfo(8)). */
export const UNNAMED_FIRMWARE = /^cxgb4\//;

/** Whether a module drives rare cards, and so lies in the archive and not in the initrd; the path is that of modules.dep. */
export function isRareCard(path: string): boolean {
  return path.startsWith(CARD_FOLDER) && RARE_CARDS.some((pattern) => pattern.test(path.slice(CARD_FOLDER.length)));
}

/** Whether a module lies in the archive alone: neither root nor initrd has it. */
export function isRareDriver(path: string): boolean {
  return isRareCard(path) || isOneOf(RARE_CONTROLLERS, path);
}

/** Whether a module is wanted in the archive; what it depends on comes with it. */
export function isInArchive(path: string): boolean {
  return isRareDriver(path) || isOneOf(BOOT_CONTROLLERS, path);
}

function isOneOf(names: readonly string[], path: string): boolean {
  return names.includes(plainModuleName(path));
}

/**
 * Of modules.alias (depmod(8)) what leads to these modules by a PCI device, and to no other module: `pattern module` in each line. A device that
 * others drive as well needs no archive. Pure.
 */
export function pciAliases(modulesAlias: string, modules: readonly string[]): string {
  const names = new Set(modules.map(plainModuleName));
  const all = allPciAliases(modulesAlias);
  const isTheirs = ({ name }: { name: string }): boolean => names.has(plainModuleName(name));
  const others = new Set(all.filter((one) => !isTheirs(one)).map(({ pattern }) => pattern));
  const found = all.filter((one) => isTheirs(one) && !others.has(one.pattern));
  return found.map(({ pattern, name }) => `${pattern} ${name}\n`).join('');
}

/** Of modules.alias what leads by a PCI device to a module that is none of these, as {@link pciAliases} writes it. Pure, sorted. */
export function leftOutAliases(modulesAlias: string, inImage: readonly string[]): string {
  const names = new Set(inImage.map(plainModuleName));
  const found = allPciAliases(modulesAlias).filter(({ name }) => !names.has(plainModuleName(name)));
  return [...new Set(found.map(({ pattern, name }) => `${pattern} ${name}\n`))].sort().join('');
}

function allPciAliases(modulesAlias: string): { pattern: string; name: string }[] {
  return [...modulesAlias.matchAll(/^alias (pci:\S+) (\S+)$/gm)].map(([, pattern = '', name = '']) => ({ pattern, name }));
}

/** The cards in the lines of {@link pciAliases}, as vendor and device; `*` for all of a vendor. Pure, sorted. */
export function pciIdsOf(aliases: string): string[] {
  const ids = [...aliases.matchAll(/^pci:v0000([0-9A-F]{4})d(?:0000([0-9A-F]{4})|\*)/gm)].map(([, vendor = '', device = '*']) =>
    `${vendor}:${device}`.toLowerCase(),
  );
  return [...new Set(ids)].sort();
}
