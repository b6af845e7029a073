import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import { PoolImageManifest } from '../../domain/pool/image-manifest.ts';
import { missingPart } from '../../domain/pool/image-parts.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { fileSizes } from '../../platform/files/file-sizes.ts';
import { readOrUndefined } from '../../platform/files/files.ts';

/** Of a version's manifest, what serving it needs; the rest is not looked at. */
const ServedManifest = PoolImageManifest.pick({ files: true, minimumMemoryMiB: true, architecture: true }).partial({ architecture: true });

/** One complete version; what it consists of never changes. */
export interface ServedImage {
  name: string;
  version: number;
  directory: string;
  files: ReadonlyMap<string, { sizeBytes: number; sha256: string }>;
  /** what a machine must have to be given it */
  minimumMemoryMiB?: number;
  architecture?: 'x86_64' | 'arm64';
}

export interface ServedImages {
  /** undefined when there is no such version, or it is not complete */
  find(name: string, version: number): Promise<ServedImage | undefined>;
  /** `compute-debian-13@3`, or the newest complete version of a name alone and of `@newest` */
  choose(choice: string): Promise<ServedImage | undefined>;
}

/** A room of machines asks for the newest version at once; a folder is read so often, and a version that was completed meanwhile waits for as long. */
const HOLD_MS = 250;

/** @param directory where each version lies in `<name>/<version>/` */
export function servedImages(directory: string, { holdMs = HOLD_MS } = {}): ServedImages {
  const known = new Map<string, ServedImage>();
  const find = async (name: string, version: number): Promise<ServedImage | undefined> => {
    if (!PoolName.safeParse(name).success || !Number.isSafeInteger(version) || version < 1) return undefined;
    const path = join(directory, name, String(version));
    const before = known.get(path);
    if (before !== undefined) return before;
    const manifest = ServedManifest.safeParse(jsonOf(await readOrUndefined(join(path, 'manifest.json'))));
    if (!manifest.success || missingPart(manifest.data, await fileSizes(path)) !== undefined) return undefined;
    const { files, minimumMemoryMiB, architecture } = manifest.data;
    const image = {
      ...{ name, version, directory: path, files: new Map(Object.entries(files)) },
      ...definedOnly({ minimumMemoryMiB, architecture }),
    };
    known.set(path, image);
    return image;
  };
  const look = async (name: string): Promise<ServedImage | undefined> => {
    const names = PoolName.safeParse(name).success ? await readdir(join(directory, name)).catch((): string[] => []) : [];
    const versions = names.flatMap((one) => (/^[1-9]\d{0,8}$/.test(one) ? [Number(one)] : []));
    for (const version of versions.sort((a, b) => b - a)) {
      const image = await find(name, version);
      if (image !== undefined) return image;
    }
    return undefined;
  };
  const held = new Map<string, { untilMs: number; image: Promise<ServedImage | undefined> }>();
  const newest = (name: string): Promise<ServedImage | undefined> => {
    const before = held.get(name);
    if (before !== undefined && before.untilMs > performance.now()) return before.image;
    // names come from the pool alone, so that there are few of them
    const image = look(name);
    held.set(name, { untilMs: performance.now() + holdMs, image });
    return image;
  };
  return {
    find,
    choose: async (choice) => {
      const { profile: name, imageVersion } = parseBootChoice(choice) ?? { profile: '' };
      return typeof imageVersion === 'number' ? find(name, imageVersion) : newest(name);
    },
  };
}

function jsonOf(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
