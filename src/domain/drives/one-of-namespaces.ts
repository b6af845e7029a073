import type { Disk } from '../record/storage.ts';

/**
 * Folds what one drive shows as several disks into one, with the sum of their sizes: namespaces of an NVMe drive, and the units of a drive with two sets of
 * heads. They have one serial number, and differ in the number of the namespace or, behind one SCSI target, of the unit.
 */
export function oneOfNamespaces(disks: readonly Disk[]): Disk[] {
  const drives = new Map<string, Disk[]>();
  // the page runs in browsers that have no Map.groupBy
  for (const disk of disks) {
    const key = keyOf(disk) ?? disk.name;
    drives.set(key, [...(drives.get(key) ?? []), disk]);
  }
  return [...drives.values()].flatMap((parts) => (arePartsOfOne(parts) ? [joined(parts)] : parts));
}

/** A drive whose parts these would be; undefined for a disk that is sure to be whole. */
function keyOf({ name, serial, model, hctl, transport }: Disk): string | undefined {
  if (serial === undefined) return undefined;
  const target = /^(\d+:\d+:\d+):\d+$/.exec(hctl ?? '')?.[1];
  const isNvme = transport === 'nvme' || name.startsWith('nvme');
  if (isNvme) return `nvme ${model ?? ''} ${serial}`;
  return target === undefined ? undefined : `target ${target} ${serial}`;
}

function arePartsOfOne(parts: readonly Disk[]): boolean {
  const numbers = parts.map(({ nvme, hctl, name }) => nvme?.namespaceId ?? hctl ?? /^nvme\d+n(\d+)$/.exec(name)?.[1]);
  return parts.length > 1 && !numbers.includes(undefined) && new Set(numbers).size === parts.length;
}

function joined(parts: readonly Disk[]): Disk {
  const [first, ...others] = parts;
  if (first === undefined) throw new TypeError('a drive has at least one part');
  const sizes = parts.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const merged: Disk = Object.assign({}, ...others.toReversed(), first);
  return sizes.length < parts.length ? merged : { ...merged, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}
