import { z } from 'zod';

/** Sector of the disk, before its partition, that each mark is written to. */
export const MARK_SECTOR = 1024;
const SECTOR_BYTES = 512;
const HEAD = 'recon yank ';

export const ReceiptMark = z.strictObject({
  kind: z.literal('receipt'),
  mac: z.string(),
  revision: z.int().positive(),
  recordSha256: z.string(),
  captureSha256: z.string().exactOptional(),
});
export type ReceiptMark = z.infer<typeof ReceiptMark>;

export const SealedMark = z.strictObject({ kind: z.literal('sealed'), name: z.string(), sha256: z.string() });
export type SealedMark = z.infer<typeof SealedMark>;

/** What the guest was promised at that moment, between its writes. */
const Mark = z.discriminatedUnion('kind', [ReceiptMark, SealedMark]);
export type Mark = z.infer<typeof Mark>;

/** The bytes of a mark; they fit into a sector. @throws RangeError when they do not */
export function markBytes(mark: Mark): Buffer {
  const bytes = Buffer.from(`${HEAD}${JSON.stringify(mark)}`);
  if (bytes.length > SECTOR_BYTES) throw new RangeError(`a mark of ${bytes.length} bytes`);
  return bytes;
}

/** The mark in a sector; undefined when there is none. */
export function readMark(sector: Uint8Array): Mark | undefined {
  const text = Buffer.from(sector).toString('utf8').replace(/\0+$/, '');
  return text.startsWith(HEAD) ? Mark.parse(JSON.parse(text.slice(HEAD.length))) : undefined;
}
