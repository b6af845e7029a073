import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Architecture } from '../../domain/values/architecture.ts';
import { setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { type Argv, run, runOk } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';
import { isForeign } from '../foreign/is-foreign.ts';
import { NODE_IN_IMAGE } from '../image/stage.ts';
import { cutIcu } from './cut-icu.ts';
import { cutTypeStripper } from './cut-type-stripper.ts';
import { cutEnterpriseNumbers } from './enterprise-numbers.ts';
import { trimKernelParts } from './kernel-parts.ts';
import { trimLibraries } from './libraries.ts';
import { removalOf } from './removals.ts';

const MINUTE_MS = 60_000;
/** What of the distribution is in the image, as its packager told before it was taken out: `name version architecture`. */
export const PACKAGES_IN_IMAGE = 'usr/share/recon/packages';

export interface TrimInput {
  /** a prepared root; stays as it is */
  root: string;
  /** where the trimmed one goes; on the same file system, because files are shared */
  tree: string;
  architecture: Architecture;
  /** runs strip and readelf where KIWI is */
  prefix: readonly string[];
  say: (text: string) => void;
}

/**
 * A copy of a prepared root with only what a machine needs that runs the image. Whatever changes a file here writes a new one: the copy shares
 * its files with the root, which KIWI needs whole.
 */
export async function trimRoot({ root, tree, architecture, prefix, say }: TrimInput): Promise<void> {
  await runOk(endsWithUs(['cp', '--archive', '--link', root, tree]), { timeoutMs: 10 * MINUTE_MS });
  await writePackageList(tree);
  say(await trimKernelParts(tree));
  await trimTables(tree);
  await removeUnneeded(tree);
  say('Node without its debugging symbols, other languages, and its reader of TypeScript');
  await shrinkNode(join(tree, NODE_IN_IMAGE), isForeign(architecture) ? stripOf(root) : [...prefix, 'strip']);
  say(`${(await trimLibraries(tree, prefix)).length} libraries that nobody needs are gone`);
  // names of libraries that are gone
  await runOk(['chroot', tree, 'ldconfig', '-X'], { timeoutMs: 5 * MINUTE_MS });
  await removePath(join(tree, 'var/cache/ldconfig'));
}

async function writePackageList(tree: string): Promise<void> {
  const questions: Argv[] = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own
    ['chroot', tree, 'dpkg-query', '--show', '--showformat=${Package} ${Version} ${Architecture}\\n'],
    ['chroot', tree, 'rpm', '--query', '--all', '--queryformat', '%{NAME} %{VERSION}-%{RELEASE} %{ARCH}\\n'],
  ];
  let list = '';
  for (const argv of questions) {
    const answer = await run(argv, { timeoutMs: 5 * MINUTE_MS });
    if (answer.status === 'ok') list += `${answer.stdout.toString('utf8').trim()}\n`;
  }
  await makeDirectory(join(tree, PACKAGES_IN_IMAGE, '..'));
  await writeAtomic(join(tree, PACKAGES_IN_IMAGE), list.split('\n').sort().join('\n').trimStart());
  await setMode(join(tree, PACKAGES_IN_IMAGE), 0o644);
}

/** Tables of names, cut down to what is looked up here. */
async function trimTables(tree: string): Promise<void> {
  const folder = 'usr/lib/udev/hwdb.d';
  for (const { path } of await entries(tree, folder)) if (removalOf(path) !== undefined) await removePath(join(tree, path));
  await runOk(withProc(tree, ['systemd-hwdb', 'update', '--usr']), { timeoutMs: 5 * MINUTE_MS });
  // sources; the tables made of them are read
  await removePath(join(tree, folder));
  const numbers = join(tree, 'usr/share/misc/enterprise-numbers.txt');
  const text = await readOrUndefined(numbers);
  if (text === undefined) return;
  await writeAtomic(numbers, cutEnterpriseNumbers(text.toString('utf8')));
  await setMode(numbers, 0o644);
}

/** In the tree with /proc, by which systemd's programs put a finished file in its place; the mount ends with them. */
function withProc(tree: string, argv: readonly string[]): Argv {
  const script = 'mount -t proc proc "$1/proc" && exec chroot "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', tree, ...argv];
}

async function removeUnneeded(tree: string): Promise<void> {
  const hasMawk = await exists(join(tree, 'usr/bin/mawk'));
  for (const { path } of await entries(tree)) if (removalOf(path) !== undefined) await removePath(join(tree, path));
  if (hasMawk) await runOk(['ln', '--symbolic', '--force', 'mawk', join(tree, 'usr/bin/awk')], { timeoutMs: MINUTE_MS });
}

async function entries(tree: string, folder = '.'): Promise<{ path: string }[]> {
  const found = await readdir(join(tree, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return found.map((entry) => ({ path: join(entry.parentPath, entry.name).slice(tree.length + 1) }));
}

/** That of the root itself, on a file outside it: strip(1) of this host knows only its own processor's programs. */
function stripOf(root: string): string[] {
  const script =
    'cp "$4" "$1/tmp/unstripped" && chroot "$1" strip -o /tmp/stripped /tmp/unstripped && mv "$1/tmp/stripped" "$3" && rm "$1/tmp/unstripped"';
  return ['sh', '-c', script, 'sh', root];
}

/** `strip` is asked as strip(1) is: `-o`, where to, from where. */
async function shrinkNode(path: string, strip: readonly string[]): Promise<void> {
  const stripped = `${path}.stripped`;
  await runOk([...strip, '-o', stripped, path] as unknown as Argv, { timeoutMs: 5 * MINUTE_MS });
  const binary = (await readOrUndefined(stripped)) ?? Buffer.alloc(0);
  await removePath(stripped);
  await writeAtomic(path, cutTypeStripper(cutIcu(binary)));
  await setMode(path, 0o755);
}
