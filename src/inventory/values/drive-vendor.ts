import { meaningful } from '../../domain/values/placeholder.ts';

/** The maker of a drive; `ATA` is the name of the command set, and virtio has the number of a PCI vendor there. */
export function driveVendor(raw: string | undefined): string | undefined {
  const vendor = meaningful(raw?.replace(/,$/, ''));
  return vendor === 'ATA' || /^0x[0-9a-f]{4}$/i.test(vendor ?? '') ? undefined : vendor;
}
