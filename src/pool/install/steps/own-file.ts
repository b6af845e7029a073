import { basename, join } from 'node:path';
import type { HeadMachine } from '../machine/head-machine.ts';
import { INSTALL_PLACES } from '../text/places.ts';

/**
 * A file of the install, brought to its text; what was done, undefined when it had it. One that says something else is of an older version, or somebody has
 * edited it: what stood there is kept.
 */
export async function writeOwnFile(machine: HeadMachine, path: string, text: string): Promise<string | undefined> {
  const before = await machine.read(path);
  if (before === text) return undefined;
  const copy = before === undefined ? undefined : await keepCopy(machine, path, before);
  await machine.write(path, text);
  return copy === undefined ? `wrote ${path}` : `wrote ${path} anew (what stood there: ${copy})`;
}

/**
 * Takes a file of the install away; what was done, undefined when it was not there.
 * @param expected what an install would write there; a file that says something else, or of which that is not known, is kept as a copy
 */
export async function removeOwnFile(machine: HeadMachine, path: string, expected: string | undefined): Promise<string | undefined> {
  const text = await machine.read(path);
  if (text === undefined) return undefined;
  const copy = text === expected ? undefined : await keepCopy(machine, path, text);
  await machine.remove(path);
  return copy === undefined ? `took ${path} away` : `took ${path} away (what stood there: ${copy})`;
}

async function keepCopy(machine: HeadMachine, path: string, text: string): Promise<string> {
  const copy = join(INSTALL_PLACES.replaced, basename(path));
  await machine.write(copy, text);
  return copy;
}
