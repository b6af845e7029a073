import { dirname } from 'node:path';
import { exists, freeBytes } from '../../../platform/files/files.ts';
import type { AskedMachine } from '../machine/asked-machine.ts';
import type { HeadFault } from './head-fault.ts';

/** A build of the compute image has trees, archives and two versions side by side. */
const BUILD_BYTES = 3 * 1024 ** 3;
/** The program, revisions, leases. */
const LEAST_BYTES = 512 * 1024 ** 2;
/** A copy of the program. */
const PROGRAM_BYTES = 300 * 1024 ** 2;
/** Clocks of servers differ by less. */
const SLACK_MS = 24 * 3_600_000;

/** Bytes that are free where a folder is, or would be. */
export async function freeBelow(folder: string): Promise<number> {
  let path = folder;
  while (!(await exists(path)) && path !== '/') path = dirname(path);
  return await freeBytes(path);
}

/** Of a server that has no program yet; one that comes after another one says so itself. Pure. */
export function programRoomFaults(bytes: number, folder: string): HeadFault[] {
  if (bytes >= PROGRAM_BYTES) return [];
  const message = `${folder} has ${Math.floor(bytes / 1e6)} MB free, and a copy of the program needs ${Math.ceil(PROGRAM_BYTES / 1e6)} MB.`;
  return [{ code: 'disk', message, hint: `Make room on the disk of ${folder}, or mount a larger one there.`, weight: 'stops' }];
}

/** Pure. */
export function roomFaults(bytes: number, { folder, builds }: { folder: string; builds: boolean }): HeadFault[] {
  const needed = builds ? BUILD_BYTES : LEAST_BYTES;
  if (bytes >= needed) return [];
  const message = `${folder} has ${Math.floor(bytes / 1e6)} MB free, and ${builds ? 'building images' : 'a head node'} needs ${Math.ceil(needed / 1e6)} MB.`;
  const hint = builds ? `Mount a larger disk on ${folder}, or build elsewhere: --no-images` : `Mount a larger disk on ${folder}.`;
  return [{ code: 'disk', message, hint, weight: 'stops' }];
}

/** A clock before the day on which the program or an image was made cannot be right; certificates and packages fail with it. Pure. */
export function clockFaults(now: Date, madeAt: readonly { what: string; at: Date }[]): HeadFault[] {
  const latest = madeAt.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  if (latest === undefined || now.getTime() >= latest.at.getTime() - SLACK_MS) return [];
  const message = `The clock says ${now.toISOString().slice(0, 10)}, and ${latest.what} is of ${latest.at.toISOString().slice(0, 10)}.`;
  return [{ code: 'clock', message, hint: 'Set it: timedatectl set-ntp true, or date --set', weight: 'stops' }];
}

/** A clock that nobody sets is right until it is not; of a system without systemd nothing is known. */
export async function unsetClock({ ask }: Pick<AskedMachine, 'ask'>): Promise<HeadFault[]> {
  const { isOk, text } = await ask(['timedatectl', 'show', '--property=NTPSynchronized', '--value']);
  if (!isOk || text.trim() !== 'no') return [];
  return [
    {
      code: 'clock',
      message: 'Nobody sets the clock of this server by the network.',
      hint: 'timedatectl set-ntp true, or install chrony; certificates and tokens go by it.',
      weight: 'note',
    },
  ];
}
