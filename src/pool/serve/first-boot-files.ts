import { basename, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { filled, type PlaceholderValues } from '../../domain/pool/placeholders.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { insideFolder } from './inside-folder.ts';
import type { OverlayFile } from './overlay-files.ts';

/** What the images' own first-boot and recon-persist read. */
const FIRST_BOOT = 'etc/recon/first-boot.conf';
const PERSIST = 'etc/recon/persist';
const SCRIPTS = 'etc/recon/first-boot.d';

/**
 * The files by which a node learns what its profile says of its first minutes: what runs once it is up, and what it keeps on a server.
 * @param filesDirectory files/ of the pool's folder, which a script lies below
 * @throws ReconError `not-found` for a script that is not there: a node without it would look as if it were done
 */
export async function firstBootFiles(profile: Profile, filesDirectory: string, values: PlaceholderValues): Promise<OverlayFile[]> {
  if (profile.kind !== 'compute') return [];
  const { firstBoot, persist = [] } = profile;
  const lines = persist.map(({ path, from }) => `${path} ${serverPath(filled(from, values), values)}\n`);
  const files: OverlayFile[] = lines.length === 0 ? [] : [textFile(PERSIST, lines.join(''))];
  if (firstBoot === undefined) return files;
  if ('ansiblePull' in firstBoot) return [...files, textFile(FIRST_BOOT, `ansiblePull ${new URL(firstBoot.ansiblePull).href}\n`)];
  if ('puppet' in firstBoot) return [...files, textFile(FIRST_BOOT, `puppet ${firstBoot.puppet}\n`)];
  const script = await scriptFile(firstBoot.script, filesDirectory);
  return [...files, script, textFile(FIRST_BOOT, `script /${script.path}\n`)];
}

/** `nfs:head:/home` is on this head, under the address that the node reached it by: names may not be served yet when it mounts. */
function serverPath(from: string, values: PlaceholderValues): string {
  return from.replace(/^nfs:/, '').replace(/^head:/, `${values['head.address']}:`);
}

async function scriptFile(script: string, filesDirectory: string): Promise<OverlayFile> {
  // people write it as they see it in the pool's folder
  const path = await insideFolder(filesDirectory, script.replace(/^files\//, ''));
  const content = await readOrUndefined(path);
  if (content === undefined) throw new ReconError('not-found', `${script} is no file of the pool`);
  return { path: join(SCRIPTS, basename(script)), content, mode: 0o755 };
}

function textFile(path: string, text: string): OverlayFile {
  return { path, content: Buffer.from(text), mode: 0o644 };
}
