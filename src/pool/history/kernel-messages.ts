import { join } from 'node:path';
import type { MacAddress } from '../../domain/values/mac.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** Of one machine, in bytes. */
export const DMESG_BYTES = 64 * 1024;
/** Beyond this the machine that sent none for longest is forgotten: 128 MiB in all. */
const MOST_FILES = 2000;

/** What kernels of machines said, the last of each; one file for each machine. */
export interface KernelMessages {
  keep(mac: MacAddress, bytes: Uint8Array): Promise<void>;
  /** undefined when it sent none */
  of(mac: MacAddress): Promise<string | undefined>;
}

/** @param directory of its own; made when the first machine sends something */
export async function openKernelMessages(directory: string, { mostFiles = MOST_FILES } = {}): Promise<KernelMessages> {
  // who sent last stands at the end; of what was there at the start the order is not known
  const names = new Set(await namesIn(directory).catch((): string[] => []));
  return {
    keep: async (mac, bytes) => {
      const name = fileName(mac);
      await makeDirectory(directory);
      await writeAtomic(join(directory, name), printableLines(bytes), 0o600);
      names.delete(name);
      names.add(name);
      const [quietest] = names.size > mostFiles ? names : [];
      if (quietest === undefined) return;
      names.delete(quietest);
      await removePath(join(directory, quietest));
    },
    of: async (mac) => (await readOrUndefined(join(directory, fileName(mac))))?.toString('utf8'),
  };
}

function fileName(mac: MacAddress): string {
  return `${mac.replaceAll(':', '-')}.txt`;
}

/** Whoever prints them has a terminal that obeys control characters. */
function printableLines(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, DMESG_BYTES))
    .toString('utf8')
    .replaceAll(/[^\P{C}\n\t]+/gu, '');
}
