import type { PciFunction } from '../../domain/record/devices.ts';
import type { Finding } from '../../domain/record/finding.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** Storage, network, display and accelerators: where a narrow link costs something. */
const FAST = /^(01|02|03|12)/;
/** Storage, network, Fibre Channel and InfiniBand: without a driver something is missing from the inventory. */
const NEEDS_DRIVER = /^(01|02|0c04|0c06)/;
/** The widest link there is; a device inside the chipset may say 63 or 255. */
const MOST_LANES = 32;

/** PCI Express links that run below what the card can do, and devices that no driver took. Once per card, not per function. */
export function findPciTrouble({ name, record }: NamedRecord): Finding[] {
  const functions = sectionData(record.sections.pci) ?? [];
  // where no function at all has one, drivers were not looked at
  const driversKnown = functions.some((found) => found.driver !== undefined);
  const seen = new Set<string>();
  const isFirst = (code: string, found: PciFunction): boolean => {
    const card = `${code} ${found.address.replace(/\.\d$/, '')}`;
    return !seen.has(card) && seen.add(card) !== undefined;
  };
  return functions.flatMap((found, at) => {
    const findings: Finding[] = [];
    const { classId = '', driver } = found;
    const slow = FAST.test(classId) ? slowLink(found) : undefined;
    if (slow !== undefined && isFirst('pcie-degraded', found)) {
      findings.push({ ...slow, code: 'pcie-degraded', machine: name, evidence: `pci[${at}].link` });
    }
    if (driversKnown && driver === undefined && NEEDS_DRIVER.test(classId) && isFirst('pci-unbound', found)) {
      const message = `${describe(found)} (${found.vendorId ?? '????'}:${found.deviceId ?? '????'}) has no driver: ${missingDriver(found)}what hangs on it is not in the record`;
      // old IDE controllers are left over in many chipsets
      const severity = classId.startsWith('0101') ? 'note' : 'warning';
      findings.push({ severity, code: 'pci-unbound', machine: name, message, evidence: `pci[${at}].address` });
    }
    return findings;
  });
}

/** Which module it would be, as far as that is known. */
function missingDriver({ modules = [], leftOutModules = [] }: PciFunction): string {
  if (modules.length > 0) return `${modules.join(' or ')} did not take it, and `;
  return leftOutModules.length > 0 ? `the image leaves out ${leftOutModules.join(' and ')}, and ` : '';
}

/** Fewer lanes are a bad seat or a small slot; a lower speed alone may be the slot's generation, or a display card that saves power. */
function slowLink(found: PciFunction): Pick<Finding, 'severity' | 'message'> | undefined {
  const { classId = '', link = {} } = found;
  const { width = 0, maxWidth = 0, speedGtps, maxSpeedGtps } = link;
  // virtual functions have no link of their own and say 0
  if (width > 0 && width < maxWidth && maxWidth <= MOST_LANES) {
    return { severity: 'warning', message: `${describe(found)} uses ${width} of ${maxWidth} PCI Express lanes` };
  }
  const isSlow = width > 0 && speedGtps !== undefined && maxSpeedGtps !== undefined && speedGtps < maxSpeedGtps;
  return isSlow && !classId.startsWith('03')
    ? { severity: 'note', message: `${describe(found)} runs at ${speedGtps} of ${maxSpeedGtps} GT/s` }
    : undefined;
}

function describe(found: PciFunction): string {
  return [found.address, found.vendor, found.device ?? found.class].filter((part) => part !== undefined).join(' ');
}
