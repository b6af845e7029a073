import { basename } from 'node:path';
import { messageOf } from '../../domain/values/message-of.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import type { MediumSpace } from '../../master/intake/space/room.ts';
import type { Medium } from '../../master/medium/medium.ts';
import { MEDIUM_WORDS } from '../../master/medium/trouble-words.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { type Argv, commandError, run, runOk } from '../../platform/process/command.ts';
import { syncFileSystem } from '../../platform/process/sync-file-system.ts';
import {
  type DataPartition,
  type DataPartitionQuery,
  findDataPartition,
  findDataPartitionAgain,
  LSBLK_COLUMNS,
  otherStickWords,
} from './find-data-partition.ts';
import { growData } from './grow/grow-data.ts';
import { mendStick, removeSalvaged } from './mend-stick.ts';
import { mountSource } from './mounts.ts';
import { readSigns } from './signs.ts';
import { stickMedium } from './stick-medium.ts';
import { openGuard } from './writable-disk.ts';

const MOUNT_POINT = '/run/recon/data';
const RAM_DIRECTORY = '/run/recon/ram';

/** Where records are kept. */
export interface DataStorage {
  directory: string;
  storage: 'stick' | 'ram';
  /** why there is no stick to write to */
  reason: string | undefined;
  /** what a person should know of how it was opened */
  said?: string[];
  /** writes everything out to the medium; calls at the same time share one. @throws ReconError `command-failed` */
  sync(): Promise<void>;
  /** room on the medium; that of the directory when missing */
  space?(): Promise<MediumSpace>;
  /** to be followed while it is in use; undefined in RAM */
  medium: Medium | undefined;
  /** writes everything out and unmounts; says what went wrong, undefined when the medium has it all */
  close(): Promise<string | undefined>;
}

/** For whom the stick is mounted, and how. */
interface StorageHost {
  userId: number;
  /** runs mount(8) and umount(8) where everybody sees what they do */
  mount: typeof run;
}

const OURSELVES: StorageHost = { userId: 0, mount: run };

/** Mounts RECONDATA for the user, or falls back to RAM and says why. Never throws: a master without a stick is still a master. */
export async function openDataStorage(query: DataPartitionQuery, log: Log, host: StorageHost = OURSELVES): Promise<DataStorage> {
  try {
    const listing = await listBlockDevices();
    const partition = findDataPartition(listing, query);
    if (!partition.found) return await inRam(partition.reason, host.userId);
    const mount = (device: string, disk: string): Promise<void> => mountData(device, disk, host, log);
    const growth = await grow(partition, query, log);
    await mount(partition.device, partition.disk);
    const unmount = (how: 'plain' | 'lazy'): Promise<void> => unmountData(how, host);
    const sync = sharedRuns(() => syncFileSystem(MOUNT_POINT));
    const identity = growth.outcome === 'grown' ? { ...partition.identity, uuid: growth.volumeUuid } : partition.identity;
    const medium = stickMedium({
      signs: () => readSigns(MOUNT_POINT),
      find: async () => findDataPartitionAgain(await listBlockDevices(), query, identity),
      ...{ mount, unmount },
    });
    return {
      directory: MOUNT_POINT,
      storage: 'stick',
      reason: undefined,
      ...{ sync, medium, said: [...otherStickWords(listing, query, partition.disk), ...(growth.said === undefined ? [] : [growth.said])] },
      close: async () => {
        // what lies below a stick that is gone can be synchronised, too
        const seen = await medium.look();
        const trouble = seen === undefined ? await sync().then(() => undefined, messageOf) : MEDIUM_WORDS[seen.fault].sentence;
        // systemd tries again on the way down
        const unmounted = await host.mount(['umount', MOUNT_POINT], { timeoutMs: 120_000 });
        if (unmounted.status !== 'ok') log.warn(commandError(unmounted).message);
        return trouble;
      },
    };
  } catch (error) {
    return inRam(messageOf(error), host.userId);
  }
}

/** A stick only: nothing of a disk changes, not even that of a virtual machine which boots from an image of ours. */
async function grow(
  { device, disk }: Extract<DataPartition, { found: true }>,
  { partUuid, anyTransport }: DataPartitionQuery,
  log: Log,
): Promise<Awaited<ReturnType<typeof growData>>> {
  const mounts = (await readOrUndefined('/proc/mounts'))?.toString('utf8') ?? '';
  if (anyTransport || partUuid === undefined || mounts.includes(`${device} `)) return { outcome: 'left' };
  await openGuard({ disk, partition: basename(device) });
  return growData({ disk, device, partUuid, log });
}

async function listBlockDevices(): Promise<string> {
  return runOk(['lsblk', '--json', '--list', '--output', LSBLK_COLUMNS], { timeoutMs: 30_000 });
}

async function unmountData(how: 'plain' | 'lazy', host: StorageHost): Promise<void> {
  await mountOk(host, ['umount', ...(how === 'lazy' ? ['--lazy'] : []), MOUNT_POINT]);
}

/** What shows when the stick is gone takes no writes: records must not go to RAM that nobody knows of. */
async function guardMountPoint(mounts: string, host: StorageHost, log: Log): Promise<void> {
  if (mounts.includes(` ${MOUNT_POINT} `)) return;
  const guard = await host.mount(['mount', '-t', 'tmpfs', '-o', 'ro,size=4k,mode=0555', 'no-stick', MOUNT_POINT], { timeoutMs: 30_000 });
  if (guard.status !== 'ok') log.warn(commandError(guard).message);
}

async function mountData(device: string, disk: string, host: StorageHost, log: Log): Promise<void> {
  await makeDirectory(MOUNT_POINT);
  const mounts = (await readOrUndefined('/proc/mounts'))?.toString('utf8') ?? '';
  if (mountSource(mounts, MOUNT_POINT) === device) return;
  await guardMountPoint(mounts, host, log);
  await openGuard({ disk, partition: basename(device) });
  const before = await mendStick(device, log);
  const { userId } = host;
  const options = `rw,noatime,nosuid,nodev,noexec,uid=${userId},gid=${userId}`;
  const more = `${options},umask=022,iocharset=utf8,errors=continue`;
  const mounted = await host.mount(['mount', '-t', 'vfat', '-o', more, device, MOUNT_POINT], { timeoutMs: 60_000 });
  if (mounted.status !== 'ok') await mountOk(host, ['mount', '-t', 'vfat', '-o', options, device, MOUNT_POINT]);
  await removeSalvaged(MOUNT_POINT, before).catch((error: unknown) => log.warn(`${MOUNT_POINT}: ${messageOf(error)}`));
}

/** @throws ReconError `command-failed` */
async function mountOk(host: StorageHost, argv: Argv): Promise<void> {
  const result = await host.mount(argv, { timeoutMs: 60_000 });
  if (result.status !== 'ok') throw commandError(result);
}

async function inRam(reason: string, userId: number): Promise<DataStorage> {
  await makeDirectory(RAM_DIRECTORY);
  await giveToUser(userId, [RAM_DIRECTORY]);
  return { directory: RAM_DIRECTORY, storage: 'ram', reason, sync: async () => {}, medium: undefined, close: async () => undefined };
}
