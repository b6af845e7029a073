import { join } from 'node:path';
import { CaptureLine } from '../domain/capture.ts';
import { ReconError } from '../domain/errors.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { mediumFaultOf } from '../platform/files/medium-fault.ts';
import { partialFile } from './visit-files.ts';

/** What one initrd may send, in bytes: a DMI table, a few hundred small files, and base64 around them. */
export const PARTIAL_BYTES = 1024 * 1024;
/** Machines of which parts are kept; 1 GiB in all would be the worst case. */
const MOST_MACHINES = 1000;

/** Files that an initrd read on a machine whose record cannot be had, as lines like those of capture.jsonl. */
export interface PartialRecords {
  /** @throws ReconError `body-malformed`, `disk-full`, `busy` */
  put(mac: MacAddress, lines: Buffer): Promise<void>;
  /** by their path; undefined when the machine sent none */
  filesOf(mac: MacAddress): Promise<ReadonlyMap<string, Buffer> | undefined>;
}

/** Whether there is room. */
export interface PartialRoom {
  /** @throws ReconError `disk-full` */
  enter(mac: MacAddress, sizeBytes: number): Promise<void>;
}

/**
 * Keeps them beside the records, where they count as none; those of another visit stay, and are not looked at. `sync`: resolves when what was
 * written before the call is on the medium.
 */
export function partialRecords(
  dataDirectory: string,
  sync: () => Promise<void>,
  { room, visitNumber = 1 }: { room?: PartialRoom; visitNumber?: number } = {},
): PartialRecords {
  const directory = join(dataDirectory, 'partial');
  const pathOf = (mac: MacAddress): string => join(directory, partialFile(mac, visitNumber));
  const known = new Set<MacAddress>();
  return {
    put: async (mac, lines) => {
      if (known.size >= MOST_MACHINES && !known.has(mac))
        throw new ReconError('busy', `parts of ${MOST_MACHINES} machines are kept, and there is no room for more`);
      if (captureFilesOf(lines) === undefined) throw new ReconError('body-malformed', 'not lines of files with path and base64');
      await room?.enter(mac, lines.length);
      try {
        await makeDirectory(directory);
        await writeAtomic(pathOf(mac), lines);
        await sync();
        known.add(mac);
      } catch (error) {
        if (mediumFaultOf(error) !== 'full') throw error;
        throw new ReconError('disk-full', 'there is no room for what the machine could read', { cause: error });
      }
    },
    filesOf: async (mac) => {
      const path = pathOf(mac);
      if (!(await exists(path))) return undefined;
      return captureFilesOf((await readOrUndefined(path)) ?? Buffer.alloc(0));
    },
  };
}

function captureFilesOf(bytes: Buffer): Map<string, Buffer> | undefined {
  const files = new Map<string, Buffer>();
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line === '') continue;
    const parsed = CaptureLine.safeParse(parseJson(line));
    if (!parsed.success) return undefined;
    files.set(parsed.data.path, Buffer.from(parsed.data.base64, 'base64'));
  }
  return files.size === 0 ? undefined : files;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
