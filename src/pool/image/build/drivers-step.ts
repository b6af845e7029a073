import { dirname, join } from 'node:path';
import { linesOfModules, moduleClosure, plainModuleName } from '../../../builder/drivers/module-closure.ts';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { runOk } from '../../../platform/process/command.ts';
import { moduleBytes } from '../check/module-vermagic.ts';
import { type BuildContext, TREE } from './build-request.ts';
import { isInSets, type ModuleSet } from './module-sets.ts';
import { packArchive } from './pack-archive.ts';
import { sourceDate } from './pack-step.ts';
import { findKernel } from './place-kernel.ts';

const HOUR_MS = 3_600_000;
export const DRIVERS = 'drivers.cpio';
/** Where init finds it. */
const MODULES = 'modules.sqfs';

/**
 * The modules of the ramdisk as an archive of its own, because packing them takes longer than all the rest of it. In it they are a squashfs that
 * init mounts over /lib/modules: unpacked they are 92 MB, and an initramfs may fill half of RAM. What mounts it lies beside it, unpacked.
 */
export async function makeDrivers(
  context: BuildContext,
  trees: readonly string[],
  directory: string,
  say: (text: string) => void,
): Promise<void> {
  const [tree, all] = [join(directory, TREE), join(directory, 'all')];
  const { release } = await findKernel(trees);
  const { modules, compression } = context.recipe.ramdisk;
  const [from, epoch] = [trees.at(-1) ?? '', await sourceDate(...trees)];
  const count = await unpackModules({ from, to: join(all, release), release, sets: [...modules, 'handover'] });
  await unpackModules({ from, to: join(tree, 'lib/modules', release), release, sets: ['handover'] });
  say(`${count} modules of ${release}`);
  await runOk(modulesSquashfsArguments(all, join(tree, MODULES), context.isFast ? 'fast' : compression), {
    timeoutMs: HOUR_MS,
    environment: { SOURCE_DATE_EPOCH: epoch },
    signal: context.signal,
  });
  // packed once already
  await packArchive(tree, join(directory, DRIVERS), { ...context, epoch, compression: 'zstd', isFast: true });
  for (const path of [tree, all]) await removePath(path);
}

/** mksquashfs(1) for modules: small ones by the hundred, which pack best in large blocks. Pure. */
export function modulesSquashfsArguments(tree: string, to: string, packing: 'xz' | 'zstd' | 'fast'): [string, ...string[]] {
  const packers = {
    xz: ['-comp', 'xz', '-b', '1M'],
    zstd: ['-comp', 'zstd', '-Xcompression-level', '19', '-b', '256K'],
    fast: ['-comp', 'zstd', '-Xcompression-level', '3', '-b', '256K'],
  };
  return ['mksquashfs', tree, to, '-noappend', '-no-progress', '-quiet', '-no-exports', '-all-root', ...packers[packing]];
}

/** The wanted modules unpacked (busybox cannot read packed ones), and the lists by which modprobe finds them. Gives how many. */
async function unpackModules({
  from,
  to: target,
  release,
  sets,
}: {
  from: string;
  to: string;
  release: string;
  sets: readonly ModuleSet[];
}): Promise<number> {
  const own = join(from, 'usr/lib/modules', release);
  const dep = (await readOrUndefined(join(own, 'modules.dep')))?.toString('utf8');
  if (dep === undefined)
    throw new ReconError('build-failed', `there are no modules of ${release}, which the kernel is`, {
      hint: 'kernel and modules must come out of one package',
    });
  const wanted = moduleClosure(dep, (path) => isInSets(path, sets));
  for (const path of wanted) {
    const bytes = await moduleBytes(join(own, path));
    if (bytes === undefined) throw new ReconError('build-failed', `the module ${path} cannot be unpacked`, { hint: 'is xz installed?' });
    const plain = join(target, unpackedName(path));
    await makeDirectory(dirname(plain));
    await writeAtomic(plain, bytes);
  }
  // a kernel may have all that a hand-over needs built in
  await makeDirectory(target);
  const names = new Set(wanted.map(plainModuleName));
  // depmod lists them as the file system happens to: sorted, two builds give the same bytes
  const lines = dep
    .split('\n')
    .filter((line) => wanted.includes(line.split(':')[0] ?? ''))
    .sort();
  await writeAtomic(join(target, 'modules.dep'), `${lines.join('\n').replaceAll(/\.ko\.(xz|gz|zst)/g, '.ko')}\n`);
  for (const list of ['modules.alias', 'modules.symbols', 'modules.softdep']) {
    await writeAtomic(join(target, list), linesOfModules((await readOrUndefined(join(own, list)))?.toString('utf8') ?? '', names));
  }
  await writeAtomic(join(target, 'modules.builtin'), (await readOrUndefined(join(own, 'modules.builtin'))) ?? '');
  return wanted.length;
}

function unpackedName(path: string): string {
  return path.replace(/\.ko\.(xz|gz|zst)$/, '.ko');
}
