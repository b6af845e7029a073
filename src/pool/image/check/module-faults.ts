import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../../domain/values/counted.ts';
import { exists, readOrUndefined } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import type { ImageFault } from './image-fault.ts';
import { moduleVermagic } from './module-vermagic.ts';

const MODULE = /\.ko(\.(xz|gz|zst))?$/;
/** Reading all 4000 of a distribution takes minutes; a tree of two kernels shows in any handful. */
const SAMPLES = 24;

/** What is wrong between a kernel and the modules of a tree. */
export async function moduleFaults(root: string, release: string): Promise<ImageFault[]> {
  const directory = join(root, 'usr/lib/modules');
  const releases = await listDirectory(directory);
  if (!releases.includes(release)) return [missingModules(release, releases)];
  const faults: ImageFault[] = [];
  const others = releases.filter((one) => one !== release);
  if (others.length > 0) {
    faults.push({
      code: 'modules-variant',
      message: `besides those of ${release} there are modules of ${others.join(', ')}, which no kernel of this image can load`,
      hint: `install one kernel only; remove /usr/lib/modules/${others[0]}`,
    });
  }
  const own = join(directory, release);
  if (!(await exists(join(own, 'modules.dep')))) {
    faults.push({
      code: 'modules-unlisted',
      message: `/usr/lib/modules/${release} has no modules.dep: nothing there can be loaded by name`,
      hint: `run depmod inside the tree: chroot ROOT depmod -a ${release}`,
    });
  }
  const modules = (await readdir(own, { recursive: true })).filter((path) => MODULE.test(path)).sort();
  return [...faults, ...(await vermagicFaults(own, modules, release)), ...(await driverFaults(own, modules))];
}

/** A root that has no modules of its kernel. */
export function missingModules(release: string, releases: readonly string[]): ImageFault {
  const has = releases.length === 0 ? 'no modules at all' : `modules of ${releases.join(', ')} only`;
  return {
    code: 'modules-missing',
    message: `the kernel is ${release}, and the root has ${has}: no network card would work behind the hand-over`,
    hint: 'take kernel and modules out of one package, and build both steps again',
  };
}

async function vermagicFaults(own: string, modules: readonly string[], release: string): Promise<ImageFault[]> {
  const stride = Math.max(1, Math.floor(modules.length / SAMPLES));
  const wrong: string[] = [];
  for (let at = 0; at < modules.length; at += stride) {
    const path = modules[at] ?? '';
    const vermagic = await moduleVermagic(join(own, path));
    if (vermagic !== undefined && vermagic.split(' ')[0] !== release) wrong.push(`${path} (${vermagic.split(' ')[0]})`);
  }
  if (wrong.length === 0) return [];
  return [
    {
      code: 'vermagic',
      message: `${counted(wrong.length, 'module')} of /usr/lib/modules/${release} are made for another kernel, for example ${wrong[0]}`,
      hint: 'somebody copied modules together; install the package of the kernel anew',
    },
  ];
}

async function driverFaults(own: string, modules: readonly string[]): Promise<ImageFault[]> {
  const isDriver = (path: string): boolean => /(^|\/)drivers\/net\/(ethernet\/|virtio_net|vmxnet3|hyperv\/|xen-netfront)/.test(path);
  if (modules.some(isDriver)) return [];
  if ((await builtIn(own)).some(isDriver)) return [];
  return [
    {
      code: 'no-network-driver',
      message: 'there is no driver of any Ethernet card: the system would lose its network behind the hand-over',
      hint: 'keep kernel/drivers/net when you trim modules',
    },
  ];
}

async function builtIn(own: string): Promise<string[]> {
  return ((await readOrUndefined(join(own, 'modules.builtin')))?.toString('utf8') ?? '').split('\n');
}
