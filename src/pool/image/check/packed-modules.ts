import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import { run } from '../../../platform/process/command.ts';

const TEN_MINUTES_MS = 600_000;
/** An older system has its modules beside /usr. */
const FOLDERS = ['usr/lib/modules', 'lib/modules'] as const;

/**
 * The releases that the packed root of a version has modules of, read from its list of files; undefined without a root, or where this host has no program
 * that can look into it. @throws ReconError `image-faulty` for a squashfs that is damaged, or none
 */
export async function packedModuleReleases(path: string): Promise<string[] | undefined> {
  if ((await fileFacts(join(path, 'root.sqfs'))) !== undefined) return inSquashfs(join(path, 'root.sqfs'));
  if ((await fileFacts(join(path, 'root.tar.zst'))) !== undefined) return inTarball(join(path, 'root.tar.zst'));
  return undefined;
}

async function inSquashfs(file: string): Promise<string[] | undefined> {
  const result = await run(['unsquashfs', '-max-depth', '4', '-l', '-d', '', file, ...FOLDERS], { timeoutMs: TEN_MINUTES_MS });
  if (result.status === 'absent') return undefined;
  if (result.status === 'ok') return releasesOf(result.stdout.toString('utf8'));
  throw new ReconError('image-faulty', 'root.sqfs is damaged, or no squashfs', { hint: 'fetch it again, or pack it with mksquashfs' });
}

async function inTarball(file: string): Promise<string[] | undefined> {
  const result = await run(['tar', '--list', '--zstd', '--quoting-style=escape', '--file', file], { timeoutMs: TEN_MINUTES_MS });
  return result.status === 'ok' ? releasesOf(result.stdout.toString('utf8')) : undefined;
}

/** `/usr/lib/modules/RELEASE`, or `./usr/lib/modules/RELEASE/`; what lies deeper says the same once more. Pure. */
export function releasesOf(list: string): string[] {
  const found = list.split('\n').flatMap((line) => /^\.?\/?(?:usr\/)?lib\/modules\/([^/]+)/.exec(line)?.[1] ?? []);
  return [...new Set(found)].sort();
}
