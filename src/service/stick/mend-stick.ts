import { messageOf } from '../../domain/values/message-of.ts';
import { openFatVolume } from '../../platform/fat/fat-volume.ts';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { openRawImage } from '../../platform/machine/raw-image.ts';
import { type CommandResult, run } from '../../platform/process/command.ts';
import { unlinkHalfUploads } from '../../records/half-uploads.ts';

/** What was in the root directory before the repair. */
export type NamesBefore = ReadonlySet<string>;

const REPAIRS = 3;
const TIMEOUT_MS = 120_000;
/** A line of fsck.vfat that begins with a path names what it would change. */
const NAMES_RECORD = /^\/(records|encrypted)\//im;
/** What fsck.vfat -a calls clusters that belong to nobody. */
const SALVAGED = /^FSCK\d{4}\.REC$/i;

/**
 * Brings the data partition in order before it is mounted, after a yank too: first what was never acknowledged is taken out, then the file
 * system is repaired, unless the repair would change a record. Never throws: a stick that cannot be mended may still be mounted.
 */
export async function mendStick(device: string, log: Log): Promise<NamesBefore> {
  try {
    const names = await takeOutHalves(device, log);
    await repair(device, log);
    return names;
  } catch (error) {
    log.warn(`${device} was not repaired, because it could not be searched for half uploads: ${messageOf(error)}`);
    return new Set();
  }
}

/** Removes the files that a repair made of clusters of half uploads, once the partition is mounted. */
export async function removeSalvaged(directory: string, before: NamesBefore): Promise<void> {
  for (const name of await namesIn(directory)) if (SALVAGED.test(name) && !before.has(name)) await removePath(`${directory}/${name}`);
}

async function takeOutHalves(device: string, log: Log): Promise<NamesBefore> {
  await using image = await openRawImage(device, 'read-write');
  const volume = await openFatVolume(image);
  if (volume === undefined) return new Set();
  const { entries } = await volume.directory();
  const { paths, slots } = await unlinkHalfUploads(volume);
  if (paths.length + slots > 0) await image.sync();
  if (paths.length > 0) log.info(`${device}: what was not whole when the power went was taken out: ${paths.join(', ')}`);
  return new Set(entries.map(({ name }) => name));
}

async function repair(device: string, log: Log): Promise<void> {
  const look = await run(['fsck.vfat', '-n', device], { timeoutMs: TIMEOUT_MS });
  if (look.status === 'ok') return;
  if (NAMES_RECORD.test(said(look))) {
    log.warn(`${device} is not repaired, because that would change records: ${lastWords(look)}`);
    return;
  }
  for (let times = 1; times <= REPAIRS; times += 1) {
    const mended = await run(['fsck.vfat', '-a', device], { timeoutMs: TIMEOUT_MS });
    if (mended.status === 'ok') return;
    // it ends with 1 after a repair too; whether that was enough, the next run says
    if (times === REPAIRS) log.warn(`fsck.vfat ${device}: ${lastWords(mended)}`);
  }
}

function said({ stdout }: CommandResult): string {
  return stdout.toString('utf8');
}

function lastWords(result: CommandResult): string {
  return said(result).trim().split('\n').slice(-2).join(' ');
}
