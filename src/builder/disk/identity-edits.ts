import { ReconError } from '../../domain/errors.ts';
import { ISO_PATHS } from '../../domain/image.ts';
import { partitionUuid, SIGNATURE_OFFSET } from '../image/data-partition.ts';
import { MENU_ENTRIES } from '../image/grub-config.ts';
import { dataEntryEdit, partitionsOf } from './disk-plan.ts';
import { descriptorOffsets, type Extent, findInIso, type ReadBytes } from './iso-tree.ts';
import { isoUuidOf, type MediumIdentity } from './other-identity.ts';

/** Bytes that stand in an image in the place of others. */
export interface Edit {
  offsetBytes: number;
  bytes: Buffer;
}

/** What a copy of an image is, and what its menu starts by itself. */
export interface CopyKind {
  /** `disk`: it may be on any bus, not only on USB */
  medium: 'stick' | 'disk';
  entry: keyof typeof MENU_ENTRIES;
}

export interface IdentityInput extends CopyKind {
  before: MediumIdentity;
  after: MediumIdentity;
  /** where the data partition of the copy lies */
  data: Extent;
}

/** Dates of creation, modification, expiration and effect in a volume descriptor (ECMA-119, 8.4.26 to 8.4.29). */
const DATE_OFFSETS = [813, 830, 847, 864];
const DATE_DIGITS = 16;
const MENU_PATHS = ['boot/grub/grub.cfg', 'boot/grub2/grub.cfg'];

/**
 * What has to be changed in an image so that its copy is another medium: partition table, volume descriptors, menu and manifest. Each change
 * has the length of what was there: so it works on blocks, and nothing else moves.
 * @throws ReconError `not-an-image` when something of it is not found
 */
export async function identityEdits(read: ReadBytes, input: IdentityInput): Promise<Edit[]> {
  const { before, after, data } = input;
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(after.signature);
  return [
    { offsetBytes: SIGNATURE_OFFSET, bytes: signature },
    dataEntryEdit(data),
    ...(await dateEdits(read, before, after)),
    ...(await menuEdits(read, input)),
    ...(await textEdits(read, ISO_PATHS.manifest, names(before, after))),
  ];
}

/** Puts what of the edits falls into a chunk of the image there. */
export function applyEdits(chunk: Buffer, offsetBytes: number, edits: readonly Edit[]): void {
  for (const edit of edits) {
    const from = Math.max(edit.offsetBytes, offsetBytes);
    const to = Math.min(edit.offsetBytes + edit.bytes.length, offsetBytes + chunk.length);
    if (from < to) edit.bytes.copy(chunk, from - offsetBytes, from - edit.offsetBytes, to - edit.offsetBytes);
  }
}

async function dateEdits(read: ReadBytes, before: MediumIdentity, after: MediumIdentity): Promise<Edit[]> {
  const bases = new Set([0, partitionsOf(await read(0, 512))[0]?.startBytes ?? 0]);
  const edits: Edit[] = [];
  for (const base of bases) {
    for (const descriptor of await descriptorOffsets(read, base)) {
      for (const offset of DATE_OFFSETS.map((date) => descriptor + date)) {
        if ((await read(offset, DATE_DIGITS)).toString('latin1') !== before.volumeDate) continue;
        edits.push({ offsetBytes: offset, bytes: Buffer.from(after.volumeDate, 'latin1') });
      }
    }
  }
  if (edits.length === 0) throw notOurs('its volume has another date than its manifest says');
  return edits;
}

async function menuEdits(read: ReadBytes, { before, after, medium, entry }: IdentityInput): Promise<Edit[]> {
  for (const path of MENU_PATHS) {
    if ((await findInIso(read, path)) === undefined) continue;
    return textEdits(read, path, [
      ...names(before, after),
      [/ recon\.medium=(?:stick|disk ) /g, ` recon.medium=${medium.padEnd('stick'.length)} `],
      [/\nset default=\d\n/g, `\nset default=${MENU_ENTRIES[entry]}\n`],
    ]);
  }
  throw notOurs('it has no menu');
}

type Replacement = readonly [was: RegExp, becomes: string];

/** The two names of a medium that menu and manifest have. */
function names(before: MediumIdentity, after: MediumIdentity): Replacement[] {
  return [
    [new RegExp(isoUuidOf(before), 'g'), isoUuidOf(after)],
    [new RegExp(partitionUuid(before.signature, 3), 'g'), partitionUuid(after.signature, 3)],
  ];
}

async function textEdits(read: ReadBytes, path: string, replacements: readonly Replacement[]): Promise<Edit[]> {
  const extent = await findInIso(read, path);
  if (extent === undefined) throw notOurs(`it has no ${path}`);
  const text = (await read(extent.startBytes, extent.sizeBytes)).toString('latin1');
  return replacements.flatMap(([was, becomes]) => {
    const found = [...text.matchAll(was)];
    if (found.length === 0 || found.some(([match]) => match.length !== becomes.length))
      throw notOurs(`${path} does not have ${was.source}`);
    return found.map((match) => ({ offsetBytes: extent.startBytes + match.index, bytes: Buffer.from(becomes, 'latin1') }));
  });
}

function notOurs(why: string): ReconError {
  return new ReconError('not-an-image', `this image cannot be copied to a disk: ${why}`, {
    hint: 'build it anew, or write the stick again',
  });
}
