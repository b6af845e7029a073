import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { POOL_IMAGE_FILES, type PoolImageDraft, type PoolImageFile, PoolImageManifest } from '../../../domain/pool/image-manifest.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { installFile } from '../../../platform/files/build-files.ts';
import { makeDirectory, namesIn } from '../../../platform/files/directories.ts';
import { freeBytes, readOrUndefined, temporaryDirectory } from '../../../platform/files/files.ts';
import { hashFile } from '../../../platform/files/hashed-files.ts';
import { run, runOk } from '../../../platform/process/command.ts';
import { kernelFitFaults, packedKernel } from '../check/kernel-fit.ts';
import { kernelArchitecture, kernelPacking, kernelRelease } from '../check/kernel-image.ts';
import { placeImage } from './place-image.ts';
import type { StoredImage } from './stored-images.ts';

const TEN_MINUTES_MS = 600_000;
/** In the order in which a machine asks for them; names that other systems give their files come behind our own. */
const SPELLINGS: Readonly<Record<string, PoolImageFile>> = {
  ...Object.fromEntries(POOL_IMAGE_FILES.map((file) => [file, file])),
  vmlinuz: 'kernel',
  bzImage: 'kernel',
  linux: 'kernel',
  initrd: 'ramdisk',
  'initrd.img': 'ramdisk',
  initramfs: 'ramdisk',
  'root.squashfs': 'root.sqfs',
};

export interface ImportRequest {
  directory: string;
  name: string;
  /** a directory, or a tar archive of any compression that tar knows */
  source: string;
  now: Date;
}

/**
 * Takes over an image that was made elsewhere. Its files are held against its manifest when it brings one; nothing becomes visible before
 * all of it is here, and kernel and root belong together.
 * @throws ReconError `not-found`, `image-faulty`, `disk-full`, `not-writable`, `command-failed`
 */
export async function importImage({ directory, name, source, now }: ImportRequest): Promise<StoredImage> {
  const found = await lstat(source).catch(() => undefined);
  if (found === undefined) throw new ReconError('not-found', `there is no ${source}`, { hint: 'name a directory or a tar archive' });
  await makeDirectory(directory);
  if (found.isDirectory()) return importDirectory({ directory, name, source, now });
  await requireSpace(directory, found.size);
  // beside the images, because /tmp is RAM on many systems, and an image is not small
  await using unpacked = await temporaryDirectory('unpack-', directory);
  await unpackArchive(source, unpacked.path);
  return await importDirectory({ directory, name, source: unpacked.path, now });
}

async function importDirectory({ directory, name, source, now }: ImportRequest): Promise<StoredImage> {
  const files = await imageFiles(source);
  await requireSpace(
    directory,
    files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
  const manifest = await givenManifest(source);
  for (const { file, path } of files) await requireSame(file, path, manifest);
  const missing = Object.keys(manifest?.files ?? {}).filter((file) => !files.some((one) => one.file === file));
  if (missing.length > 0) {
    throw new ReconError('image-faulty', `${source} lacks ${missing.join(', ')}, which its manifest names`, {
      hint: 'fetch it again: the copy is not whole',
    });
  }
  return placeImage({
    directory,
    name,
    fill: async (partial) => {
      for (const { file, path } of files) await installFile(path, join(partial, file), 0o444);
      const draft = manifest === undefined ? await drafted(partial, files, now) : draftOf(manifest);
      const [fault] = await kernelFitFaults(partial, draft);
      if (fault !== undefined) throw new ReconError('image-faulty', fault.message, { hint: fault.hint });
      return draft;
    },
  });
}

interface FoundFile {
  file: PoolImageFile;
  path: string;
  sizeBytes: number;
}

async function imageFiles(source: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await namesIn(source)) {
    const file = SPELLINGS[entry];
    const path = join(source, entry);
    const facts = await lstat(path);
    if (file === undefined || !facts.isFile()) continue;
    if (found.some((one) => one.file === file)) {
      throw new ReconError('image-faulty', `${source} has more than one ${file}`, {
        hint: `leave one of them there, with the name ${file}`,
      });
    }
    found.push({ file, path, sizeBytes: facts.size });
  }
  for (const needed of ['kernel', 'ramdisk'] as const) {
    if (!found.some(({ file }) => file === needed)) {
      throw new ReconError('image-faulty', `${source} has no ${needed}`, {
        hint: `an image has ${POOL_IMAGE_FILES.join(', ')}; vmlinuz and initrd.img are understood too`,
      });
    }
  }
  return found;
}

async function givenManifest(source: string): Promise<PoolImageManifest | undefined> {
  const bytes = await readOrUndefined(join(source, 'manifest.json'));
  if (bytes === undefined) return undefined;
  try {
    return PoolImageManifest.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new ReconError('image-faulty', `the manifest.json of ${source} is no manifest of an image`, {
      hint: 'take it away: without one, the kernel itself is asked what it is',
      cause,
    });
  }
}

async function requireSame(file: PoolImageFile, path: string, manifest: PoolImageManifest | undefined): Promise<void> {
  const wanted = manifest?.files[file];
  if (manifest === undefined) return;
  if (wanted === undefined)
    throw new ReconError('image-faulty', `${file} is not in the manifest`, { hint: 'take it away, or take the manifest away' });
  const { sizeBytes, sha256 } = await hashFile(path);
  if (sizeBytes === wanted.sizeBytes && sha256 === wanted.sha256) return;
  const what = sizeBytes === wanted.sizeBytes ? 'has another sha256' : `has ${sizeBytes} bytes, not ${wanted.sizeBytes}`;
  throw new ReconError('image-faulty', `${file} is not what its manifest says: it ${what}`, {
    hint: 'fetch it again: the copy is damaged or cut off',
  });
}

function draftOf({ manifestVersion: _, name: __, version: ___, files: ____, ...draft }: PoolImageManifest): PoolImageDraft {
  return draft;
}

async function drafted(partial: string, files: readonly FoundFile[], now: Date): Promise<PoolImageDraft> {
  const kernel = join(partial, 'kernel');
  const packing = await kernelPacking(kernel);
  if (packing !== undefined) {
    const { message, hint } = packedKernel(packing);
    throw new ReconError('image-faulty', message, { hint });
  }
  const release = await kernelRelease(kernel);
  if (release === undefined) {
    throw new ReconError('image-faulty', 'the kernel does not say its release: it is no Linux kernel of the x86 boot protocol', {
      hint: 'is it cut off, or a kernel for another architecture? A manifest.json beside it can say the release (kernelRelease)',
    });
  }
  return {
    kind: files.some(({ file }) => file.startsWith('root.')) ? 'compute' : 'failsafe',
    builtAt: now.toISOString(),
    kernelRelease: release,
    ...definedOnly({ architecture: await kernelArchitecture(kernel) }),
  } as PoolImageDraft;
}

async function requireSpace(directory: string, bytes: number): Promise<void> {
  const free = await freeBytes(directory);
  if (free > bytes * 1.05) return;
  throw new ReconError(
    'disk-full',
    `${directory} has ${Math.floor(free / 1e6)} MB free, the image needs ${Math.ceil((bytes * 1.05) / 1e6)} MB`,
    {
      hint: 'take old versions away, for example: recon image keep NAME --last 3',
    },
  );
}

/** Plain files with plain names only, out of whatever directory they lie in. */
async function unpackArchive(archive: string, to: string): Promise<void> {
  const listed = await run(['tar', '--list', '--verbose', '--quoting-style=escape', '--file', archive], { timeoutMs: TEN_MINUTES_MS });
  if (listed.status !== 'ok') {
    throw new ReconError(
      'image-faulty',
      `${archive} cannot be read to its end: ${listed.stderr.toString('utf8').trim().split('\n')[0] ?? ''}`,
      {
        hint: 'is it a tar archive, and whole? Fetch it again',
      },
    );
  }
  const others = listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => /^[^-d]/.test(line));
  if (others.length > 0) {
    throw new ReconError('image-faulty', `${archive} holds what no image has: ${others[0]}`, {
      hint: 'an image is plain files; pack it without links and devices',
    });
  }
  const argv = [
    'tar',
    '--extract',
    '--no-same-owner',
    '--no-same-permissions',
    '--transform=s,.*/,,',
    '--file',
    archive,
    '--directory',
    to,
  ] as const;
  await runOk(argv, { timeoutMs: TEN_MINUTES_MS });
}
