import { join } from 'node:path';
import { messageOf } from '../domain/values/message-of.ts';
import { installFile } from '../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { fileFacts } from '../platform/files/file-reader.ts';
import { exists } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';

/** Directory of the vendors' tools: on the stick below RECONDATA, in post.tgz at the top. */
export const POST_TOOLS = 'tools';

/** They travel to every peer and lie in its RAM. */
const TOOL_CAP_BYTES = 64 * 1024 * 1024;
const ALL_CAP_BYTES = 128 * 1024 * 1024;

/**
 * Copies the programs that the operator has put on the stick (storcli64, perccli64, ssacli …) to a directory from which they can be run; FAT has
 * no execute bit and the stick is mounted without. Gives their names. Never throws: what cannot be read, is too large or has an odd name is left
 * out, and said.
 */
export async function keepOperatorTools(from: string, to: string, log: Log): Promise<string[]> {
  const kept: string[] = [];
  try {
    await removePath(to);
    if (!(await exists(from))) return [];
    await makeDirectory(to);
    let totalBytes = 0;
    for (const name of await namesIn(from)) {
      const facts = await fileFacts(join(from, name));
      if (facts === undefined || !/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) continue;
      if (facts.sizeBytes > TOOL_CAP_BYTES || totalBytes + facts.sizeBytes > ALL_CAP_BYTES) {
        log.warn(`${from}/${name} is left out: with its ${facts.sizeBytes} bytes the tools are larger than what peers are given`);
        continue;
      }
      totalBytes += facts.sizeBytes;
      await installFile(join(from, name), join(to, name), 0o755);
      kept.push(name);
    }
  } catch (error) {
    log.warn(`${from}: the tools there cannot be used: ${messageOf(error)}`);
  }
  return kept;
}

/** The environment of capture commands with such a directory: behind the system's own programs, so that none of them is replaced. */
export async function operatorToolsEnvironment(directory: string, path = process.env['PATH'] ?? ''): Promise<Record<string, string>> {
  return (await exists(directory)) ? { PATH: path === '' ? directory : `${path}:${directory}` } : {};
}
