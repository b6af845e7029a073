import { BOOT_CONTROLLERS, INITRD_DRIVERS, RARE_CONTROLLERS } from '../../builder/drivers/initrd-drivers.ts';
import type { OfferedDisk } from './disks.ts';
import { sizeWords } from './size-words.ts';

/** So much of a serial number has to be typed. */
const LEAST_TYPED = 4;
const SECTOR_BYTES = 512;

export type DiskChoice =
  | { verdict: 'chosen'; disk: OfferedDisk }
  | { verdict: 'again' }
  | { verdict: 'off' }
  /** what to say; nothing is chosen */
  | { verdict: 'no'; words: string };

/** What a typed line chooses. A disk is told by the end of its serial number, or by the whole of its path; both in capitals or not. */
export function readChoice(line: string, disks: readonly OfferedDisk[], neededBytes: number): DiskChoice {
  const typed = line.trim().toLowerCase();
  if (typed === 'again' || typed === 'off') return { verdict: typed };
  const byPath = disks.filter((disk) => pathsOf(disk).includes(typed));
  const found =
    byPath.length > 0 ? byPath : typed.length < LEAST_TYPED ? withWholeSerial(typed, disks) : disks.filter((disk) => endsSo(disk, typed));
  const [disk, ...others] = found;
  if (disk === undefined) {
    if (typed.length < LEAST_TYPED)
      return no(`"${line}" is too short: type at least the last ${LEAST_TYPED} characters of the serial number.`);
    return no(`no disk here has a serial number that ends with "${line}". Nothing is chosen.`);
  }
  if (others.length > 0) return no(ambiguous(line, found));
  const refusal = refusalOf(disk, neededBytes);
  return refusal === undefined ? { verdict: 'chosen', disk } : no(`/dev/${disk.name} cannot be taken: ${refusal}. It is as it was.`);
}

/** Why a disk is not taken, whoever asks; undefined when it is. */
export function refusalOf(disk: OfferedDisk, neededBytes: number): string | undefined {
  if (disk.uses.length > 0) return disk.uses.join(', ');
  if (disk.sectorBytes !== SECTOR_BYTES)
    return `its sectors have ${disk.sectorBytes} bytes, and the partition table of this image counts in sectors of ${SECTOR_BYTES}`;
  if (disk.sizeBytes < neededBytes) return `it has ${sizeWords(disk.sizeBytes)}, the copy needs ${sizeWords(neededBytes)}`;
  if (!isFoundAtStart(disk))
    return `a system that starts from it would not find it: its driver (${disk.drivers.join(', ')}) comes too late`;
  return undefined;
}

/** Whether the initrd has a driver for it, or the archive that a disk loads behind it. NVMe drives with several ways to them show none. */
function isFoundAtStart({ name, drivers }: OfferedDisk): boolean {
  const known: readonly string[] = [...INITRD_DRIVERS, ...BOOT_CONTROLLERS, ...RARE_CONTROLLERS];
  return (
    drivers.length === 0 ||
    name.startsWith('nvme') ||
    drivers.some((driver) => driver === 'vbd' || known.includes(driver.replaceAll('-', '_')))
  );
}

/** What a disk can be chosen by when its serial number does not do: where it is plugged in, else its name of now. */
export function namedPath({ byPath, name }: Pick<OfferedDisk, 'byPath' | 'name'>): string {
  return byPath ?? `/dev/${name}`;
}

function pathsOf(disk: OfferedDisk): string[] {
  const path = namedPath(disk).toLowerCase();
  return [path, `/dev/disk/by-path/${path}`];
}

function endsSo({ serial }: OfferedDisk, typed: string): boolean {
  return serial?.toLowerCase().endsWith(typed) === true;
}

/** A serial number that is shorter than what has to be typed. */
function withWholeSerial(typed: string, disks: readonly OfferedDisk[]): OfferedDisk[] {
  return typed === '' ? [] : disks.filter(({ serial }) => serial?.toLowerCase() === typed);
}

function ambiguous(line: string, found: readonly OfferedDisk[]): string {
  const names = found.map(({ name }) => `/dev/${name}`).join(' and ');
  const isLonger = found.every(({ serial }) => (serial ?? '').length > line.trim().length);
  const isSame = new Set(found.map(({ serial }) => serial?.toLowerCase())).size === 1;
  const more =
    isLonger && !isSame ? 'type more of the end of the serial number' : `type the whole path: ${found.map(namedPath).join(' or ')}`;
  return `${names} both have a serial number that ends with "${line}": ${more}. Nothing is chosen.`.replace(
    ' both',
    found.length === 2 ? ' both' : '',
  );
}

function no(words: string): DiskChoice {
  return { verdict: 'no', words };
}
