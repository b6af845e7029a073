import type { PciFunction } from '../domain/record/devices.ts';
import { type Finding, type NamedRecord, sectionData } from './finding.ts';

/** Storage, network, display and accelerators: where a narrow link costs something. */
const FAST = /^(01|02|03|12)/;
/** Storage, network, Fibre Channel and InfiniBand: without a driver something is missing from the inventory. */
const NEEDS_DRIVER = /^(01|02|0c04|0c06)/;

/** PCI Express links that run below what the card can do, and devices that no driver took. */
export function findPciTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.pci) ?? []).flatMap((found, at) => {
    const slow = FAST.test(found.classId ?? '') ? narrowLink(found) : undefined;
    const isUnbound = found.driver === undefined && NEEDS_DRIVER.test(found.classId ?? '');
    const findings: Finding[] = [];
    if (slow !== undefined) {
      findings.push({ ...slow, code: 'pcie-degraded', machine: name, evidence: `pci[${at}].link` });
    }
    if (isUnbound) {
      const message = `${describe(found)} (${found.vendorId}:${found.deviceId}) has no driver`;
      findings.push({ severity: 'warning', code: 'pci-unbound', machine: name, message, evidence: `pci[${at}].driver` });
    }
    return findings;
  });
}

/** Fewer lanes are a bad seat or a small slot; a lower speed alone may be the slot's generation, or a display card that saves power. */
function narrowLink(found: PciFunction): Pick<Finding, 'severity' | 'message'> | undefined {
  const { width, maxWidth, speedGtps, maxSpeedGtps } = found.link ?? {};
  if (width !== undefined && maxWidth !== undefined && width < maxWidth) {
    return { severity: 'warning', message: `${describe(found)} uses ${width} of ${maxWidth} PCI Express lanes` };
  }
  const isSlow = speedGtps !== undefined && maxSpeedGtps !== undefined && speedGtps < maxSpeedGtps;
  return isSlow && found.classId?.startsWith('03') !== true
    ? { severity: 'note', message: `${describe(found)} runs at ${speedGtps} of ${maxSpeedGtps} GT/s` }
    : undefined;
}

function describe(found: PciFunction): string {
  return [found.address, found.vendor, found.device ?? found.class].filter((part) => part !== undefined).join(' ');
}
