import { createHash } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import { bootPaths, type ImageManifest } from '../../domain/image.ts';
import { errorCode } from '../../platform/files/files.ts';
import { hashRangeOnMedium } from '../../platform/machine/hash-range-on-medium.ts';
import { openRawImage, type RawImage } from '../../platform/machine/raw-image.ts';
import { type DiskPlan, HEAD_BYTES, planDisk, SECTOR_BYTES, TAIL_BYTES } from './disk-plan.ts';
import { freshData } from './fresh-data.ts';
import { applyEdits, type CopyKind, type Edit, identityEdits } from './identity-edits.ts';
import { type Extent, findInIso } from './iso-tree.ts';
import { identityOf, otherIdentity } from './other-identity.ts';

const CHUNK_BYTES = 1024 * 1024;
/** So much waits in memory at most. */
const SYNC_EVERY_BYTES = 32 * CHUNK_BYTES;

/** What is being done, and how far it is, from 0 to 1. */
export type CopyProgress = (what: 'copying' | 'reading back', done: number) => void;

export interface WriteDiskInput extends CopyKind {
  /** an ISO, a stick, or a CD: the whole of it, not a partition */
  source: string;
  /** an existing file, or a disk that nobody uses */
  target: string;
  targetBytes: number;
  manifest: ImageManifest;
  /** of the identity of the copy: the same seed, the same copy */
  seed: string | Uint8Array;
  workDirectory: string;
  onProgress?: CopyProgress;
}

interface Copying {
  input: WriteDiskInput;
  from: RawImage;
  to: RawImage;
  plan: DiskPlan;
  edits: readonly Edit[];
}

/**
 * Copies an image onto a disk or into a file, with an identity and a data partition of its own. What could start is erased first and written
 * last, after all else was read back from the medium: a copy that is interrupted does not start.
 * @throws ReconError `not-an-image`, `disk-full` when it does not fit, `hash-mismatch` when the source or the target does not give the bytes that
 * it should, `command-failed`, `not-writable`
 */
export async function writeDisk(input: WriteDiskInput): Promise<void> {
  await using from = await openRawImage(input.source, 'read');
  const plan = planDisk(await from.read(0, SECTOR_BYTES), input.targetBytes);
  if (plan === undefined) throw new ReconError('disk-full', `${input.target} is too small for a copy of ${input.source}`);
  const before = identityOf(input.manifest);
  const after = otherIdentity(before, input.seed);
  const edits = await identityEdits(from.read, { ...input, before, after, data: plan.data });
  const { workDirectory, manifest } = input;
  const data = await freshData({ workDirectory, sizeBytes: plan.data.sizeBytes, identity: after, encryptTo: manifest.encryptTo });
  // up to here nothing was written
  await using to = await openTarget(input.target);
  const copying = { input, from, to, plan, edits };
  await eraseEnds(copying);
  const { head, sha256 } = await copyBody(copying);
  await to.write(plan.data.startBytes, data);
  await to.sync();
  await readBack(copying, { startBytes: HEAD_BYTES, sizeBytes: plan.bodyBytes - HEAD_BYTES }, sha256);
  await readBack(copying, { startBytes: plan.data.startBytes, sizeBytes: data.length }, sha256Of(data));
  await writeHead(copying, head);
}

async function openTarget(path: string): Promise<RawImage> {
  return openRawImage(path, 'exclusive').catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

const PROTECTED = new Set(['EPERM', 'EACCES', 'EROFS']);

function unwritable(path: string, cause: unknown): ReconError {
  const code = errorCode(cause) ?? String(cause);
  const why = code === 'EBUSY' ? 'something on this machine uses it' : 'it is write-protected, or gone';
  return new ReconError('not-writable', `${path} cannot be written: ${why} (${code}). It is as it was.`, { cause });
}

/** From here on the disk starts nothing, and nobody knows it as a part of something. */
async function eraseEnds({ to, input: { target, targetBytes } }: Copying): Promise<void> {
  // a disk that is write-protected may be opened all the same
  await to.write(0, Buffer.alloc(HEAD_BYTES)).catch((error: unknown) => {
    throw PROTECTED.has(errorCode(error) ?? '') ? unwritable(target, error) : error;
  });
  await to.write(targetBytes - TAIL_BYTES, Buffer.alloc(TAIL_BYTES));
  await to.sync();
}

/** Copies what comes before the data partition, but for the head, which it gives. The files of the manifest are hashed on the way. */
async function copyBody({ input, from, to, plan, edits }: Copying): Promise<{ head: Buffer; sha256: string }> {
  const files = await manifestFiles(from, input.manifest);
  const written = createHash('sha256');
  const head = Buffer.alloc(HEAD_BYTES);
  for (let at = 0; at < plan.bodyBytes; at += CHUNK_BYTES) {
    const chunk = await from.read(at, Math.min(CHUNK_BYTES, plan.bodyBytes - at));
    if (chunk.length < Math.min(CHUNK_BYTES, plan.bodyBytes - at)) throw damaged(input.source, 'it ends early');
    for (const { extent, hash } of files) hash.update(partOf(chunk, at, extent));
    applyEdits(chunk, at, edits);
    if (at < HEAD_BYTES) chunk.copy(head, at);
    else {
      written.update(chunk);
      await to.write(at, chunk);
      if ((at + CHUNK_BYTES) % SYNC_EVERY_BYTES === 0) await to.sync();
    }
    input.onProgress?.('copying', Math.min(1, (at + CHUNK_BYTES) / plan.bodyBytes));
  }
  await to.sync();
  for (const { name, hash, expected } of files)
    if (hash.digest('hex') !== expected) throw damaged(input.source, `${name} is not that of its manifest`);
  return { head, sha256: written.digest('hex') };
}

/** Kernel, initrd, drivers and root image where the source has them, with the hashes of the manifest. */
async function manifestFiles(from: RawImage, { files, architecture }: ImageManifest): Promise<HashedPart[]> {
  const parts = (['kernel', 'initrd', 'drivers', 'rootImage'] as const).flatMap((part) => {
    const file = files[part];
    return file === undefined ? [] : [{ part, sha256: file.sha256 }];
  });
  const paths = bootPaths(architecture);
  return Promise.all(
    parts.map(async ({ part, sha256 }) => {
      const extent = await findInIso(from.read, paths[part]);
      if (extent === undefined) throw new ReconError('not-an-image', `there is no ${paths[part]} on the medium that is to be copied`);
      return { name: paths[part], extent, hash: createHash('sha256'), expected: sha256 };
    }),
  );
}

interface HashedPart {
  name: string;
  extent: Extent;
  hash: ReturnType<typeof createHash>;
  expected: string;
}

function partOf(chunk: Buffer, at: number, { startBytes, sizeBytes }: Extent): Buffer {
  return chunk.subarray(Math.max(0, startBytes - at), Math.max(0, startBytes + sizeBytes - at));
}

async function readBack({ input }: Copying, { startBytes, sizeBytes }: Extent, expected: string): Promise<void> {
  const tell = (done: number): void => input.onProgress?.('reading back', done);
  const found = await hashRangeOnMedium(input.target, startBytes, startBytes + sizeBytes, tell);
  if (found === expected) return;
  throw new ReconError(
    'hash-mismatch',
    `${input.target} does not give back what was written to it. It does not start, and what was on it is gone.`,
    {
      hint: 'the disk is failing; take another one',
    },
  );
}

/** The partition table comes last of all: a disk without one is a disk that nothing starts from. */
async function writeHead(copying: Copying, head: Buffer): Promise<void> {
  const { to } = copying;
  await to.write(SECTOR_BYTES, head.subarray(SECTOR_BYTES));
  await to.sync();
  await to.write(0, head.subarray(0, SECTOR_BYTES));
  await to.sync();
  await readBack(copying, { startBytes: 0, sizeBytes: head.length }, sha256Of(head));
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function damaged(source: string, why: string): ReconError {
  return new ReconError('hash-mismatch', `${source} cannot be copied: ${why}. The disk does not start, and what was on it is gone.`, {
    hint: 'write the stick again, or take another one',
  });
}
