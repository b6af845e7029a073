import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rootedFiles } from '../../../platform/files/rooted-files.ts';
import type { ImageFault } from './image-fault.ts';
import { leftoverFaults } from './leftover-faults.ts';
import { moduleFaults } from './module-faults.ts';
import { secretFaults } from './secret-faults.ts';
import { setuidFaults } from './setuid-faults.ts';
import { treeEntries } from './tree-entries.ts';

/** All that is wrong with a root tree that a kernel of this release would start. Reads only. */
export async function checkTree(root: string, kernelRelease: string): Promise<ImageFault[]> {
  const files = rootedFiles(root);
  const entries = await treeEntries(root);
  return [
    ...(await moduleFaults(root, kernelRelease)),
    ...(await initFaults(root)),
    ...(await setuidFaults(root, entries)),
    ...(await secretFaults(root, entries)),
    ...(await leftoverFaults(files)),
  ];
}

/** What `switch_root` starts; links are followed inside the tree. */
async function initFaults(root: string): Promise<ImageFault[]> {
  const init = await rootedFiles(root).resolve('sbin/init');
  const program = init === undefined ? undefined : await stat(join(root, init)).catch(() => undefined);
  const hint = 'install systemd-sysv, or whatever else is the first program of this system';
  if (init === undefined) return [{ code: 'init', message: '/sbin/init leads nowhere: the kernel would panic', hint }];
  if (program?.isFile() === true && (program.mode & 0o111) !== 0) return [];
  return [{ code: 'init', message: `/sbin/init is /${init}, which is no program`, hint }];
}
