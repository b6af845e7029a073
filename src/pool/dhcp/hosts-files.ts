import { join } from 'node:path';
import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** The files of nodes for dnsmasq's `dhcp-hostsdir`: of each all its cards, its address and its name. Pure. */
export function hostsFiles({ nodes }: Pick<Pool, 'nodes'>): Map<string, string> {
  return new Map([...nodes].map(([name, node]) => [name, hostsLine(name, node)]));
}

/** A node that nobody changed is the same object in the next revision. */
const lines = new WeakMap<PoolNode, { name: string; line: string }>();

function hostsLine(name: string, node: PoolNode): string {
  const known = lines.get(node);
  if (known?.name === name) return known.line;
  const { macs, address } = node;
  const line = `${[...macs, ...(address === undefined ? [] : [address]), name, 'set:node'].join(',')}\n`;
  lines.set(node, { name, line });
  return line;
}

/** The directory of those files. */
export interface HostsDirectory {
  /** brings it in line with the nodes; true when something has changed */
  write(wanted: ReadonlyMap<string, string>): Promise<boolean>;
}

/**
 * Each file comes whole by a rename, from a name with a dot in front, which dnsmasq does not read. It reads a changed directory by itself, but forgets what was
 * there before only when it starts anew. What lies there is looked at once: afterwards nobody else writes there, and of ten thousand nodes mostly one changes.
 */
export function hostsDirectory(directory: string): HostsDirectory {
  let there: Map<string, string> | undefined;
  return {
    write: async (wanted) => {
      there ??= await filesIn(directory);
      let isChanged = false;
      for (const name of there.keys()) {
        if (wanted.has(name)) continue;
        await removePath(join(directory, name));
        there.delete(name);
        isChanged = true;
      }
      for (const [name, text] of wanted) {
        if (there.get(name) === text) continue;
        await writeAtomic(join(directory, name), text);
        there.set(name, text);
        isChanged = true;
      }
      return isChanged;
    },
  };
}

async function filesIn(directory: string): Promise<Map<string, string>> {
  await makeDirectory(directory);
  const files = new Map<string, string>();
  for (const name of await namesIn(directory)) files.set(name, (await readOrUndefined(join(directory, name)))?.toString('utf8') ?? '');
  return files;
}
