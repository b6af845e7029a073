import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { removePath } from './directories.ts';
import { writeAll } from './hashed-files.ts';

/** Bytes that wait until they are needed: packed in memory as long as they are few, then in a file. */
export interface Spool extends AsyncDisposable {
  /** a list of its own; several may grow in turn */
  list(): SpooledList;
}

export interface SpooledList {
  /** The item is not changed afterwards, and the next one waits until it is taken. @throws the system's error when the file cannot take it (ENOSPC …) */
  add(item: Uint8Array): Promise<void>;
  /** All items in the order in which they were added, as often as wanted. @throws Error when the file gives back other bytes */
  items(): AsyncGenerator<Buffer>;
  /** of all items */
  readonly sizeBytes: number;
}

/** Items are packed together until they are so many: what machines have in common is then kept once for dozens of them. */
const BLOCK_BYTES = 1024 ** 2;
/** A window of 1 MiB, a block (level 1 alone looks back 512 KiB), and a checksum, because a failing stick may give back other bytes. */
const PACKING = {
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 20, [constants.ZSTD_c_checksumFlag]: 1 },
};

const [pack, unpack] = [promisify(zstdCompress), promisify(zstdDecompress)];

interface PackedBlock {
  itemBytes: number[];
  /** packed bytes, or where they are in the file */
  place: Buffer | { at: number; sizeBytes: number; iv: Buffer };
}

/**
 * Opens a spool. `path` is the file that takes what does not fit into `memoryBytes`; it is made when it is needed, and goes with the spool. What
 * an interrupted run left there goes at once. Its bytes are encrypted with a key that is forgotten: removing a file leaves its bytes on the medium.
 */
export async function openSpool(path: string, memoryBytes: number): Promise<Spool> {
  await removePath(path);
  const key = randomBytes(32);
  let file: Promise<FileHandle> | undefined;
  let [memoryUsed, fileBytes] = [0, 0];

  const keep = async (packed: Buffer): Promise<PackedBlock['place']> => {
    if (memoryUsed + packed.length <= memoryBytes) {
      memoryUsed += packed.length;
      return packed;
    }
    const place = { at: fileBytes, sizeBytes: packed.length, iv: randomBytes(16) };
    fileBytes += packed.length;
    file ??= open(path, 'wx+', 0o600);
    await writeAll(await file, createCipheriv('aes-256-ctr', key, place.iv).update(packed), place.at);
    return place;
  };
  const packedAt = async (place: PackedBlock['place']): Promise<Buffer> => {
    if (Buffer.isBuffer(place)) return place;
    const bytes = Buffer.alloc(place.sizeBytes);
    await (await file)?.read(bytes, 0, bytes.length, place.at);
    return createDecipheriv('aes-256-ctr', key, place.iv).update(bytes);
  };
  return {
    list: () => spooledList({ keep, packedAt }),
    [Symbol.asyncDispose]: async () => {
      if (file === undefined) return;
      // what was spooled for is done: a file that cannot be removed is unreadable, and the next one takes its place
      await file.then((handle) => handle.close()).catch(() => {});
      await removePath(path).catch(() => {});
    },
  };
}

interface Places {
  keep: (packed: Buffer) => Promise<PackedBlock['place']>;
  packedAt: (place: PackedBlock['place']) => Promise<Buffer>;
}

function spooledList({ keep, packedAt }: Places): SpooledList {
  const blocks: PackedBlock[] = [];
  let waiting: Uint8Array[] = [];
  let [waitingBytes, sizeBytes] = [0, 0];
  return {
    add: async (item) => {
      waiting.push(item);
      waitingBytes += item.length;
      sizeBytes += item.length;
      if (waitingBytes < BLOCK_BYTES) return;
      const items = waiting;
      [waiting, waitingBytes] = [[], 0];
      blocks.push({ itemBytes: items.map(({ length }) => length), place: await keep(await pack(Buffer.concat(items), PACKING)) });
    },
    items: async function* () {
      for (const { itemBytes, place } of blocks) yield* cutInto(itemBytes, await unpackTo(itemBytes, await packedAt(place)));
      for (const item of waiting) yield Buffer.from(item.buffer, item.byteOffset, item.length);
    },
    get sizeBytes() {
      return sizeBytes;
    },
  };
}

/** In one piece, with room to spare: a buffer that is full makes the unpacker ask for another one. */
async function unpackTo(itemBytes: readonly number[], packed: Buffer): Promise<Buffer> {
  return await unpack(packed, { chunkSize: itemBytes.reduce((sum, length) => sum + length, 64) });
}

function* cutInto(itemBytes: readonly number[], block: Buffer): Generator<Buffer> {
  let at = 0;
  for (const length of itemBytes) {
    yield block.subarray(at, at + length);
    at += length;
  }
}
