import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { WorkDirectory } from '../../platform/files/work-directory.ts';
import type { Bench } from '../machine/start-machine.ts';
import type { LabRun } from '../set-up.ts';
import type { PoolFolder } from './folder.ts';
import type { HeadProcess } from './head-process.ts';
import type { PoolRoom } from './room.ts';
import { makeServerDisk } from './server-disk.ts';
import { headOnServer, installOnServer, type ServerDoor, serverDiskPath, startServer, waitForServer } from './server-machine.ts';

/** Exit code of a command that found everything as it should be. */
const NOTHING_TO_DO = 3;
const ATTEMPTS = 4;

/** What a server of the rehearsal is made of. */
export interface ServerParts {
  bench: Bench;
  room: PoolRoom;
  folder: Pick<PoolFolder, 'path' | 'keyPath'>;
  repository: string;
  work: WorkDirectory;
}

/**
 * A fresh Debian server as a virtual machine, which `recon head install` makes a head node. Gives how its service is met, now and after it was
 * switched off and on. @throws ReconError `host-unfit`, `command-failed`, `lab-failed`
 */
export async function setUpServer(
  { bench, room, folder, repository, work }: ServerParts,
  { step, stack }: Pick<LabRun, 'step' | 'stack'>,
): Promise<() => Promise<HeadProcess>> {
  const door: ServerDoor = { room, keyPath: folder.keyPath };
  const disk = await step('a fresh Debian server on a disk', async (say) =>
    makeServerDisk({ repository, pool: folder.path, work: await work.subdirectory('server'), path: serverDiskPath(bench) }, say),
  );
  const vm = stack.use(await step('switch the server on', () => startServer(bench, disk, door)));
  await step('recon head install --private eth1, and once more', (say) => installTwice(door, say));
  return async () => {
    await waitForServer(door, vm);
    return headOnServer(door, vm);
  };
}

/** @throws ReconError `lab-failed` when an install does not get to its end, or the next one finds something to do */
async function installTwice(door: ServerDoor, say: (text: string) => void): Promise<void> {
  await installToItsEnd(door, say);
  const again = await installOnServer(door);
  if (again.exitCode === NOTHING_TO_DO) return say('the second run changed nothing');
  throw new ReconError('lab-failed', `a second recon head install should change nothing, and said:\n${again.said}`);
}

/** As a person does who reads what it says last: "run the same command again". An emulated server on a busy host is slower than a service may be. */
async function installToItsEnd(door: ServerDoor, say: (text: string) => void): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      for (const line of (await installOnServer(door)).said.split('\n')) say(line);
      return;
    } catch (error) {
      if (left === 0 || !messageOf(error).includes('run the same command again')) throw error;
      say(`it did not get to its end, and is run again: ${messageOf(error).slice(0, 300)}`);
    }
  }
}
