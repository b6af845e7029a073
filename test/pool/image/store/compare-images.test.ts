import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { differenceText } from '../../../../src/pool/image/desk/difference-text.ts';
import { compareImages } from '../../../../src/pool/image/store/compare-images.ts';
import { packagesText, parsePackages } from '../../../../src/pool/image/store/package-list.ts';
import { placeImage } from '../../../../src/pool/image/store/place-image.ts';
import type { StoredImage } from '../../../../src/pool/image/store/stored-images.ts';

const place = (directory: string, kernelRelease: string, packages: readonly [string, string][]): Promise<StoredImage> =>
  placeImage({
    directory,
    name: 'lab',
    fill: async (partial) => {
      await writeFile(join(partial, 'kernel'), kernelRelease);
      await writeFile(join(partial, 'ramdisk'), 'same');
      await writeFile(
        join(partial, 'packages'),
        packagesText(packages.map(([name, version]) => ({ name, version, architecture: 'amd64' }))),
      );
      return { kind: 'compute', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease };
    },
  });

test('kernel, packages and files that are other are told, and nothing else', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const from = await place(directory.path, '6.12.1', [
    ['bash', '5.2'],
    ['curl', '8.1'],
    ['old', '1'],
  ]);
  const to = await place(directory.path, '6.12.22', [
    ['bash', '5.2'],
    ['curl', '8.2'],
    ['new', '2'],
  ]);
  const difference = await compareImages(from, to);
  assert.deepEqual(difference.packages, {
    added: ['new:amd64 2'],
    removed: ['old:amd64 1'],
    changed: [{ name: 'curl:amd64', from: '8.1', to: '8.2' }],
  });
  assert.equal(
    differenceText(difference),
    `lab@1 -> lab@2: 1 package changed, 1 added, 1 removed
kernel 6.12.1 -> 6.12.22
kernel 0.0 MB -> 0.0 MB
packages 0.0 MB -> 0.0 MB
~ curl:amd64 8.1 -> 8.2
+ new:amd64 2
- old:amd64 1
`,
  );
  assert.match(differenceText(await compareImages(from, from)), /are the same, byte for byte/);
});

test('a list of packages is sorted, says nothing twice, and is read again', () => {
  const b = { name: 'b', version: '1:2.0~rc1', architecture: 'all' };
  const a = { name: 'a', version: '1', architecture: 'amd64' };
  const text = packagesText([b, a, b]);
  assert.equal(text, 'a\t1\tamd64\nb\t1:2.0~rc1\tall\n');
  assert.deepEqual(parsePackages(`${text}half a line\n`), [a, b]);
});
