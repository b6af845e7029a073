import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { copyTree } from '../platform/files/build-files.ts';
import { exists, temporaryDirectory, writeAtomic } from '../platform/files/files.ts';
import { commandError, run } from '../platform/process/command.ts';
import { POST_COLLECTORS } from './operator-collectors.ts';
import { POST_TOOLS } from './operator-tools.ts';
import { WORKLOAD_SETTINGS_FILE, type WorkloadSettings } from './workload-settings.ts';

/** Our own program in it. */
export const POST_PROGRAM = 'recon.cjs';
/** The workload's entry: any program may take its place. Its environment is in environment.ts. */
export const BUILT_IN_RUN = `#!/bin/sh\nexec "$RECON_NODE" "$(dirname "$0")/${POST_PROGRAM}" peer-work\n`;

/** What goes into post.tgz beside the program. Directories that are not there are left out. */
export interface WorkloadParts {
  /** the operator's programs ({@link keepOperatorTools}) */
  toolsDirectory?: string;
  /** the operator's collectors, with their list */
  collectorsDirectory?: string;
  settings?: WorkloadSettings;
}

/**
 * The default post.tgz: our own bundle, a `run` that starts it, the operator's programs in `tools/` and `collectors/`, and the visit's settings. The
 * same files give the same bytes.
 * @throws ReconError `command-failed` when tar fails; the system's error when the bundle cannot be read
 */
export async function buildPostArchive(bundlePath: string, parts: WorkloadParts = {}): Promise<Buffer> {
  await using directory = await temporaryDirectory('recon-post-');
  await writeAtomic(join(directory.path, POST_PROGRAM), await readFile(bundlePath));
  await writeAtomic(join(directory.path, 'run'), BUILT_IN_RUN);
  if (parts.settings !== undefined) await writeAtomic(join(directory.path, WORKLOAD_SETTINGS_FILE), JSON.stringify(parts.settings));
  const folders: string[] = [];
  for (const [name, from] of [
    [POST_TOOLS, parts.toolsDirectory],
    [POST_COLLECTORS, parts.collectorsDirectory],
  ] as const) {
    if (from === undefined || !(await exists(from))) continue;
    folders.push(name);
    await copyTree(from, join(directory.path, name));
  }
  const order = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=0755', '--format=ustar'];
  const members = [POST_PROGRAM, 'run', ...(parts.settings === undefined ? [] : [WORKLOAD_SETTINGS_FILE]), ...folders];
  const tar = await run(['tar', '--create', ...order, `--directory=${directory.path}`, ...members], {
    timeoutMs: 60_000,
    keepFinalNewline: true,
  });
  if (tar.status !== 'ok') throw commandError(tar);
  // zlib's header has no time in it, gzip(1)'s would
  return promisify(gzip)(tar.stdout, { level: folders.length > 0 ? 6 : 9 });
}
