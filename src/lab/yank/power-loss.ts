import { copySparse } from '../../platform/machine/disk-image-file.ts';
import { openRawImage, type RawImage } from '../../platform/machine/raw-image.ts';
import type { LoggedRequest } from './write-log.ts';
import { type Survivors, survivorsOf, type Yank } from './yanks.ts';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

export interface LossInput {
  /** the disk before the first write */
  pristinePath: string;
  logPath: string;
  requests: readonly LoggedRequest[];
  seed: string;
}

/** Makes disks that lost their power, from what they were told; in the order of the log, so that each starts from the one before. */
export interface PowerLosses extends AsyncDisposable {
  /** writes the image of a yank; yanks come with survivors in rising order (see {@link inOrderOfLog}) */
  makeImage(yank: Yank, path: string): Promise<void>;
}

export async function openPowerLosses({ pristinePath, logPath, requests, seed }: LossInput, scratchPath: string): Promise<PowerLosses> {
  await copySparse(pristinePath, scratchPath);
  await using opening = new AsyncDisposableStack();
  const log = opening.use(await openRawImage(logPath, 'read'));
  const growing = opening.use(await openRawImage(scratchPath, 'read-write'));
  let done = 0;
  const opened = opening.move();
  return {
    makeImage: async (yank, path) => {
      const survivors = survivorsOf(requests, yank, seed);
      if (survivors.upTo < done) throw new RangeError(`yank ${yank.number} comes too late`);
      for (; done < survivors.upTo; done += 1) await repeat(requests[done], log, growing);
      await copySparse(scratchPath, path);
      await repeatOthers(survivors, requests, log, path);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The order in which their images can be made. */
export function inOrderOfLog(yanks: readonly Yank[], requests: readonly LoggedRequest[], seed: string): Yank[] {
  const upTo = new Map(yanks.map((yank) => [yank, survivorsOf(requests, yank, seed).upTo]));
  return yanks.toSorted((a, b) => (upTo.get(a) ?? 0) - (upTo.get(b) ?? 0));
}

async function repeatOthers({ others }: Survivors, requests: readonly LoggedRequest[], log: RawImage, path: string): Promise<void> {
  if (others.length === 0) return;
  await using image = await openRawImage(path, 'read-write');
  for (const { place, share } of others) await repeat(requests[place], log, image, share);
}

async function repeat(request: LoggedRequest | undefined, log: RawImage, image: RawImage, share = 1): Promise<void> {
  if (request?.kind !== 'write') return;
  const bytes = Buffer.alloc(Math.ceil((request.sizeBytes / SECTOR_BYTES) * share) * SECTOR_BYTES);
  // zeros at the end of the log may be a hole that is not there
  (await log.read(request.dataAt, bytes.length)).copy(bytes);
  await image.write(request.offsetBytes, bytes);
}
