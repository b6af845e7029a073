import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { linkUnlessThere } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { type Argv, type CommandResult, commandError, run } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';

/** Debian's rpm keeps its database in the home directory of whoever calls it; with --root, in the one of this name inside. */
export const DATABASE_HOME = { HOME: '/root' } as const;

/** Where a package of SUSE's finds the database under its old name; zypper of Debian points it to its own. */
const OLD_PATH = 'var/lib/rpm';

const MINUTE_MS = 60_000;

export interface ForeignTree {
  /** `.ci/in-tool-root` */
  script: string;
  repositoryRoot: string;
  path: string;
}

/**
 * Hands the package database of a tree, as the host's rpm wrote it, to the tree's own rpm. Debian's writes sqlite only, which Leap's cannot read; the
 * headers of the packages are the same in each. Gives the number of packages.
 * @throws ReconError `build-failed`
 */
export async function convertPackageDatabase({ script, repositoryRoot, path }: ForeignTree): Promise<number> {
  const inside = async (words: readonly string[], input?: Uint8Array): Promise<Buffer> =>
    outputOf([script, path, repositoryRoot, ...words] as unknown as Argv, input);
  const written = (await outputOf(['rpm', '--eval', '%{_dbpath}'])).toString('utf8').trim();
  const names = (await outputOf(['rpm', '--root', path, '-qa']))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const headers = await outputOf(['rpmdb', '--root', path, '--exportdb']);
  // what the tree's rpm has made of it by itself, and the link that leads there, would be read in the place of the new one
  await removePath(join(path, written));
  const own = (await inside(['rpm', '--eval', '%{_dbpath}'])).toString('utf8').trim();
  if (await isLink(join(path, OLD_PATH))) await removePath(join(path, OLD_PATH));
  await removePath(join(path, own));
  await makeDirectory(join(path, own));
  await inside(['rpmdb', '--initdb']);
  await inside(['rpmdb', '--importdb'], headers);
  if (own !== `/${OLD_PATH}`) await linkUnlessThere(join('../..', own), join(path, OLD_PATH));
  return names.length;
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
}

async function outputOf(argv: Argv, input?: Uint8Array): Promise<Buffer> {
  const result: CommandResult = await run(endsWithUs(argv), {
    timeoutMs: 10 * MINUTE_MS,
    keepFinalNewline: true,
    environment: DATABASE_HOME,
    ...definedOnly({ input }),
  });
  if (result.status === 'ok') return result.stdout;
  throw new ReconError(
    'build-failed',
    `the package database of the tree with KIWI could not be converted: ${commandError(result).message}`,
    {
      hint: 'rpm of this host and of the release do not fit; build on openSUSE instead, or name another release',
    },
  );
}
