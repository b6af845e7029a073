import { z } from 'zod';
import { PoolName } from './pool-name.ts';

/** What a version of an image may consist of. A profile boots kernel and ramdisk; the ramdisk fetches one of the roots. */
export const POOL_IMAGE_FILES = ['kernel', 'ramdisk', 'root.sqfs', 'root.tar.zst', 'packages', 'sbom'] as const;
export type PoolImageFile = (typeof POOL_IMAGE_FILES)[number];

const HashedEntry = z.strictObject({
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in small hexadecimal digits'),
});

/** `manifest.json` of one version of an image of the boot pool: what is in its directory, and what it was made of. */
export const PoolImageManifest = z.object({
  manifestVersion: z.literal(1),
  name: PoolName,
  version: z.int().positive(),
  kind: z
    .enum(['compute', 'failsafe'])
    .meta({ description: 'compute: the ramdisk fetches a root and hands over. failsafe: the ramdisk is all there is' }),
  description: z.string().max(200).exactOptional(),
  architecture: z.enum(['x86_64', 'arm64']),
  builtAt: z.iso.datetime(),
  kernelRelease: z.string().min(1).max(100).meta({ description: 'what uname -r says; read from the kernel itself' }),
  minimumMemoryMiB: z.int().positive().exactOptional().meta({ description: 'least RAM of a machine that is given it' }),
  rootBytes: z.int().nonnegative().exactOptional().meta({ description: 'size of the unpacked root, which a tmpfs must hold' }),
  recipe: z.string().exactOptional().meta({ description: 'recipe that it was built from; missing: it was imported' }),
  stepSeconds: z.record(z.string(), z.number().nonnegative()).exactOptional().meta({ description: 'how long each step took; 0: reused' }),
  files: z.partialRecord(z.enum(POOL_IMAGE_FILES), HashedEntry),
});
export type PoolImageManifest = z.infer<typeof PoolImageManifest>;
/** What is known before the files are placed. */
export type PoolImageDraft = Omit<PoolImageManifest, 'manifestVersion' | 'name' | 'version' | 'files'>;

/** `compute-debian-13@3`. */
export function poolImageText({ name, version }: Pick<PoolImageManifest, 'name' | 'version'>): string {
  return `${name}@${version}`;
}
