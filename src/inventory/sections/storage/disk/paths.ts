import type { Disk } from '../../../../domain/record/storage.ts';

/** What is known of paths beside the disks themselves. */
export interface PathEvidence {
  /** the map of each path, by kernel name */
  multipathNames: ReadonlyMap<string, string>;
  /** the drive has a page with its serial number (SPC-5, 80h), as SCSI drives have */
  hasSerialPage: (name: string) => boolean;
}

/**
 * Folds the paths of one drive into one disk: a dual-ported SAS drive in a shelf shows as two sd nodes, a LUN over Fibre Channel as
 * four or more. They are one when a multipath map holds them, or when they name the same logical unit and nothing speaks against
 * it. The first path stands for all; what it lacks is taken from the others.
 */
export function foldPaths(disks: readonly Disk[], { multipathNames, hasSerialPage }: PathEvidence): Disk[] {
  const keyOf = (disk: Disk): string | undefined => identityOf(disk, hasSerialPage(disk.name));
  const ofTargets = keysOfTargets(disks, keyOf);
  const groups: Disk[][] = [];
  const byKey = new Map<string, Disk[][]>();
  for (const disk of disks) {
    const key = multipathNames.get(disk.name) ?? ofUnit(disk, keyOf(disk), ofTargets);
    const known = key === undefined ? [] : (byKey.get(key) ?? []);
    const group = known.find((members) => members.every((member) => mayBeSame(member, disk)));
    if (group !== undefined) {
      group.push(disk);
      continue;
    }
    const alone = [disk];
    groups.push(alone);
    if (key !== undefined) byKey.set(key, [...known, alone]);
  }
  return groups.map((members) => join(members, multipathNames));
}

/** A serial number that two units of one target have is that of the target, a RAID controller's for example: the number of the unit counts too. */
function ofUnit(disk: Disk, key: string | undefined, ofTargets: ReadonlySet<string>): string | undefined {
  return key === undefined || !ofTargets.has(key) ? key : `${key} unit ${addressOf(disk)?.unit}`;
}

function keysOfTargets(disks: readonly Disk[], keyOf: (disk: Disk) => string | undefined): Set<string> {
  const units = new Map<string, string>();
  const shared = new Set<string>();
  for (const disk of disks) {
    const [key, address] = [keyOf(disk), addressOf(disk)];
    if (key === undefined || address === undefined) continue;
    const place = `${key} at ${address.target}`;
    if (units.has(place) && units.get(place) !== address.unit) shared.add(key);
    units.set(place, address.unit);
  }
  return shared;
}

/** Host, channel and target, and the unit behind them (SAM-5: the unit is what a serial number should be of). */
function addressOf({ hctl }: Disk): { target: string; unit: string } | undefined {
  const [, target, unit] = /^(\d+:\d+:\d+):(\d+)$/.exec(hctl ?? '') ?? [];
  return target === undefined || unit === undefined ? undefined : { target, unit };
}

/** The logical unit; a serial alone only on buses that have several ways to a drive, because readers of memory cards share one. */
function identityOf(disk: Disk, isScsi: boolean): string | undefined {
  if (disk.sizeBytes === undefined || disk.sizeBytes === 0 || disk.transport === 'usb') return undefined;
  if (disk.wwn !== undefined && /^(0x[2356][0-9a-f]{15}([0-9a-f]{16})?|eui\.[0-9a-f]+)$/.test(disk.wwn) && !hasNoNumber(disk.wwn)) {
    return `wwn ${disk.wwn}`;
  }
  const { transport, serial, model } = disk;
  // of a volume of a RAID controller the page often has the controller's number
  const isDrive = isScsi && !/\b(logical volume|virtual|raid|array)\b/i.test(model ?? '');
  const isNetworked = transport === undefined ? isDrive : ['sas', 'fc', 'iscsi', 'fcoe'].includes(transport);
  return isNetworked && serial !== undefined && model !== undefined ? `serial ${model} ${serial}` : undefined;
}

/** The maker's 24 bits, and zeros where the drive's own number should stand (IEEE, NAA 5 and EUI-64). */
function hasNoNumber(wwn: string): boolean {
  return /^0x.0{12}/.test(wwn) || /^0x.[0-9a-f]{6}0{9}$/.test(wwn) || /^eui\.[0-9a-f]{6}0+$/.test(wwn);
}

/** Buses with one way to a drive: on these, two nodes are one only where the serial number says so, too. */
const SINGLE_PATH = new Set(['sata', 'ata', 'nvme', 'virtio', 'mmc']);

function mayBeSame(a: Disk, b: Disk): boolean {
  const differ = (left: unknown, right: unknown): boolean => left !== undefined && right !== undefined && left !== right;
  const [one, other] = [addressOf(a), addressOf(b)];
  const areTwoUnits = one !== undefined && one.target === other?.target && one.unit !== other.unit;
  const isDoubtful = SINGLE_PATH.has(a.transport ?? '') && SINGLE_PATH.has(b.transport ?? '') && a.serial === undefined;
  return !areTwoUnits && !isDoubtful && !differ(a.sizeBytes, b.sizeBytes) && !differ(a.serial, b.serial) && !differ(a.vendor, b.vendor);
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
