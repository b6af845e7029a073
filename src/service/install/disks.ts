import { z } from 'zod';
import { terminalText } from '../../domain/values/terminal-text.ts';

/** Columns of `lsblk --json --list --bytes` that tell a person which disk is which. */
export const OFFER_COLUMNS = 'NAME,PKNAME,TYPE,SIZE,MODEL,SERIAL,TRAN,LOG-SEC,FSTYPE,LABEL,PTTYPE,MOUNTPOINTS';

const text = z.string().nullish();
const Device = z.looseObject({
  name: z.string(),
  pkname: text,
  type: text,
  size: z.number().nullish(),
  model: text,
  serial: text,
  tran: text,
  'log-sec': z.number().nullish(),
  fstype: text,
  label: text,
  pttype: text,
  mountpoints: z.array(z.string().nullable()).nullish(),
});
type Device = z.infer<typeof Device>;
const Listing = z.looseObject({ blockdevices: z.array(Device) });

/** A disk that the medium could be copied to. */
export interface OfferedDisk {
  /** of the kernel, `sda` */
  name: string;
  sizeBytes: number;
  model: string | undefined;
  /** undefined for disks that have none, such as those of some virtual machines */
  serial: string | undefined;
  /** `sata`, `nvme`, `usb`, … */
  transport: string | undefined;
  /** where it is plugged in, `pci-0000:00:04.0`, of /dev/disk/by-path */
  byPath: string | undefined;
  sectorBytes: number;
  /** on the way to it, as sysfs has them; none when nobody knows */
  drivers: string[];
  /** what is on it, one line each; none when it is blank */
  contents: string[];
  /** where something of it is mounted, or what it belongs to; a person has done this, not we */
  uses: string[];
}

export interface DisksInput {
  /** output of lsblk */
  lsblk: string;
  /** the medium we booted from, for example `/dev/sda1` */
  bootDevice: string;
  /** kernel name → name in /dev/disk/by-path */
  paths: ReadonlyMap<string, string>;
  /** kernel name → drivers on the way to it */
  drivers: ReadonlyMap<string, string[]>;
}

export type Disks = { known: true; bootDisk: string; disks: OfferedDisk[] } | { known: false; reason: string };

/** The disks of this machine, by name, without the one that we booted from. When that is not among them, nobody knows which it is: then none. */
export function offeredDisks({ lsblk, bootDevice, ...known }: DisksInput): Disks {
  const { blockdevices } = Listing.parse(JSON.parse(lsblk));
  const boot = blockdevices.find(({ name }) => `/dev/${name}` === bootDevice);
  const bootDisk = boot?.type === 'part' ? boot.pkname : boot?.name;
  if (typeof bootDisk !== 'string')
    return { known: false, reason: `${bootDevice}, which this system booted from, is not among the block devices` };
  const disks = blockdevices.filter(
    (one) => one.type === 'disk' && one.name !== bootDisk && !NO_DISK.test(one.name) && (one.size ?? 0) > 0,
  );
  return { known: true, bootDisk, disks: disks.map((disk) => offered(disk, blockdevices, known)).sort(byName) };
}

/** What the kernel makes of RAM, files and floppies; and the boot sectors of an eMMC, which are disks of their own for the kernel. */
const NO_DISK = /^(loop|ram|zram|fd|dm-|md|nbd)\d|boot\d$|rpmb$/;

function offered(disk: Device, all: readonly Device[], { paths, drivers }: Pick<DisksInput, 'paths' | 'drivers'>): OfferedDisk {
  const below = descendants(disk.name, all);
  return {
    name: disk.name,
    sizeBytes: disk.size ?? 0,
    model: said(disk.model),
    serial: said(disk.serial),
    transport: said(disk.tran),
    byPath: paths.get(disk.name),
    sectorBytes: disk['log-sec'] ?? 512,
    drivers: drivers.get(disk.name) ?? [],
    contents: [...contentsOf(disk), ...below.flatMap(contentsOf)],
    uses: [disk, ...below].flatMap((one) => usesOf(one)),
  };
}

function descendants(name: string, all: readonly Device[]): Device[] {
  const children = all.filter(({ pkname }) => pkname === name);
  return children.flatMap((child) => [child, ...descendants(child.name, all)]);
}

function contentsOf(device: Device): string[] {
  const [fileSystem, label, table] = [said(device.fstype), said(device.label), said(device.pttype)];
  const what = fileSystem === undefined ? undefined : `${WORDS[fileSystem] ?? fileSystem}${label === undefined ? '' : ` "${label}"`}`;
  if (device.type === 'part') return [`${device.name} ${what ?? 'nothing known'}`];
  if (what !== undefined) return [`${device.type === 'disk' ? 'whole disk' : device.name} ${what}`];
  return device.type === 'disk' && table !== undefined ? [`partition table ${table}`] : [];
}

/** What libblkid calls it, for people. */
const WORDS: Readonly<Record<string, string>> = {
  LVM2_member: 'LVM physical volume',
  linux_raid_member: 'member of a Linux RAID',
  isw_raid_member: 'member of an Intel RAID',
  ddf_raid_member: 'member of a DDF RAID',
  crypto_LUKS: 'LUKS (encrypted)',
  zfs_member: 'ZFS',
};

function usesOf({ name, type, mountpoints }: Device): string[] {
  const mounted = (mountpoints ?? []).flatMap((point) =>
    point === null || point === '' ? [] : [point === '[SWAP]' ? `/dev/${name} is swap` : `/dev/${name} is mounted at ${point}`],
  );
  return type === 'disk' || type === 'part' ? mounted : [`/dev/${name} (${type ?? 'unknown'}) is active on it`, ...mounted];
}

/** A serial number of blanks is none. A label may hold what a terminal obeys. */
function said(value: string | null | undefined): string | undefined {
  const trimmed = terminalText(value ?? '').trim();
  return trimmed === '' ? undefined : trimmed;
}

function byName(one: OfferedDisk, other: OfferedDisk): number {
  return one.name.length - other.name.length || (one.name < other.name ? -1 : 1);
}
