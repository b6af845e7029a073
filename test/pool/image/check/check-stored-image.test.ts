import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { checkStoredImage } from '../../../../src/pool/image/check/check-stored-image.ts';
import { placeImage } from '../../../../src/pool/image/store/place-image.ts';
import type { StoredImage } from '../../../../src/pool/image/store/stored-images.ts';
import { fakeKernel } from '../fake-kernel.ts';

const place = (directory: string, said: string): Promise<StoredImage> =>
  placeImage({
    directory,
    name: 'lab',
    fill: async (partial) => {
      await writeFile(join(partial, 'kernel'), fakeKernel('6.12.1'));
      await writeFile(join(partial, 'ramdisk'), 'ramdisk');
      return {
        kind: 'failsafe',
        architecture: 'x86_64',
        builtAt: '2026-11-01T10:00:00.000Z',
        kernelRelease: said,
        rootBytes: 200 * 1024 ** 2,
      };
    },
  });

test('a whole image of one kernel has no faults', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  assert.deepEqual(await checkStoredImage(await place(directory.path, '6.12.1')), []);
});

test('a damaged file, another kernel and too little memory are told; what is meant is not', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const image = await place(directory.path, '6.12.2');
  await chmod(join(image.path, 'ramdisk'), 0o644);
  await writeFile(join(image.path, 'ramdisk'), 'ramdisc');
  const faults = await checkStoredImage({ ...image, memoryBytes: 128 * 1024 ** 2 });
  assert.deepEqual(
    faults.map(({ message }) => message),
    [
      'ramdisk has another sha256',
      'the kernel is 6.12.1, the manifest says 6.12.2',
      'it needs about 280 MiB of RAM, and the machine has 128',
    ],
  );
  assert.deepEqual(await checkStoredImage({ ...image, allow: ['file-damaged', 'kernel-release'], memoryBytes: 512 * 1024 ** 2 }), []);
});

test('an image that says it is of another architecture than its kernel is told', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const image = await place(directory.path, '6.12.1');
  const faults = await checkStoredImage({ ...image, manifest: { ...image.manifest, architecture: 'arm64' } });
  assert.deepEqual(
    faults.map(({ code, message }) => [code, message]),
    [['kernel-architecture', 'the kernel is one for x86_64, the manifest says arm64']],
  );
});
