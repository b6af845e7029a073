import type { Architecture } from '../../domain/values/architecture.ts';

/**
 * Drivers of these tables that the kernel of an architecture does not have: hardware that is in no machine of that kind (looked up in Debian 13's
 * linux-image of each).
 */
const ABSENT: Readonly<Record<Architecture, readonly string[]>> = {
  x86_64: [],
  // USB 1 of Intel's chips, disks of VMware's own kind, RAID controllers and Fibre Channel that only ever had a BIOS of x86
  arm64: ['uhci_hcd', 'vmw_pvscsi', 'arcmsr', 'isci', 'fnic'],
};

/** Of drivers that an image should have those that its kernel can have. Pure. */
export function driversOf<T extends string>(architecture: Architecture, drivers: readonly T[]): T[] {
  return drivers.filter((driver) => !ABSENT[architecture].includes(driver));
}
