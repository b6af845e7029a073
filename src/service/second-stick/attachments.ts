import { readdir } from 'node:fs/promises';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** Written at the first start after a boot; a restart of the service finds it. */
const LAST_AT_START_FILE = '/run/recon/disks-at-start';

/** The kernel's number of each disk's attachment, which is never used twice (sysfs-block, diskseq; Linux 5.15). */
export async function diskSequences(root = '/sys/block'): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const name of await readdir(root).catch((): string[] => [])) {
    const sequence = Number((await readOrUndefined(`${root}/${name}/diskseq`))?.toString('utf8').trim());
    if (sequence > 0) found.set(name, sequence);
  }
  return found;
}

/** Which disks are there from the start on: those up to this number. */
export async function noteDisksAtStart(file = LAST_AT_START_FILE, root?: string): Promise<number> {
  const noted = Number((await readOrUndefined(file))?.toString('utf8'));
  if (noted > 0) return noted;
  const last = Math.max(1, ...(await diskSequences(root)).values());
  await writeAtomic(file, String(last));
  return last;
}
