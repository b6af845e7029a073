import { z } from 'zod';
import { decimalSize } from '../../domain/values/shown-size.ts';

const ListedDevice = z.looseObject({
  name: z.string(),
  pkname: z.string().nullish(),
  type: z.string().nullish(),
  tran: z.string().nullish(),
  label: z.string().nullish(),
  fstype: z.string().nullish(),
  model: z.string().nullish(),
  serial: z.string().nullish(),
  size: z.coerce.number().nullish(),
});
type ListedDevice = z.infer<typeof ListedDevice>;
const Listing = z.looseObject({ blockdevices: z.array(ListedDevice) });

/** Columns of `lsblk --json --list --bytes --output` that are read here. */
export const SECOND_STICK_COLUMNS = 'NAME,PKNAME,TYPE,TRAN,LABEL,FSTYPE,MODEL,SERIAL,SIZE';

/** File systems onto which files are put; none is ever made or repaired. */
export const FILE_SYSTEMS = ['vfat', 'exfat', 'ext4', 'ext3', 'ext2'] as const;
export type StickFileSystem = (typeof FILE_SYSTEMS)[number];

export interface SecondStick {
  /** names in the kernel: `sdc`, `sdc1` */
  disk: string;
  device: string;
  fileSystem: StickFileSystem;
  /** of the attachment; another one has another number, whatever its name is */
  sequence: number;
  /** what it is, and what is on it, in a line */
  words: string;
}

export type SecondStickSearch = { found: true; stick: SecondStick } | { found: false; reason: string };

/**
 * The one USB disk that was plugged in after the start, with a file system that takes files. A disk that was there before may be a part of the
 * machine. `sequences`: the kernel's number of each disk's attachment (/sys/block/…/diskseq). Pure.
 */
export function findSecondStick(
  lsblk: string,
  sequences: ReadonlyMap<string, number>,
  lastAtStart: number,
  bootDisk?: string,
): SecondStickSearch {
  const no = (reason: string): SecondStickSearch => ({ found: false, reason });
  const { blockdevices } = Listing.parse(JSON.parse(lsblk));
  const disks = blockdevices.filter(({ name, type, tran }) => type === 'disk' && tran === 'usb' && name !== bootDisk);
  const later = disks.filter(({ name }) => (sequences.get(name) ?? 0) > lastAtStart);
  const [disk] = later;
  if (disk === undefined)
    return no(
      disks.length === 0
        ? 'no USB stick is plugged in beside the medium that this machine started from'
        : `${disks.map(told).join(' and ')} was there when this machine started, and may be a part of it: if it is your stick, pull it and plug it in again`,
    );
  if (later.length > 1) return no(`${later.map(told).join(' and ')} were plugged in: leave only one of them`);
  const parts = blockdevices.filter((one) => one.pkname === disk.name || one.name === disk.name);
  const usable = parts.flatMap((one) => {
    const fileSystem = FILE_SYSTEMS.find((name) => name === one.fstype);
    return fileSystem === undefined ? [] : [{ ...one, fileSystem }];
  });
  const [largest] = usable.toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0));
  if (largest === undefined)
    return no(`${told(disk)} has no FAT, exFAT or ext4 file system, and it is not formatted here. On it: ${content(parts, disk)}`);
  const { name, fileSystem } = largest;
  return {
    found: true,
    stick: {
      ...{ disk: disk.name, device: name, fileSystem, sequence: sequences.get(disk.name) ?? 0 },
      words: `${told(disk)}. On it: ${content(parts, disk)}. The file goes to /dev/${name}`,
    },
  };
}

function told({ name, size, model, serial }: ListedDevice): string {
  const more = [decimalSize(size ?? undefined), text(model), text(serial) === undefined ? undefined : `serial number ${text(serial)}`];
  return `/dev/${name} (${more.filter((word) => word !== undefined).join(', ')})`;
}

function content(parts: readonly ListedDevice[], disk: ListedDevice): string {
  const words = parts
    .filter((one) => one !== disk || text(one.fstype) !== undefined)
    .map((one) => `${one.name} ${text(one.fstype) ?? 'no file system'}${text(one.label) === undefined ? '' : ` "${text(one.label)}"`}`);
  return words.length === 0 ? 'nothing' : words.join(', ');
}

/** Labels and models are of the stick's owner: what a terminal would take for an order is left out. */
function text(value: string | null | undefined): string | undefined {
  const shown = (value ?? '').replaceAll(/[^\x20-\x7e]/g, '?').trim();
  return shown === '' ? undefined : shown;
}
