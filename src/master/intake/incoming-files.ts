import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { type MacAddress, macWithHyphens } from '../../domain/values/mac.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { freeBytes } from '../../platform/files/files.ts';
import { writeHashed } from '../../platform/files/hashed-files.ts';
import { mediumFaultOf } from '../../platform/files/medium-fault.ts';
import { hashMismatch, limitedTo } from '../http/incoming-body.ts';
import type { Arrived } from './commit.ts';

/** Uploads are refused while less than this is free: the tarball and the ledger need room too. */
const FREE_FLOOR_BYTES = 8 * 1024 * 1024;

export interface Upload {
  mac: MacAddress;
  chunks: AsyncIterable<Uint8Array>;
  /** from the Content-Length header */
  lengthBytes: number | undefined;
  /** what the sender says; checked when given */
  sha256: string | undefined;
}

/** Where bodies lie until they are checked: `incoming/` on the data partition, under names that we make. */
export interface IncomingFiles {
  /**
   * Writes a body to a file of its own. Its space is reserved before the first byte is read.
   * @throws ReconError `body-too-large`, `disk-full`, `hash-mismatch`, and what `chunks` throws; nothing is left then
   */
  receive(upload: Upload, limitBytes: number): Promise<Arrived>;
}

export interface IncomingSettings {
  /** the store's directory */
  directory: string;
  freeFloorBytes?: number | undefined;
  /** free bytes of the store's file system; asked of the system when missing */
  free?: () => Promise<number>;
  /** called when space is short; true when it gave some back */
  makeRoom: () => Promise<boolean>;
}

/** Opens `incoming/` empty: what an earlier run left there was never acknowledged. */
export async function openIncoming(settings: IncomingSettings): Promise<IncomingFiles> {
  const { directory, freeFloorBytes = FREE_FLOOR_BYTES, makeRoom, free: askFree = () => freeBytes(directory) } = settings;
  const incoming = join(directory, 'incoming');
  await removePath(incoming);
  await makeDirectory(incoming);
  /** promised, and not written yet */
  let reservedBytes = 0;

  const reserve = async (needBytes: number): Promise<void> => {
    for (;;) {
      const free = await askFree();
      if (free - reservedBytes - needBytes >= freeFloorBytes) {
        reservedBytes += needBytes;
        return;
      }
      if (await makeRoom()) continue;
      throw new ReconError('disk-full', `the master's data directory has ${free} bytes free, which is not enough for ${needBytes} more`, {
        hint: 'The machine keeps its record and tries again. Copy the tarball off the stick and remove old ones.',
      });
    }
  };
  return {
    receive: async ({ mac, chunks, lengthBytes, sha256 }, limitBytes) => {
      if ((lengthBytes ?? 0) > limitBytes) throw new ReconError('body-too-large', `the body is larger than ${limitBytes} bytes`);
      const needBytes = lengthBytes ?? limitBytes;
      await reserve(needBytes);
      let mineBytes = needBytes;
      async function* unreserved(): AsyncIterable<Uint8Array> {
        for await (const chunk of limitedTo(limitBytes, chunks)) {
          const writtenBytes = Math.min(mineBytes, chunk.length);
          mineBytes -= writtenBytes;
          reservedBytes -= writtenBytes;
          yield chunk;
        }
      }
      const path = join(incoming, `${macWithHyphens(mac)}-${randomBytes(6).toString('hex')}.part`);
      try {
        const file = await writeHashed(path, unreserved());
        if (sha256 !== undefined && sha256 !== file.sha256) throw hashMismatch(file.sha256, sha256);
        return { path, ...file };
      } catch (error) {
        await removePath(path);
        throw asDiskFull(error);
      } finally {
        reservedBytes -= mineBytes;
      }
    },
  };
}

/** The system's own word for a full disk, in ours. */
export function asDiskFull(error: unknown): unknown {
  if (error instanceof ReconError || mediumFaultOf(error) !== 'full') return error;
  return new ReconError('disk-full', "the master's data directory is full", { cause: error });
}
