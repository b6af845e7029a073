import { createHash, randomBytes } from 'node:crypto';
import { DIRECT_BLOCK_BYTES, type DirectBlocks } from '../../../platform/machine/direct-blocks.ts';

export interface ProbedRange {
  startBytes: number;
  /** before it nothing of what is probed may lie that has to stay */
  freeFromBytes: number;
  endBytes: number;
}

/** Blocks that were written to try a stick, and what was there before. */
export interface SizeProbe {
  /** reads them once more; undefined when all of them have what was written, otherwise why the stick is not to be trusted */
  look(): Promise<string | undefined>;
  /** brings back what was there */
  undo(): Promise<void>;
}

const NEAREST_BYTES = 64 * 1024 * 1024;

/**
 * Writes a block of its own to places all over the range: a stick that is sold as larger than it is keeps one block at two addresses, which lie a power of two
 * apart (an address line that leads nowhere), or keeps nothing at all. The places are behind `freeFromBytes`, so that what is made there meanwhile is not
 * in the way of a second look.
 */
export async function probeSize(blocks: DirectBlocks, { freeFromBytes, endBytes }: ProbedRange): Promise<SizeProbe> {
  const salt = randomBytes(16);
  const before: { at: number; block: Buffer }[] = [];
  const undo = async (): Promise<void> => {
    // the other way round: where two are one, what was there first is the last that is written
    for (const { at, block } of before.toReversed()) if (block.length === DIRECT_BLOCK_BYTES) await blocks.write(at, block);
  };
  try {
    for (const at of probedPlaces(freeFromBytes, endBytes)) {
      before.push({ at, block: await blocks.read(at) });
      await blocks.write(at, marker(salt, at));
    }
  } catch (error) {
    await undo().catch(() => {});
    throw error;
  }
  return {
    undo,
    look: async () => {
      for (const { at } of before)
        if (!(await blocks.read(at)).equals(marker(salt, at))) return `it does not keep what is written at ${Math.floor(at / 1e6)} MB`;
      return undefined;
    },
  };
}

/** The last block, the first, and those that are a power of two behind it; the farthest come first. */
export function probedPlaces(freeFromBytes: number, endBytes: number): number[] {
  const first = Math.ceil(freeFromBytes / DIRECT_BLOCK_BYTES) * DIRECT_BLOCK_BYTES;
  const last = Math.floor(endBytes / DIRECT_BLOCK_BYTES - 1) * DIRECT_BLOCK_BYTES;
  const places = new Set([first, last]);
  for (let distance = NEAREST_BYTES; first + distance < last; distance *= 2) places.add(first + distance);
  return [...places].filter((at) => at >= first && at <= last).sort((a, b) => b - a);
}

function marker(salt: Buffer, at: number): Buffer {
  const hash = createHash('sha256').update(salt).update(String(at)).digest();
  return Buffer.alloc(DIRECT_BLOCK_BYTES, hash);
}
