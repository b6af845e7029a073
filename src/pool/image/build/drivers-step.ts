import { dirname, join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { moduleBytes } from '../check/module-vermagic.ts';
import { type BuildContext, TREE } from './build-request.ts';
import { linesOfModules, moduleClosure, plainModuleName } from './module-closure.ts';
import { isInSets } from './module-sets.ts';
import { packArchive } from './pack-archive.ts';
import { sourceDate } from './pack-step.ts';
import { findKernel } from './place-kernel.ts';

export const DRIVERS = 'drivers.cpio';

/** The modules of the ramdisk as an archive of its own, because packing them takes longer than all the rest of it. */
export async function makeDrivers(
  context: BuildContext,
  trees: readonly string[],
  directory: string,
  say: (text: string) => void,
): Promise<void> {
  const tree = join(directory, TREE);
  const { release } = await findKernel(trees);
  const count = await unpackModules(context, { from: trees.at(-1) ?? '', to: tree, release });
  say(`${count} modules of ${release}`);
  const { compression } = context.recipe.ramdisk;
  await packArchive(tree, join(directory, DRIVERS), { ...context, epoch: await sourceDate(...trees), compression });
  await removePath(tree);
}

/** The wanted modules unpacked (busybox cannot read packed ones), and the lists by which modprobe finds them. Gives how many. */
async function unpackModules(
  { recipe }: BuildContext,
  { from, to, release }: { from: string; to: string; release: string },
): Promise<number> {
  const own = join(from, 'usr/lib/modules', release);
  const dep = (await readOrUndefined(join(own, 'modules.dep')))?.toString('utf8');
  if (dep === undefined)
    throw new ReconError('build-failed', `there are no modules of ${release}, which the kernel is`, {
      hint: 'kernel and modules must come out of one package',
    });
  const wanted = moduleClosure(dep, (path) => isInSets(path, recipe.ramdisk.modules));
  const target = join(to, 'lib/modules', release);
  for (const path of wanted) {
    const bytes = await moduleBytes(join(own, path));
    if (bytes === undefined) throw new ReconError('build-failed', `the module ${path} cannot be unpacked`, { hint: 'is xz installed?' });
    const plain = join(target, unpackedName(path));
    await makeDirectory(dirname(plain));
    await writeAtomic(plain, bytes);
  }
  const names = new Set(wanted.map(plainModuleName));
  const lines = dep.split('\n').filter((line) => wanted.includes(line.split(':')[0] ?? ''));
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
