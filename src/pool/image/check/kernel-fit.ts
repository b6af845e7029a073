import { join } from 'node:path';
import type { PoolImageManifest } from '../../../domain/pool/image-manifest.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import type { ImageFault } from './image-fault.ts';
import { kernelArchitecture, kernelPacking, kernelRelease } from './kernel-image.ts';
import { missingModules } from './module-faults.ts';
import { packedModuleReleases } from './packed-modules.ts';

type Told = Pick<PoolImageManifest, 'kernelRelease' | 'architecture'>;

/** What is wrong between the kernel of a version, its manifest, and the modules of its packed root. Mounts nothing; takes a tenth of a second with a squashfs. */
export async function kernelFitFaults(path: string, manifest: Told): Promise<ImageFault[]> {
  const releases = await packedModuleReleases(path);
  const isWithout = releases !== undefined && !releases.includes(manifest.kernelRelease);
  return [...(await kernelFaults(path, manifest)), ...(isWithout ? [missingModules(manifest.kernelRelease, releases)] : [])];
}

/** The kernel itself against the manifest. */
export async function kernelFaults(path: string, { kernelRelease: said, architecture }: Told): Promise<ImageFault[]> {
  const kernel = join(path, 'kernel');
  if ((await fileFacts(kernel)) === undefined) return [];
  const packing = await kernelPacking(kernel);
  if (packing !== undefined) return [packedKernel(packing)];
  const found = await kernelArchitecture(kernel);
  if (found !== undefined && found !== architecture) return [otherArchitecture(found, architecture)];
  // other architectures have no such text in a place that is known
  const release = architecture === 'x86_64' ? await kernelRelease(kernel) : said;
  if (release === said) return [];
  const message =
    release === undefined
      ? 'the kernel is no Linux kernel of the x86 boot protocol'
      : `the kernel is ${release}, the manifest says ${said}`;
  return [{ code: 'kernel-release', message, hint: 'import kernel, ramdisk and root of one build together' }];
}

/** A kernel as no loader starts it. */
export function packedKernel({ what, cure }: NonNullable<Awaited<ReturnType<typeof kernelPacking>>>): ImageFault {
  return { code: 'kernel-packed', message: `the kernel is ${what}, which no loader starts`, hint: cure };
}

function otherArchitecture(found: string, said: string): ImageFault {
  return {
    code: 'kernel-architecture',
    message: `the kernel is one for ${found}, the manifest says ${said}`,
    hint: 'machines of either kind would stop at once: import the files of one build together',
  };
}
