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
  const copy = join(INSTALL_PLACES.replaced, basename(path));
  if (before !== undefined) await machine.write(copy, before);
  await machine.write(path, text);
  return before === undefined ? `wrote ${path}` : `wrote ${path} anew (what stood there: ${copy})`;
}
