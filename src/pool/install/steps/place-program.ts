import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { hashFolders } from '../../image/build/hash-folders.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';
import { PROGRAM_FILES, PROGRAM_FOLDERS, programPackages } from './program-parts.ts';

const { program, link } = INSTALL_PLACES;

/** Says which program lies there. */
export const STAMP = '.installed';

/** Copies the program to a place that stays when the checkout goes: whole beside the old one, then in its place. Root's, and readable by everybody. */
export async function placeProgram(machine: HeadMachine, repository: string): Promise<Done> {
  if (repository === program) return doneOf([], `runs from ${program} already`);
  const done: string[] = [];
  const lock = (await machine.read(join(repository, 'package-lock.json'))) ?? '';
  const stamp = `${await hashOf(repository, lock)}\n`;
  if ((await machine.read(join(program, STAMP))) !== stamp) {
    try {
      await copyProgram(machine, repository, lock);
      await machine.write(join(`${program}.new`, STAMP), stamp);
    } catch (error) {
      // on a full disk half a copy would take the room that is missing
      await machine.remove(`${program}.new`).catch(() => {});
      throw error;
    }
    await machine.remove(`${program}.old`);
    if (await machine.exists(program)) await machine.run(['mv', program, `${program}.old`]);
    await machine.run(['mv', `${program}.new`, program]);
    await machine.remove(`${program}.old`);
    done.push(`copied to ${program}`);
  }
  if ((await machine.ask(['readlink', link])).text.trim() !== `${program}/recon`) {
    await machine.run(['install', '--directory', '--mode=755', '/usr/local/bin']);
    await machine.run(['ln', '--symbolic', '--force', '--no-dereference', `${program}/recon`, link]);
    done.push(`${link} starts it`);
  }
  return doneOf(done);
}

async function hashOf(repository: string, lock: string): Promise<string> {
  const folders = await hashFolders(PROGRAM_FOLDERS.map((folder) => join(repository, folder)));
  return createHash('sha256').update(lock).update(folders).digest('hex');
}

async function copyProgram(machine: HeadMachine, repository: string, lock: string): Promise<void> {
  const into = `${program}.new`;
  await machine.remove(into);
  await machine.run(['install', '--directory', '--mode=755', into]);
  const wanted = [...PROGRAM_FOLDERS, ...PROGRAM_FILES, ...programPackages(lock), 'node_modules/.recon-lock'];
  const there: string[] = [];
  // packages for another processor are in the lock and not on the disk
  for (const path of wanted) if (await machine.exists(join(repository, path))) there.push(path);
  const copy = ['cp', '--recursive', '--parents', '--no-dereference', '--preserve=mode,timestamps,links'] as const;
  await machine.run(['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', repository, ...copy, ...there, into]);
  // a checkout may be readable by its owner alone
  await machine.run(['chmod', '--recursive', 'u=rwX,go=rX', into]);
}
