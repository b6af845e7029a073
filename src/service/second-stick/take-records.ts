import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { copyOwnFile } from '../../platform/files/copy-own-file.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import { hashFile } from '../../platform/files/hashed-files.ts';
import { type Argv, type CommandOptions, type CommandResult, commandError } from '../../platform/process/command.ts';
import { syncFileSystem } from '../../platform/process/sync-file-system.ts';
import { closeGuard, openGuard } from '../stick/writable-disk.ts';
import type { SecondStick } from './find-second-stick.ts';

const MOUNT_POINT = 'second-stick';
const TARBALL = /^recon-[^/]+\.tar\.gz(\.age)?$/;

interface TakeInput {
  stick: SecondStick;
  /** of the master, in RAM */
  directory: string;
  mount: (argv: Argv, options: CommandOptions) => Promise<CommandResult>;
  /** where the guard looks, and where the stick is mounted meanwhile */
  runDirectory?: string;
}

export interface TakenFile {
  name: string;
  sizeBytes: number;
  sha256: string;
  /** it was there already, the same */
  wasThere: boolean;
}

/**
 * Puts the tarballs of a master that keeps its records in RAM onto a stick that somebody has plugged in, as files beside those that are there: the guard is opened for that
 * disk, its file system mounted, each file copied and read back, and all of that undone. @throws ReconError `command-failed`, `verify-failed`, `not-found`
 */
export async function takeRecords({ stick, directory, mount, runDirectory = '/run/recon' }: TakeInput): Promise<TakenFile[]> {
  const names = (await namesIn(directory)).filter((name) => TARBALL.test(name));
  if (names.length === 0) throw new ReconError('not-found', 'there is no tarball yet');
  const target = join(runDirectory, MOUNT_POINT);
  // a master without a stick has it open for no other disk
  await openGuard({ disk: stick.disk, partition: stick.device }, runDirectory);
  try {
    await mountStick(stick, target, mount);
    try {
      const taken: TakenFile[] = [];
      for (const name of names) taken.push(await take(join(directory, name), join(target, name), name));
      await syncFileSystem(target);
      return taken;
    } finally {
      await mountOk(mount, ['umount', target]);
    }
  } finally {
    await closeGuard(stick.device, runDirectory);
  }
}

async function take(from: string, to: string, name: string): Promise<TakenFile> {
  const partial = `${to}.part`;
  const wasThere = await exists(to);
  await removePath(partial);
  try {
    // one of this name is compared with a copy that is read back, and stays as it is
    const { sizeBytes, sha256 } = await copyOwnFile(from, wasThere ? partial : to);
    if (wasThere) await sameOrRefuse(to, sha256, name);
    return { name, sizeBytes, sha256, wasThere };
  } catch (error) {
    if (!wasThere) await removePath(to).catch(() => {});
    throw error;
  } finally {
    await removePath(partial).catch(() => {});
  }
}

async function sameOrRefuse(path: string, sha256: string, name: string): Promise<void> {
  if ((await hashFile(path)).sha256 === sha256) return;
  throw new ReconError('verify-failed', `another ${name} is on the stick already, and nothing is written over`, {
    hint: 'take another stick',
  });
}

async function mountStick({ device, fileSystem }: SecondStick, target: string, mount: TakeInput['mount']): Promise<void> {
  await makeDirectory(target);
  const options = ['rw', 'noatime', 'nosuid', 'nodev', 'noexec', ...(['vfat', 'exfat'].includes(fileSystem) ? ['umask=022'] : [])];
  await mountOk(mount, ['mount', '-t', fileSystem, '-o', options.join(','), `/dev/${device}`, target]);
}

async function mountOk(mount: TakeInput['mount'], argv: Argv): Promise<void> {
  const result = await mount(argv, { timeoutMs: 120_000 });
  if (result.status !== 'ok') throw commandError(result);
}
