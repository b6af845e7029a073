import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { parseBootChoice } from '../../../domain/pool/boot-choice.ts';
import { PoolImageManifest, poolImageText } from '../../../domain/pool/image-manifest.ts';
import { missingPart } from '../../../domain/pool/image-parts.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { nearestWord } from '../../../domain/values/nearest-word.ts';
import { fileSizes } from '../../../platform/files/file-sizes.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';

/** Where a head node keeps its images. */
export const IMAGES_DIRECTORY = '/srv/recon/images';

/** One version that is complete, and so visible. */
export interface StoredImage {
  name: string;
  version: number;
  /** its directory */
  path: string;
  manifest: PoolImageManifest;
}

/** A version whose manifest is missing or not understood, or whose files are not all there. It is never served. */
export interface BrokenImage {
  name: string;
  version: number;
  path: string;
  why: string;
}

/** All versions below a directory of images, by name, oldest first. No directory: none. */
export async function storedImages(directory: string): Promise<{ images: StoredImage[]; broken: BrokenImage[] }> {
  const images: StoredImage[] = [];
  const broken: BrokenImage[] = [];
  for (const name of await listDirectory(directory)) {
    if (!PoolName.safeParse(name).success) continue;
    for (const version of await versionNumbers(directory, name)) {
      const path = join(directory, name, String(version));
      const found = await readManifest(path, name, version);
      if (typeof found === 'string') broken.push({ name, version, path, why: found });
      else images.push({ name, version, path, manifest: found });
    }
  }
  return { images, broken };
}

/** Numbers of the versions that have a directory, ascending. */
export async function versionNumbers(directory: string, name: string): Promise<number[]> {
  const names = await listDirectory(join(directory, name)).catch(() => []);
  return names
    .filter((one) => /^[1-9]\d{0,8}$/.test(one))
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * The version that `NAME` (its newest), `NAME@newest` or `NAME@VERSION` means.
 * @throws ReconError `usage` for another spelling, `not-found` with what there is
 */
export async function findImage(directory: string, choice: string): Promise<StoredImage> {
  const parsed = parseBootChoice(choice);
  if (parsed === undefined) {
    throw new ReconError('usage', `"${choice}" is no image`, {
      hint: 'write a name, or a name and a version, such as compute-debian-13@3',
    });
  }
  const { images, broken } = await storedImages(directory);
  const ofName = images.filter(({ name }) => name === parsed.profile);
  const { imageVersion } = parsed;
  const found = typeof imageVersion === 'number' ? ofName.find(({ version }) => version === imageVersion) : ofName.at(-1);
  if (found !== undefined) return found;
  const faulty = broken.findLast(
    ({ name, version }) => name === parsed.profile && (typeof imageVersion !== 'number' || version === imageVersion),
  );
  if (faulty !== undefined) {
    throw new ReconError('image-faulty', `${poolImageText(faulty)} cannot be used: ${faulty.why}`, {
      hint: `import it again, and take this one away: recon image rm ${poolImageText(faulty)}`,
    });
  }
  throw new ReconError('not-found', `there is no image ${choice} in ${directory}`, { hint: whatThereIs(parsed.profile, images) });
}

function whatThereIs(name: string, images: readonly StoredImage[]): string {
  const versions = images.filter((image) => image.name === name).map(({ version }) => version);
  if (versions.length > 0) return `${name} has the ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`;
  const names = [...new Set(images.map((image) => image.name))];
  const near = nearestWord(name, names);
  if (near !== undefined) return `did you mean ${near}?`;
  return names.length > 0 ? `there are: ${names.join(', ')}` : 'build one: recon image build compute-debian-13';
}

/** The manifest, or why it is none. */
async function readManifest(path: string, name: string, version: number): Promise<PoolImageManifest | string> {
  const bytes = await readOrUndefined(join(path, 'manifest.json'));
  if (bytes === undefined) return 'it has no manifest.json';
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    return `its manifest.json is not JSON: ${messageOf(error)}`;
  }
  const parsed = PoolImageManifest.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `its manifest.json does not fit: ${issue?.path.join('.')}: ${issue?.message}`;
  }
  if (parsed.data.name !== name || parsed.data.version !== version) return `its manifest.json is that of ${poolImageText(parsed.data)}`;
  return missingPart(parsed.data, await fileSizes(path)) ?? parsed.data;
}
