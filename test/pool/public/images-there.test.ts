import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { placeImage } from '../../../src/pool/image/store/place-image.ts';
import { imagesThere } from '../../../src/pool/public/images-there.ts';

test('a version that the pool boots, or that a node runs, stays with who needs it; another one goes', async () => {
  await using directory = await temporaryDirectory('recon-images-there-');
  for (let count = 0; count < 3; count += 1)
    await placeImage({
      ...{ directory: directory.path, name: 'lab' },
      fill: async (partial) => {
        for (const file of ['kernel', 'ramdisk']) await writeFile(join(partial, file), file);
        return { kind: 'compute', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease: '6.12.1' };
      },
    });
  const outcome = poolFromFiles(new Map([['profiles/compute.yaml', 'kind: compute\nimage: lab@3\n']]));
  const pool = outcome.outcome === 'ok' ? outcome.pool : assert.fail();
  const images = imagesThere(directory.path);
  await assert.rejects(images.remove({ name: 'lab', version: 3 }, pool, []), {
    code: 'image-used',
    message: /profile compute \(profiles\/compute\.yaml line 1\)/,
  });
  await assert.rejects(images.remove({ name: 'lab', version: 2 }, pool, ['node-000']), { message: /node node-000, which runs it/ });
  await images.remove({ name: 'lab', version: 1 }, pool, []);
  assert.deepEqual(
    (await images.list())?.map(({ version }) => version),
    [2, 3],
  );
});
