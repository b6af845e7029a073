import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { bootPaths, DATA_LABEL, ISO_PATHS } from '../../domain/image.ts';
import { createSparseFile, writeAt } from '../../platform/machine/disk-image-file.ts';
import { runOk } from '../../platform/process/command.ts';

/**
 * Room for one machine: record and capture (30 KB for a virtual machine in the rehearsal, about four times that for a server with
 * many DIMMs and disks), and its share of the tarball, of which there are two while a new one replaces the old.
 */
const BYTES_PER_RECORD = 320 * 1024;
const RESERVED_BYTES = 24 * 1024 * 1024;
/** FAT32 needs 65,525 clusters; below this size mkfs.vfat makes something that Windows takes for FAT16. */
const SMALLEST_MB = 64;
const LARGEST_MB = 64 * 1024;
/** What a data partition may be. Above the largest nobody has so many machines, and its table no longer fits into the memory of a small master. */
export const DATA_SIZES = { smallestBytes: SMALLEST_MB * 1024 * 1024, largestBytes: LARGEST_MB * 1024 * 1024 } as const;
/** Offset of the disk signature in the MBR, in bytes; the kernel builds PARTUUID from it. */
export const SIGNATURE_OFFSET = 440;

/**
 * Size of the data partition from `DATA_SIZE=` (MB of 1024²).
 * @throws ReconError `usage`
 */
export function dataSizeBytes(setting: string | undefined): number {
  if (setting === undefined || setting === '') return 256 * 1024 * 1024;
  const megabytes = /^\d+$/.test(setting) ? Number(setting) : Number.NaN;
  if (!(megabytes >= SMALLEST_MB && megabytes <= LARGEST_MB)) {
    throw new ReconError('usage', `DATA_SIZE=${setting} is not a size in MB from ${SMALLEST_MB} to ${LARGEST_MB}`, {
      hint: 'for example DATA_SIZE=1024',
    });
  }
  return megabytes * 1024 * 1024;
}

/** How many machines' records a data partition holds, about. */
export function recordsThatFit(sizeBytes: number): number {
  return Math.max(0, Math.floor((sizeBytes - RESERVED_BYTES) / BYTES_PER_RECORD));
}

/** The MBR disk signature of an image, from the hash of what is in it: never zero, the same for the same content. */
export function diskSignature(contentSha256: string): number {
  const bytes = createHash('sha256').update(`recon disk signature ${contentSha256}`).digest();
  return bytes.readUInt32LE(0) === 0 ? 1 : bytes.readUInt32LE(0);
}

/** PARTUUID of the n-th partition of an MBR disk, as the kernel writes it: `5ec0de01-03`. */
export function partitionUuid(signature: number, partition: number): string {
  return `${signature.toString(16).padStart(8, '0')}-${String(partition).padStart(2, '0')}`;
}

export interface AppendOptions {
  isoPath: string;
  outputPath: string;
  workDirectory: string;
  sizeBytes: number;
  signature: number;
  /** `YYYYMMDDhhmmsscc`, becomes the volume's UUID */
  volumeDate: string;
  /** path in the ISO → file that goes there */
  files: ReadonlyMap<string, string>;
  /** name in the root of the data partition → file that goes there */
  dataFiles: ReadonlyMap<string, string>;
}

/**
 * Writes the final ISO: KIWI's, with some files replaced, a FAT32 partition appended as number 3, and a disk signature.
 * `-changes_pending yes` matters: without it xorriso writes nothing and says nothing.
 */
export async function appendDataPartition(options: AppendOptions): Promise<void> {
  const fat = join(options.workDirectory, 'recondata.img');
  await makeDataImage({ ...options, path: fat, files: options.dataFiles });
  const maps = [...options.files].flatMap(([inIso, from]) => ['-map', from, `/${inIso}`]);
  await runOk(
    [
      'xorriso',
      '-indev',
      options.isoPath,
      '-outdev',
      options.outputPath,
      '-boot_image',
      'any',
      'replay',
      '-append_partition',
      '3',
      '0x0c',
      fat,
      '-volume_date',
      'uuid',
      options.volumeDate,
      ...maps,
      // xorriso(1): files that are put in have the time of the image, and not of the moment when we wrote them
      ...['-volume_date', 'all_file_dates', options.volumeDate],
      // KIWI's are for root alone, and the master that sends them to its peers is not root
      ...[bootPaths().initrd, ISO_PATHS.rootImage].flatMap((path) => [
        '-find',
        '/',
        '-name',
        basename(path),
        '-exec',
        'chmod',
        '0644',
        '--',
      ]),
      '-changes_pending',
      'yes',
      '-commit',
    ],
    { timeoutMs: 15 * 60_000, environment: momentOf(options.volumeDate) },
  );
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(options.signature);
  await writeAt(options.outputPath, SIGNATURE_OFFSET, bytes);
}

export interface DataImage extends Pick<AppendOptions, 'sizeBytes' | 'signature' | 'volumeDate'> {
  /** becomes a file of that size */
  path: string;
  /** name in the root → file that goes there */
  files: ReadonlyMap<string, string>;
}

/** Makes RECONDATA with the files that a new one has. */
export async function makeDataImage({ path, sizeBytes, signature, volumeDate: date, files }: DataImage): Promise<void> {
  await createSparseFile(path, sizeBytes);
  await makeDataFileSystem(path, signature);
  // -m keeps the time of the file: the same content gives the same image
  const environment = momentOf(date);
  for (const [name, from] of files) {
    await runOk(['touch', `--date=@${environment.SOURCE_DATE_EPOCH}`, from], { timeoutMs: 60_000 });
    await runOk(['mcopy', '-m', '-i', path, from, `::/${name}`], { timeoutMs: 60_000, environment });
  }
}

/** For programs that take the time of the moment else, and FAT keeps it as the clock on the wall has it. */
function momentOf(volumeDate: string): { SOURCE_DATE_EPOCH: string; TZ: string } {
  const [year, month, day, hour, minute, second] = volumeUuid(volumeDate).split('-');
  return { SOURCE_DATE_EPOCH: String(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000), TZ: 'UTC' };
}

/** Makes the empty file system of RECONDATA, FAT32, in a file of the partition's size. `--invariant`: its label has a time of its own otherwise. */
export async function makeDataFileSystem(path: string, signature: number): Promise<void> {
  const volumeId = signature.toString(16).padStart(8, '0');
  await runOk(['mkfs.vfat', '--invariant', '-F', '32', '-n', DATA_LABEL, '-i', volumeId, path], { timeoutMs: 60_000 });
}

/** `2026-11-20-21-40-01-00` as udev shows an ISO 9660 volume's UUID, from the 16 digits that xorriso takes. */
export function volumeUuid(volumeDate: string): string {
  return [volumeDate.slice(0, 4), ...(volumeDate.slice(4).match(/../g) ?? [])].join('-');
}

/** 16 digits of ISO 9660 time (ECMA-119 8.4.26.1) in UTC. */
export function volumeDate(at: Date): string {
  return `${at.toISOString().replaceAll(/\D/g, '').slice(0, 16)}`;
}
