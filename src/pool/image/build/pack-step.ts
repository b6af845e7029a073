import { join } from 'node:path';
import { packageParts, sbomText } from '../../../builder/sbom/sbom-text.ts';
import { makeDirectory, namesIn } from '../../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { run, runOk } from '../../../platform/process/command.ts';
import { packagesText, parsePackages } from '../store/package-list.ts';
import { type BuildContext, PACKAGES, TREE } from './build-request.ts';

const HOUR_MS = 3_600_000;
export const ROOT_SIZE = 'root-bytes';

/** The root as files that machines fetch, and what is in it as two lists. The same tree gives the same bytes. */
export async function makePack(
  context: BuildContext,
  { root, parts }: { root: string; parts: string },
  directory: string,
  say: (text: string) => void,
): Promise<void> {
  const { recipe, isFast, isEmbedded, signal } = context;
  const tree = join(root, TREE);
  const epoch = await sourceDate(join(parts, TREE), tree);
  if (recipe.pack.includes('squashfs')) {
    say(`squashfs, zstd ${isFast ? 3 : 15}, blocks of 256 KiB`);
    await runOk(mksquashfsArguments(tree, join(directory, 'root.sqfs'), isFast), {
      timeoutMs: HOUR_MS,
      environment: { SOURCE_DATE_EPOCH: epoch },
      signal,
    });
  }
  if (recipe.pack.includes('tarball') || isEmbedded) {
    say(`tarball, zstd ${isFast ? 3 : 19}`);
    await packTarball(tree, join(directory, 'root.tar.zst'), { epoch, level: isFast ? 3 : 19, signal });
  }
  const size = await run(['du', '--summarize', '--apparent-size', '--block-size=1', tree], { timeoutMs: HOUR_MS });
  await writeAtomic(join(directory, ROOT_SIZE), size.stdout.toString('utf8').split('\t')[0] ?? '0');
  await writeLists(context, [root, parts], directory);
}

/** mksquashfs(1). One processor packs the same tree into the same bytes as many do, but in memory that a small head has not. Pure. */
export function mksquashfsArguments(tree: string, to: string, isFast: boolean): [string, ...string[]] {
  return [
    'mksquashfs',
    tree,
    to,
    '-noappend',
    '-no-progress',
    '-comp',
    'zstd',
    '-Xcompression-level',
    isFast ? '3' : '15',
    '-b',
    '256K',
    '-no-exports',
    '-e',
    'proc',
    'sys',
    'dev',
    'run',
  ];
}

/** tar's own order, owners by number, no times but one: what was packed twice is the same. @throws ReconError `command-failed` */
export async function packTarball(
  tree: string,
  to: string,
  { epoch, level, signal }: { epoch: string; level: number; signal: AbortSignal },
): Promise<void> {
  const script =
    'set -o pipefail; tar --create --sort=name --mtime="@$2" --clamp-mtime --numeric-owner --xattrs --xattrs-include=security.capability --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* --exclude=./run/* --directory "$1" . | zstd -q -T1 "-$4" -o "$3"';
  await runOk(['bash', '-c', script, 'pack', tree, epoch, to, String(level)], { timeoutMs: HOUR_MS, signal });
}

/** Packages of the root and of what was only unpacked, and the bill of materials. */
export async function writeLists({ recipe }: Pick<BuildContext, 'recipe'>, from: readonly string[], directory: string): Promise<void> {
  await makeDirectory(directory);
  const texts = await Promise.all(from.map(async (step) => (await readOrUndefined(join(step, PACKAGES)))?.toString('utf8') ?? ''));
  const packages = texts.flatMap(parsePackages);
  await writeAtomic(join(directory, 'packages'), packagesText(packages));
  const distribution = recipe.root?.packager === 'dnf' ? 'rocky' : 'debian';
  await writeAtomic(join(directory, 'sbom'), sbomText(recipe.name, packageParts(distribution, parsePackages(packagesText(packages)))));
}

/** SOURCE_DATE_EPOCH of the environment, or when the package of the kernel was made. */
export async function sourceDate(...trees: readonly string[]): Promise<string> {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/.test(given)) return given;
  for (const tree of trees) {
    const kernel = (await namesIn(join(tree, 'boot')).catch(() => [])).find((name) => name.startsWith('vmlinuz-'));
    if (kernel === undefined) continue;
    return (await runOk(['stat', '--format=%Y', join(tree, 'boot', kernel)], { timeoutMs: 60_000 })).trim();
  }
  return '0';
}
