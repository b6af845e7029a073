import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';

/** A file that a node is given, by its path in the node's root. */
export interface OverlayFile {
  path: string;
  content: Buffer;
  mode: number;
}

/** Which parts of files/ a node is given. */
export interface OverlayParts {
  /** named sets of the profile */
  sets: readonly string[];
  /** the one that counts most last */
  groups: readonly string[];
  profile: string;
  node: string;
}

/** All of it is held in memory while it is sent, and lies in the node's RAM afterwards. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The files of a folder such as files/ that a node is given: those of all, of named sets, of its groups, of its profile, of itself; of files at the same
 * path the last one wins. Links are not followed: one that points out of the folder would hand out a file of the head.
 * @throws ReconError `body-too-large`
 */
export async function overlayFiles(folder: string, parts: OverlayParts, mode?: number): Promise<OverlayFile[]> {
  const places = [
    'all',
    ...parts.sets.map((name) => `set/${name}`),
    ...parts.groups.map((name) => `group/${name}`),
    `profile/${parts.profile}`,
    `node/${parts.node}`,
  ];
  const files = new Map<string, OverlayFile>();
  let sizeBytes = 0;
  for (const place of places) {
    for (const path of await pathsBelow(join(folder, place))) {
      const at = join(folder, place, path);
      const content = await readFile(at);
      sizeBytes += content.length;
      if (sizeBytes > MOST_BYTES) throw new ReconError('body-too-large', `the overlay files of ${parts.node} are larger than 32 MiB`);
      const isProgram = ((await lstat(at)).mode & 0o111) !== 0;
      files.set(path, { path, content, mode: mode ?? (isProgram ? 0o755 : 0o644) });
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function pathsBelow(directory: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(join(directory, prefix), { withFileTypes: true }).catch(() => []);
  const below: string[] = [];
  for (const entry of entries) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) below.push(...(await pathsBelow(directory, path)));
    else if (entry.isFile()) below.push(path);
  }
  return below;
}
