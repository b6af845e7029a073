import { join } from 'node:path';
import type { Pool } from '../../domain/pool/pool.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** The files of nodes for dnsmasq's `dhcp-hostsdir`: of each all its cards, its address and its name. Pure. */
export function hostsFiles({ nodes }: Pick<Pool, 'nodes'>): Map<string, string> {
  return new Map(
    [...nodes].map(([name, { macs, address }]) => [
      name,
      `${[...macs, ...(address === undefined ? [] : [address]), name, 'set:node'].join(',')}\n`,
    ]),
  );
}

/**
 * Brings a directory in line with the nodes; true when something has changed. Each file comes whole by a rename, from a name with a dot in front, which
 * dnsmasq does not read. It reads a changed directory by itself, but forgets what was there before only when it starts anew.
 */
export async function writeHostsFiles(directory: string, wanted: ReadonlyMap<string, string>): Promise<boolean> {
  await makeDirectory(directory);
  let isChanged = false;
  for (const name of await namesIn(directory)) {
    if (wanted.has(name)) continue;
    await removePath(join(directory, name));
    isChanged = true;
  }
  for (const [name, text] of wanted) {
    if ((await readOrUndefined(join(directory, name)))?.toString('utf8') === text) continue;
    await writeAtomic(join(directory, name), text);
    isChanged = true;
  }
  return isChanged;
}
