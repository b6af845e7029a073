import { join } from 'node:path';
import { namesIn } from '../../../platform/files/directories.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import type { PartialRoom } from '../../../records/partial-records.ts';
import type { SpaceBook } from './space-book.ts';

/** Sizes of what initrds sent, by file or address; a machine that sends again may be in it twice, which only keeps more room. */
export type PartialSizes = Map<string, number>;

/** What an earlier run left. */
export async function partialSizesIn(dataDirectory: string): Promise<PartialSizes> {
  const directory = join(dataDirectory, 'partial');
  const sizes: PartialSizes = new Map();
  for (const name of await namesIn(directory).catch(() => [])) sizes.set(name, (await fileFacts(join(directory, name)))?.sizeBytes ?? 0);
  return sizes;
}

export function sumOf(sizes: PartialSizes): number {
  return [...sizes.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0);
}

/** They are kept, and sealed, only while there is room for both. */
export function partialRoom(book: Pick<SpaceBook, 'enter'>, sizes: PartialSizes): PartialRoom {
  return {
    enter: async (mac, sizeBytes) => {
      const booking = await book.enter('record', sizeBytes, { recordBytes: 0, captureBytes: sizeBytes });
      booking.end();
      sizes.set(mac, sizeBytes);
    },
  };
}
