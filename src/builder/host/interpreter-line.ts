import { join } from 'node:path';
import type { Architecture } from '../../domain/values/architecture.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { interpreterFault } from '../foreign/binfmt-entries.ts';
import { isForeign } from '../foreign/is-foreign.ts';
import { type HostLine, lacks, there } from './host-line.ts';

const FOLDER = '/proc/sys/fs/binfmt_misc';

/** Whether programs of the image run here while it is built; no line where they are the host's own. */
export async function interpreterLine(architecture: Architecture, folder = FOLDER): Promise<HostLine[]> {
  if (!isForeign(architecture)) return [];
  const names = (await exists(folder)) ? await namesIn(folder) : [];
  const texts = await Promise.all(names.filter((name) => name !== 'register').map((name) => readOrUndefined(join(folder, name))));
  const fault = interpreterFault(
    texts.map((text) => text?.toString('utf8') ?? ''),
    architecture,
  );
  if (fault === undefined) return [there('interpreter', `programs of ${architecture} run here, emulated`)];
  return [lacks('interpreter', 'host-unfit', fault, `as root: .ci/prepare-host build ${architecture}`)];
}
