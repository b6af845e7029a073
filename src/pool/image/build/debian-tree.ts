import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { namesIn, removePath } from '../../../platform/files/directories.ts';
import { commandError, run, runOk } from '../../../platform/process/command.ts';
import type { ImagePackage } from '../store/package-list.ts';

const HALF_HOUR_MS = 1_800_000;
/** dpkg leaves these out on installing; licences stay. */
const WITHOUT = ['/usr/share/man/*', '/usr/share/locale/*', '/usr/share/info/*', '/usr/share/lintian/*', '/usr/share/doc/*'];

export interface DebianTree {
  suite: string;
  components: readonly string[];
  packages: readonly string[];
  /** URL of a Debian mirror */
  mirror: string;
  say: (text: string) => void;
  signal: AbortSignal;
}

/** mmdebstrap's arguments for a tree. Pure. */
export function mmdebstrapArguments(tree: Omit<DebianTree, 'say' | 'signal'>, variant: 'minbase' | 'extract', path: string): string[] {
  const excludes =
    variant === 'extract'
      ? []
      : [...WITHOUT.map((glob) => `--dpkgopt=path-exclude=${glob}`), '--dpkgopt=path-include=/usr/share/doc/*/copyright'];
  return [
    '--format=directory',
    `--variant=${variant}`,
    `--components=${tree.components.join(',')}`,
    // the names of the packages that were fetched say what was unpacked: dpkg has noted nothing
    ...(variant === 'extract' ? ['--skip=cleanup/apt'] : []),
    ...excludes,
    `--include=${tree.packages.join(',')}`,
    ...[tree.suite, path, tree.mirror],
  ];
}

/** A Debian system in a directory that is empty. @throws ReconError `build-failed` */
export async function debianTree(tree: DebianTree, path: string): Promise<void> {
  await mmdebstrap(tree, 'minbase', path);
}

/** The same packages unpacked and not installed; gives what was unpacked. @throws ReconError `build-failed` */
export async function debianParts(tree: DebianTree, path: string): Promise<ImagePackage[]> {
  await mmdebstrap(tree, 'extract', path);
  const archives = join(path, 'var/cache/apt/archives');
  const packages = (await namesIn(archives)).flatMap(packageOfArchive);
  await removePath(join(path, 'var/cache'));
  await removePath(join(path, 'var/lib/apt'));
  return packages;
}

/** `busybox-static_1%3a1.37.0-6_amd64.deb`: the colon of an epoch is written so. */
export function packageOfArchive(file: string): ImagePackage[] {
  const [, name, version, architecture] = /^([^_]+)_([^_]+)_([^_]+)\.deb$/.exec(file) ?? [];
  if (name === undefined || version === undefined || architecture === undefined) return [];
  return [{ name, version: version.replaceAll('%3a', ':'), architecture }];
}

async function mmdebstrap({ say, signal, ...tree }: DebianTree, variant: 'minbase' | 'extract', path: string): Promise<void> {
  const argv = ['mmdebstrap', ...mmdebstrapArguments(tree, variant, path)] as const;
  const onLine = (line: string): void => {
    const words = /^I: (.*)$/.exec(line)?.[1];
    if (words !== undefined && !/^(success|automatically|done|detected)/.test(words)) say(words);
  };
  const result = await run(['mmdebstrap', ...argv.slice(1)], { timeoutMs: HALF_HOUR_MS, onLine, signal });
  if (result.status === 'ok') return;
  const said = result.stderr.toString('utf8');
  const missing = [...said.matchAll(/Unable to locate package (\S+)|Package '?(\S+?)'? has no installation candidate/g)].map(
    ([, a, b]) => a ?? b,
  );
  if (missing.length > 0) {
    throw new ReconError('build-failed', `${tree.suite} has no package ${missing.join(', ')}`, {
      hint: 'is it spelt so, and in one of the components of the recipe?',
    });
  }
  throw new ReconError('build-failed', commandError(result).message, {
    hint: `can this host reach the mirror? Another one is named with MIRROR=http://…, and must have ${tree.suite}`,
  });
}

/** What dpkg has installed in a tree. @throws ReconError `command-failed` */
export async function installedDebian(root: string): Promise<ImagePackage[]> {
  const format = ['db:Status-Abbrev', 'Package', 'Version', 'Architecture'].map((field) => `\${${field}}`).join('\\t');
  const text = await runOk(['dpkg-query', `--admindir=${join(root, 'var/lib/dpkg')}`, '--show', `--showformat=${format}\\n`], {
    timeoutMs: 60_000,
  });
  return text.split('\n').flatMap((line) => {
    const [status = '', name, version, architecture] = line.split('\t');
    return status.startsWith('ii') && name !== undefined && version !== undefined && architecture !== undefined
      ? [{ name, version, architecture }]
      : [];
  });
}
