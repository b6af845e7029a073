import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildPaths, buildPaths } from '../../src/builder/image/paths.ts';
import type { ImageManifest } from '../../src/domain/image.ts';

/** Content of each file of a small finished build. */
export const CONTENT = {
  kernel: ['linux-13.x.1', 'the kernel'],
  initrd: ['initrd-13.x.1', 'the initrd'],
  rootImage: ['recon-13.x.1.squashfs', 'the root image'.repeat(1000)],
  iso: ['recon.x86_64-13.x.1.iso', 'the ISO'.repeat(100)],
} as const;

const entry = (part: keyof typeof CONTENT): { name: string; sizeBytes: number; sha256: string } => {
  const [name, content] = CONTENT[part];
  return { name, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
};

export const MANIFEST: ImageManifest = {
  manifestVersion: 1,
  recipe: 'debian-13',
  version: '13.x.1',
  commit: '0123456789abcdef',
  builtAt: '2026-11-20T21:40:01.000Z',
  node: '24.0.0',
  kernelRelease: '6.12.0-amd64',
  isoUuid: '2026-11-20-21-40-01-00',
  dataPartitionUuid: '5ec0de01-03',
  dataSizeBytes: 268_435_456,
  inputs: 'abc',
  files: { kernel: entry('kernel'), initrd: entry('initrd'), rootImage: entry('rootImage'), iso: entry('iso') },
};

/** Puts a finished build below a directory that stands for the checkout. */
export async function placeBuild(repository: string): Promise<BuildPaths> {
  const paths = buildPaths(repository, 'debian-13');
  await mkdir(paths.output, { recursive: true });
  for (const [name, content] of Object.values(CONTENT)) await writeFile(join(paths.output, name), content);
  await writeFile(join(paths.output, 'manifest.json'), JSON.stringify(MANIFEST));
  return paths;
}
