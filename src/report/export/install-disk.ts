import type { MachineDrive } from '../../domain/drives/machine-drive.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { ExportMachine } from './machine.ts';

/** Where a system would be written to. */
export interface InstallDisk {
  /** /dev/… */
  device: string;
  wwn?: string;
  serial?: string;
}

/**
 * The disk of a machine that `--set disk` means: the device by this name, or the smallest of what Linux can write to (drives that no controller hides,
 * and volumes; nothing that is plugged in). Of several of one size the first by name. Undefined where the machine has none such.
 */
export function installDisk({ drives }: ExportMachine, wanted: string): InstallDisk | undefined {
  const seen = (drives?.drives ?? []).filter(({ behind }) => behind === undefined);
  const disks = [...seen.map(asDrive), ...(drives?.volumes ?? [])].filter(({ name }) => /^[\w-]+$/.test(name));
  // what a storage network lends is nobody's to write over unasked
  const sized = disks.filter(({ sizeBytes = 0, kind }) => sizeBytes > 0 && kind !== 'LUN');
  const [smallest] = sized.sort((a, b) => (a.sizeBytes ?? 0) - (b.sizeBytes ?? 0) || (a.name < b.name ? -1 : 1));
  const found = wanted === 'smallest' ? smallest : disks.find(({ name }) => `/dev/${name}` === wanted);
  if (found === undefined) return undefined;
  // the number that a volume shows is often that of its controller
  return { device: `/dev/${found.name}`, ...definedOnly({ wwn: found.wwn, serial: found.kind === 'drive' ? found.serial : undefined }) };
}

function asDrive({ name, sizeBytes, wwn, serial }: MachineDrive) {
  return { name, kind: 'drive' as const, ...definedOnly({ sizeBytes, wwn, serial }) };
}
