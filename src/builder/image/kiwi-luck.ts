import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';

/** 1980-01-01, the first day that FAT knows. What programs that KIWI calls write of the time is this: the day when passwords were set, dates of files. */
export const NO_TIME_EPOCH = '315532800';

/**
 * What KIWI draws by lot, drawn the same way for the same seed: an environment for its process. KIWI 9.24 asks Python's `random` for the number of
 * a medium, by which the boot loader finds it (kiwi/system/identifier.py), and has no setting for it; Python runs a module of this name at its start
 * (docs.python.org/3/library/site.html). `directory` is visible where KIWI runs.
 */
export async function kiwiLuck(directory: string, seed: string): Promise<Record<string, string>> {
  await makeDirectory(directory);
  await writeAtomic(join(directory, 'sitecustomize.py'), luckModule(seed));
  return { PYTHONPATH: directory, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', SOURCE_DATE_EPOCH: NO_TIME_EPOCH, TZ: 'UTC' };
}

/** A text as seed is hashed, in each version of Python alike. Pure. */
function luckModule(seed: string): string {
  return `import random\nrandom.seed(${JSON.stringify(seed)}, version=2)\n`;
}
