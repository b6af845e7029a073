/** A file or directory in a FAT directory. */
export interface FatEntry {
  /** the long name, where there is a sound one */
  name: string;
  isDirectory: boolean;
  /** first cluster; 0: it has none */
  cluster: number;
  sizeBytes: number;
  /** false: no system writes such a name or such attributes, so this is what somebody else's cluster held before */
  isSound: boolean;
  /** places of its slots of 32 bytes in the directory: those of the long name, then its own */
  slots: readonly number[];
}

export interface DirectorySlots {
  entries: FatEntry[];
  /** slots that were never used although later ones are: whoever reads the directory stops there, and misses what follows */
  holes: number[];
  /** slots of long names that belong to no entry, and those marked as a volume's label that are none */
  strays: number[];
}

export const SLOT_BYTES = 32;
/** First byte of a slot that is free again. */
export const FREED = 0xe5;
const NEVER_USED = 0x00;
const ATTRIBUTES = { volume: 0x08, directory: 0x10, archive: 0x20, longName: 0x0f } as const;
const LAST_LONG = 0x40;
/** Windows NT keeps short names that are lower case as two bits (byte 12). */
const LOWER = { base: 0x08, extension: 0x10 } as const;

/** Reads the slots of a directory: Microsoft's FAT specification 1.03, sections 6 and 7. */
export function readDirectorySlots(bytes: Buffer): DirectorySlots {
  const found: DirectorySlots = { entries: [], holes: [], strays: [] };
  let waiting: number[] = [];
  let long: { place: number; slot: Buffer }[] = [];
  const giveUp = (): void => {
    found.strays.push(...long.map(({ place }) => place));
    long = [];
  };
  for (let place = 0; (place + 1) * SLOT_BYTES <= bytes.length; place += 1) {
    const slot = bytes.subarray(place * SLOT_BYTES, (place + 1) * SLOT_BYTES);
    const first = slot.readUInt8(0);
    if (first === NEVER_USED) {
      giveUp();
      waiting.push(place);
      continue;
    }
    found.holes.push(...waiting);
    waiting = [];
    const attributes = slot.readUInt8(11);
    if (first !== FREED && (attributes & 0x3f) === ATTRIBUTES.longName) {
      if ((first & LAST_LONG) !== 0) giveUp();
      long.push({ place, slot });
      continue;
    }
    const name = first === FREED ? undefined : longName(long, slot);
    if (name === undefined) giveUp();
    // systems pass over these, and fsck.vfat takes them for files
    if (first !== FREED && (attributes & ATTRIBUTES.volume) !== 0 && !isLabel(slot)) found.strays.push(place);
    if (first !== FREED && (attributes & ATTRIBUTES.volume) === 0) {
      found.entries.push({
        name: name ?? shortName(slot),
        isDirectory: (attributes & ATTRIBUTES.directory) !== 0,
        cluster: clusterOf(slot),
        sizeBytes: sizeOf(slot),
        isSound: isSoundSlot(slot),
        slots: [...long.map((one) => one.place), place],
      });
    }
    long = [];
  }
  giveUp();
  return found;
}

function clusterOf(slot: Buffer): number {
  return slot.readUInt16LE(20) * 0x10000 + slot.readUInt16LE(26);
}

function sizeOf(slot: Buffer): number {
  return slot.readUInt32LE(28);
}

/** A volume's label has no clusters, no size, and no attribute besides its own but that of an archive (section 6). */
function isLabel(slot: Buffer): boolean {
  return (slot.readUInt8(11) & ~ATTRIBUTES.archive) === ATTRIBUTES.volume && clusterOf(slot) === 0 && sizeOf(slot) === 0;
}

/** The name in slots that stand before a short one; undefined when they are not those of it. */
function longName(long: readonly { slot: Buffer }[], short: Buffer): string | undefined {
  if (long.length === 0) return undefined;
  const checksum = shortChecksum(short);
  const parts: string[] = [];
  for (const [index, { slot }] of long.entries()) {
    const order = long.length - index;
    if (slot.readUInt8(0) !== (index === 0 ? order | LAST_LONG : order) || slot.readUInt8(13) !== checksum) return undefined;
    const characters = Buffer.concat([slot.subarray(1, 11), slot.subarray(14, 26), slot.subarray(28, 32)]).toString('utf16le');
    parts.unshift(characters);
  }
  return parts.join('').split('\0')[0]?.replaceAll('\uffff', '');
}

function shortName(slot: Buffer): string {
  const lower = slot.readUInt8(12);
  // 0xe5 is a letter of Japanese names and stands as 5 there
  const text = slot.toString('latin1', 0, 11).replace(/^\u0005/, '\u00e5');
  const [base, extension] = [text.slice(0, 8).trimEnd(), text.slice(8).trimEnd()];
  const shown = [
    (lower & LOWER.base) === 0 ? base : base.toLowerCase(),
    (lower & LOWER.extension) === 0 ? extension : extension.toLowerCase(),
  ];
  return shown.filter((part) => part !== '').join('.');
}

/** Characters of section 6.1 of the specification, and no reserved bit in the attributes. */
function isSoundSlot(slot: Buffer): boolean {
  const name = slot.toString('latin1', 0, 11);
  return (
    (slot.readUInt8(11) & 0xc0) === 0 &&
    (/^\.{1,2} +$/.test(name) || /^(?! )[^\u0000-\u0004\u0006-\u001f"*+,./:;<=>?[\\\]|\u007f]+$/.test(name))
  );
}

function shortChecksum(slot: Buffer): number {
  let sum = 0;
  for (const byte of slot.subarray(0, 11)) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}
