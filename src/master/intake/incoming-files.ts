import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { type MacAddress, macWithHyphens } from '../../domain/values/mac.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { errorCode } from '../../platform/files/files.ts';
import { writeHashed } from '../../platform/files/hashed-files.ts';
import { mediumFaultOf } from '../../platform/files/medium-fault.ts';
import type { MachineBound } from '../../seal/largest-tarball.ts';
import { hashMismatch, limitedTo } from '../http/incoming-body.ts';
import type { Arrived } from './commit.ts';
import type { Booking, SpaceBook, UploadKind } from './space/space-book.ts';

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
   * Writes a body to a file of its own. Its space is reserved before the first byte is read, and stays so until its booking is ended.
   * @throws ReconError `body-too-large`, `disk-full`, `capture-left-out`, `hash-mismatch`, and what `chunks` throws; nothing is left then
   */
  receive(upload: Upload, limits: UploadLimits): Promise<Arrived>;
  /** begins anew, on a medium that came back: nothing that lay there was acknowledged */
  empty(): Promise<void>;
}

export interface IncomingSettings {
  /** the store's directory */
  directory: string;
  book: Pick<SpaceBook, 'enter'>;
  /** called when space is short; true when it gave some back */
  makeRoom: () => Promise<boolean>;
}

/** What of an upload's size follows from its kind. */
export interface UploadLimits {
  kind: UploadKind;
  limitBytes: number;
  /** what a body of this length adds to the tarball, before it was looked at */
  boundOf: (sizeBytes: number) => MachineBound;
  /** one that is no longer than this is kept in memory, too; none when missing */
  keptBytes?: number;
}

/** Opens `incoming/` empty: what an earlier run left there was never acknowledged. Never throws: a medium that takes no writes now may do so later. */
export async function openIncoming({ directory, book, makeRoom }: IncomingSettings): Promise<IncomingFiles> {
  const incoming = join(directory, 'incoming');
  const empty = async (): Promise<void> => {
    await removePath(incoming);
    await makeDirectory(incoming);
  };
  await empty().catch(() => {});
  const enter = async (kind: UploadKind, sizeBytes: number, bound: MachineBound): Promise<Booking> => {
    for (;;) {
      try {
        return await book.enter(kind, sizeBytes, bound);
      } catch (error) {
        if (!(error instanceof ReconError) || !(await makeRoom())) throw error;
      }
    }
  };
  return {
    empty,
    receive: async ({ mac, chunks, lengthBytes, sha256 }, { kind, limitBytes, boundOf, keptBytes = 0 }) => {
      const needBytes = lengthBytes ?? limitBytes;
      if (needBytes > limitBytes) throw new ReconError('body-too-large', `the body is larger than ${limitBytes} bytes`);
      const booking = await enter(kind, needBytes, boundOf(needBytes));
      const kept = keeper(needBytes <= keptBytes ? keptBytes : 0);
      async function* counted(): AsyncIterable<Uint8Array> {
        for await (const chunk of limitedTo(limitBytes, chunks)) {
          booking.wrote(chunk.length);
          kept.add(chunk);
          yield chunk;
        }
      }
      const path = join(incoming, `${macWithHyphens(mac)}-${randomBytes(6).toString('hex')}.part`);
      try {
        const file = await writeHashed(path, counted()).catch(async (error: unknown) => {
          if (errorCode(error) !== 'ENOENT') throw error;
          // a stick that was full when it was opened had no room even for a directory; nothing of the body was asked for
          await makeDirectory(incoming);
          return writeHashed(path, counted());
        });
        // it may be shorter than it was said to be
        booking.wrote(needBytes);
        if (sha256 !== undefined && sha256 !== file.sha256) throw hashMismatch(file.sha256, sha256);
        return { path, booking, ...file, takeBytes: kept.take };
      } catch (error) {
        booking.end();
        await removePath(path).catch(() => {});
        throw asDiskFull(error);
      }
    },
  };
}

/** Keeps chunks as long as they are few. */
function keeper(limitBytes: number): { add: (chunk: Uint8Array) => void; take: () => Buffer | undefined } {
  let kept: Uint8Array[] | undefined = limitBytes === 0 ? undefined : [];
  let sizeBytes = 0;
  return {
    add: (chunk) => {
      sizeBytes += chunk.length;
      // it may be longer than it was said to be
      if (sizeBytes > limitBytes) kept = undefined;
      kept?.push(chunk);
    },
    take: () => {
      const taken = kept;
      kept = undefined;
      return taken === undefined ? undefined : Buffer.concat(taken);
    },
  };
}

/** The system's own word for a full disk, in ours. */
export function asDiskFull(error: unknown): unknown {
  if (error instanceof ReconError || mediumFaultOf(error) !== 'full') return error;
  return new ReconError('disk-full', "the master's data directory is full", { cause: error });
}
