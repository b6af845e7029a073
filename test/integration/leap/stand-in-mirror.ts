import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LEAP_TOOL_PACKAGES } from '../../../src/builder/image/leap-tool-root.ts';
import { makeRepository, type StandIn } from './rpm-packages.ts';

const RECIPE = join(import.meta.dirname, '../../../recipes/suse-leap-15.1/config.xml');
const BASE = 'stand-in-base';

/**
 * A mirror of openSUSE in `directory`, of one release: one package has the whole tree, and each that recipe and tool root name is there by its name, with
 * nothing but that. Repositories of updates are empty.
 */
export async function makeStandInMirror(
  directory: string,
  { tree, release }: { tree: string; release: string },
  scratch: string,
): Promise<void> {
  const base: StandIn = { name: BASE, tree, provides: ['/bin/sh'] };
  const thin = [...new Set([...(await namesOfRecipe()), ...LEAP_TOOL_PACKAGES])].map((name): StandIn => ({ name, requires: [BASE] }));
  await makeRepository(join(directory, 'distribution/leap', release, 'repo/oss'), [base, ...thin], join(scratch, 'packages'));
  if (release.startsWith('16.')) return;
  for (const name of ['oss', 'sle', 'backports'])
    await makeRepository(join(directory, 'update/leap', release, name), [], join(scratch, name));
}

/** Of each release; zypper is what KIWI adds to a description by itself. */
async function namesOfRecipe(): Promise<string[]> {
  const names = [...(await readFile(RECIPE, 'utf8')).matchAll(/<package name="([^"]+)"/g)].map(([, name = '']) => name);
  return [...names, 'zypper'];
}
