import { crc32 } from 'node:zlib';

const SECTOR_BYTES = 512;
const METADATA_START = 4096;
const METADATA_SIZE = 1024 * 1024 - METADATA_START;
const MDA_HEADER_BYTES = 512;
const DATA_START = 1024 * 1024;
const EXTENT_SECTORS = 2048;

/** A volume group: its name, and the text of its volumes in lvm2's own format. */
export interface LvmGroup {
  name: string;
  volumes: (seed: string) => readonly string[];
}

/**
 * The first bytes of a disk that is an LVM2 physical volume with one volume group. Activating it, as a distribution's udev rules do, writes
 * to the disk. Written by hand because `pvcreate` needs a block device of the host. Layout: lvm2's lib/format_text/layout.h and
 * lib/label/label.h.
 */
export function lvmMetadata(diskSizeBytes: number, uuidSeed: string, group: LvmGroup = OUT_OF_SYNC): Buffer {
  const image = Buffer.alloc(DATA_START);
  const text = Buffer.from(`${volumeGroupText(diskSizeBytes, uuidSeed, group)}\0`, 'latin1');
  writeLabel(image, diskSizeBytes, uuidSeed);
  writeMetadataHeader(image, text);
  text.copy(image, METADATA_START + MDA_HEADER_BYTES);
  return image;
}

/** lvm2 starts its CRC-32 with a value of its own and leaves out the two inversions that zlib does. */
function lvmCrc(bytes: Uint8Array): number {
  const initial = 0xf597a6cf;
  return ~crc32(bytes, ~initial >>> 0) >>> 0;
}

/** The label sits in sector 1 and points at the physical volume's header right behind it. */
function writeLabel(image: Buffer, diskSizeBytes: number, uuidSeed: string): void {
  const sector = image.subarray(SECTOR_BYTES, 2 * SECTOR_BYTES);
  sector.write('LABELONE', 0, 'latin1');
  sector.writeBigUInt64LE(1n, 8);
  sector.writeUInt32LE(32, 20);
  sector.write('LVM2 001', 24, 'latin1');
  sector.write(uuid(uuidSeed, 0).replaceAll('-', ''), 32, 'latin1');
  sector.writeBigUInt64LE(BigInt(diskSizeBytes), 64);
  // data areas end with a zero entry; so do metadata areas. Size 0 of the data area means "up to the end"
  sector.writeBigUInt64LE(BigInt(DATA_START), 72);
  sector.writeBigUInt64LE(BigInt(METADATA_START), 104);
  sector.writeBigUInt64LE(BigInt(METADATA_SIZE), 112);
  // header extension: version 2, flag "in use"
  sector.writeUInt32LE(2, 136);
  sector.writeUInt32LE(1, 140);
  sector.writeUInt32LE(lvmCrc(sector.subarray(20)), 16);
}

function writeMetadataHeader(image: Buffer, text: Uint8Array): void {
  const header = image.subarray(METADATA_START, METADATA_START + MDA_HEADER_BYTES);
  header.write(' LVM2 x[5A%r0N*>', 4, 'latin1');
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(METADATA_START), 24);
  header.writeBigUInt64LE(BigInt(METADATA_SIZE), 32);
  header.writeBigUInt64LE(BigInt(MDA_HEADER_BYTES), 40);
  header.writeBigUInt64LE(BigInt(text.length), 48);
  header.writeUInt32LE(lvmCrc(text), 56);
  header.writeUInt32LE(lvmCrc(header.subarray(4)), 0);
}

/** LVM's UUIDs: 32 characters in groups of 6-4-4-4-4-4-6. */
function uuid(seed: string, index: number): string {
  const characters = `${seed.replaceAll(/[^A-Za-z0-9]/g, '')}${index}`.padEnd(32, 'r').slice(0, 32);
  return characters.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, '$1-$2-$3-$4-$5-$6-$7');
}

/** A linear volume, and a raid1 that was never in sync. */
const OUT_OF_SYNC: LvmGroup = {
  name: 'rehearsal',
  volumes: (seed) => [
    lvmVolume(seed, 2, 'plain', 4, linear(0)),
    lvmVolume(
      ...([seed, 3, 'mirror', 4] as const),
      'type = "raid1"\ndevice_count = 2\nregion_size = 1024\nraids = [\n"mirror_rmeta_0", "mirror_rimage_0",\n"mirror_rmeta_1", "mirror_rimage_1"\n]',
    ),
    lvmVolume(seed, 4, 'mirror_rmeta_0', 1, linear(4), 'hidden'),
    lvmVolume(seed, 5, 'mirror_rimage_0', 4, linear(5), 'hidden'),
    lvmVolume(seed, 6, 'mirror_rmeta_1', 1, linear(9), 'hidden'),
    lvmVolume(seed, 7, 'mirror_rimage_1', 4, linear(10), 'hidden'),
  ],
};

function volumeGroupText(diskSizeBytes: number, seed: string, { name, volumes }: LvmGroup): string {
  const extents = Math.floor((diskSizeBytes - DATA_START) / (EXTENT_SECTORS * SECTOR_BYTES));
  return `${name} {
id = "${uuid(seed, 1)}"
seqno = 1
format = "lvm2"
status = ["RESIZEABLE", "READ", "WRITE"]
flags = []
extent_size = ${EXTENT_SECTORS}
max_lv = 0
max_pv = 0
metadata_copies = 0

physical_volumes {
pv0 {
id = "${uuid(seed, 0)}"
device = "/dev/unknown"
status = ["ALLOCATABLE"]
flags = []
dev_size = ${diskSizeBytes / SECTOR_BYTES}
pe_start = ${DATA_START / SECTOR_BYTES}
pe_count = ${extents}
}
}

logical_volumes {
${volumes(seed).join('\n')}
}
}
contents = "Text Format Volume Group"
version = 1
description = ""
creation_host = "rehearsal"
creation_time = 1577934245
`;
}

/** The segment of a volume that lies in one piece, from that extent on. */
export function linear(firstExtent: number): string {
  return `type = "striped"\nstripe_count = 1\nstripes = [\n"pv0", ${firstExtent}\n]`;
}

/** A volume of one segment, of extents of 1 MiB; `index` makes its UUID. */
export function lvmVolume(
  seed: string,
  index: number,
  name: string,
  extents: number,
  segment: string,
  visibility: 'visible' | 'hidden' = 'visible',
): string {
  return `
${name} {
id = "${uuid(seed, index)}"
status = ["READ", "WRITE"${visibility === 'visible' ? ', "VISIBLE"' : ''}]
flags = []
segment_count = 1

segment1 {
start_extent = 0
extent_count = ${extents}

${segment}
}
}`;
}
