import { join } from 'node:path';
import type { Recipe } from '../../domain/recipe.ts';
import { ARCHITECTURES, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';
import { exists } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';
import { isSuseHost } from '../image/leap-tool-root.ts';
import { TOOL_SUITE, toolRootFolder } from '../image/tool-root.ts';
import { type HostLine, lacks, there } from './host-line.ts';
import type { Repository } from './repositories.ts';

/** Where KIWI comes from: the host, its tree, or a tree that the mirror is asked for first. */
export async function kiwiLine({ family, suite }: Pick<Recipe, 'family' | 'suite'>, checkout: string): Promise<HostLine> {
  const isForeign = family === 'suse' && !(await isSuseHost());
  const own = isForeign ? undefined : await ownVersion();
  if (own !== undefined) return there('KIWI', `of this host, ${own}`);
  const tree = toolRootFolder(family === 'suse' ? suite : undefined);
  if (await exists(join(checkout, tree))) return there('KIWI', `in ${tree}`);
  if (family === 'debian')
    return there('KIWI', `not on this host: a tree with it is made first, from ${TOOL_SUITE} of the mirror (3 minutes)`);
  if (isForeign) return there('KIWI', `a tree with that of Leap ${suite} is made first, from the mirror (some minutes)`);
  return lacks('KIWI', 'host-unfit', 'there is no kiwi-ng on this host', 'zypper install python3-kiwi kiwi-systemdeps-iso-media');
}

/** What the tree with KIWI is made from, when it has to be made and is of another distribution than the image. */
export async function toolRepositories({ family }: Pick<Recipe, 'family'>, checkout: string, mirror: string): Promise<Repository[]> {
  if (family !== 'debian' || (await exists(join(checkout, toolRootFolder(undefined)))) || (await ownVersion()) !== undefined) return [];
  return [{ kind: 'apt', url: mirror, release: TOOL_SUITE, components: ['main'], architecture: ARCHITECTURES[USUAL_ARCHITECTURE].debian }];
}

async function ownVersion(): Promise<string | undefined> {
  const own = await run(['kiwi-ng', '--version'], { timeoutMs: 8000 });
  return own.status === 'ok' ? (own.stdout.toString('utf8').trim().split('\n').at(-1) ?? '') : undefined;
}
