import { join } from 'node:path';
import { bundleProgram } from '../../bundle/bundle.ts';
import type { Architecture } from '../../domain/values/architecture.ts';
import { copyTree, installFile, linkUnlessThere, normaliseModes } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { controllerDenial, diskDriverDenial, dracutDrivers } from '../drivers/initrd-drivers.ts';
import { isForeign } from '../foreign/is-foreign.ts';
import { nodeBinary } from '../foreign/node-binary.ts';
import { imageVersion } from './description.ts';
import type { BuildPaths } from './paths.ts';

/** A KIWI description directory that is ready to be built. */
export interface StagedDescription {
  directory: string;
  /** the overlay inside it, KIWI's `root/` */
  root: string;
  /** beside it: a folder with our program, and what V8 has compiled of it */
  program: string;
  version: string;
}

/** The Node binary in the image is of the version that runs us, whatever the distribution has. */
export const NODE_IN_IMAGE = 'usr/lib/recon/node';
/** Where our program is mounted in the live system; the root image has an empty folder there. */
export const PROGRAM_IN_IMAGE = 'usr/lib/recon/program';
/** The program, and what V8 has compiled of it. */
export const PROGRAM_FILE = 'recon.cjs';
const PROGRAM_FILES = [PROGRAM_FILE, 'recon.code'] as const;
const START_IN_IMAGE = 'usr/lib/recon/start.cjs';

/** Puts description, overlay, Node and our program together. `configXml` has its mirror already. */
export async function stageDescription(paths: BuildPaths, configXml: string, architecture: Architecture): Promise<StagedDescription> {
  const directory = join(paths.work, 'description');
  const root = join(directory, 'root');
  await removePath(directory);
  await makeDirectory(directory);
  await writeAtomic(join(directory, 'config.xml'), configXml);
  await installFile(join(paths.recipe, 'config.sh'), join(directory, 'config.sh'), 0o755);
  await copyTree(paths.overlay, root);
  await makeDirectory(join(root, PROGRAM_IN_IMAGE));
  // who starts it need not know where it is mounted
  for (const name of PROGRAM_FILES) await linkUnlessThere(`program/${name}`, join(root, 'usr/lib/recon', name));
  await installFile(await nodeBinary(paths.repository, architecture), join(root, NODE_IN_IMAGE), 0o755);
  const program = await stageProgram(paths, root, architecture);
  await makeDirectory(join(root, 'etc/dracut.conf.d'));
  await writeAtomic(join(root, 'etc/dracut.conf.d/20-recon-drivers.conf'), dracutDrivers(architecture));
  await writeAtomic(join(root, 'usr/lib/recon/no-disk-drivers.conf'), diskDriverDenial());
  await writeAtomic(join(root, 'usr/lib/recon/no-controllers.conf'), controllerDenial());
  await makeDirectory(join(root, 'usr/share/doc/recon'));
  const story = join(paths.repository, 'docs/boot.md');
  if (await exists(story)) await installFile(story, join(root, 'usr/share/doc/recon/boot.md'), 0o644);
  await normaliseModes(root);
  return { directory, root, program, version: imageVersion(configXml) };
}

/** How Node is run when its code is kept: what is compiled in another order is kept in another order, and threads that read files side by side end in any. */
export const SAME_ORDER = { flags: ['--predictable', '--random-seed=1'], environment: { UV_THREADPOOL_SIZE: '1' } } as const;

/**
 * So that the program need not be compiled at each start. With {@link SAME_ORDER} the same text gives the same bytes, which V8 takes without it. Of
 * another architecture there is no such code: V8 takes none that another one's made, and its Node does not run outside its own root.
 */
async function stageProgram(paths: BuildPaths, root: string, architecture: Architecture): Promise<string> {
  const program = join(paths.work, 'program');
  const [text, code] = PROGRAM_FILES.map((name) => join(program, name)) as [string, string];
  const start = join(program, 'start.cjs');
  await removePath(program);
  await makeDirectory(program);
  await bundleProgram(paths.repository, text);
  if (isForeign(architecture)) {
    await normaliseModes(program);
    return program;
  }
  await installFile(join(root, START_IN_IMAGE), start, 0o644);
  await runOk([join(root, NODE_IN_IMAGE), ...SAME_ORDER.flags, start, 'warm-up'], {
    timeoutMs: 2 * 60_000,
    // Node's own cache is none of ours
    environment: { RECON_KEEP_CODE: code, NODE_DISABLE_COMPILE_CACHE: '1', ...SAME_ORDER.environment },
  });
  await removePath(start);
  await normaliseModes(program);
  return program;
}
