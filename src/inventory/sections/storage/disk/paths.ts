import type { Disk } from '../../../../domain/record/storage.ts';

/**
 * Folds the paths of one drive into one disk: a dual-ported SAS drive in a shelf shows as two sd nodes, a LUN over Fibre Channel as
 * four or more. They are one when a multipath map holds them, or when they name the same logical unit and agree in size
 * and serial. `multipathNames` has the map of each path, by kernel name. The first path stands for all; what it lacks is taken from the others.
 */
export function foldPaths(disks: readonly Disk[], multipathNames: ReadonlyMap<string, string>): Disk[] {
  const groups = new Map<string, Disk[]>();
  for (const disk of disks) {
    const key = multipathNames.get(disk.name) ?? identityOf(disk) ?? disk.name;
    const group = groups.get(key);
    if (group?.every((member) => mayBeSame(member, disk)) === true) group.push(disk);
    else groups.set(group === undefined ? key : disk.name, [disk]);
  }
  return [...groups.values()].map((members) => join(members, multipathNames));
}

/** The logical unit; a serial alone only on buses that have several ways to a drive, because readers of memory cards share one. */
function identityOf(disk: Disk): string | undefined {
  if (disk.sizeBytes === undefined || disk.sizeBytes === 0) return undefined;
  if (disk.wwn !== undefined && /^(0x[2356][0-9a-f]{15}([0-9a-f]{16})?|eui\.[0-9a-f]+)$/.test(disk.wwn) && !/^0x.0{12}/.test(disk.wwn)) {
    return `wwn ${disk.wwn}`;
  }
  const isNetworked = disk.transport !== undefined && ['sas', 'fc', 'iscsi', 'fcoe'].includes(disk.transport);
  return isNetworked && disk.serial !== undefined && disk.model !== undefined ? `serial ${disk.model} ${disk.serial}` : undefined;
}

function mayBeSame(a: Disk, b: Disk): boolean {
  const differ = (left: unknown, right: unknown): boolean => left !== undefined && right !== undefined && left !== right;
  return !differ(a.sizeBytes, b.sizeBytes) && !differ(a.serial, b.serial);
}

function join(members: readonly Disk[], multipathNames: ReadonlyMap<string, string>): Disk {
  const [first, ...others] = members;
  if (first === undefined) throw new TypeError('a group of paths has at least one');
  const multipathName = multipathNames.get(first.name);
  const named = multipathName === undefined ? first : { ...first, multipathName };
  if (others.length === 0) return named;
  const merged: Disk = Object.assign({}, ...others.toReversed(), named);
  return { ...merged, paths: members.map((member) => member.name) };
}
