import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';
import { placeImage } from '../../../src/pool/image/store/place-image.ts';
import { imagesThere } from '../../../src/pool/public/images-there.ts';
import { fakeKernel } from '../image/fake-kernel.ts';
import { writeRoot } from '../image/fake-root.ts';

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

test('of a version whose root has no modules of its kernel the trouble is known, and of others none', async (t) => {
  if ((await run(['mksquashfs', '-version'], { timeoutMs: 60_000 })).status === 'absent')
    return t.skip('there is no mksquashfs on this host');
  await using directory = await temporaryDirectory('recon-images-there-');
  for (const release of ['6.12.1', '6.1.0', undefined])
    await placeImage({
      ...{ directory: directory.path, name: 'lab' },
      fill: async (partial) => {
        await writeFile(join(partial, 'kernel'), fakeKernel('6.12.1'));
        await writeFile(join(partial, 'ramdisk'), 'ramdisk');
        await (release === undefined
          ? writeFile(join(partial, 'root.sqfs'), 'no squashfs')
          : writeRoot(join(partial, 'root.sqfs'), release));
        return { kind: 'compute', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease: '6.12.1' };
      },
    });
  const images = imagesThere(directory.path);
  const troubleOf = (version: number): Promise<string | undefined> => images.trouble({ name: 'lab', version });
  assert.equal(await troubleOf(1), undefined);
  assert.match((await troubleOf(2)) ?? '', /the kernel is 6\.12\.1, and the root has modules of 6\.1\.0 only/);
  assert.equal(await troubleOf(2), await troubleOf(2));
  assert.match((await troubleOf(3)) ?? '', /damaged, or no squashfs/);
  assert.equal(await troubleOf(4), undefined);
  assert.match(
    (await images.trouble({ name: 'lab', version: 1 }, 'tmpfs')) ?? '',
    /no root\.tar\.zst, which root: tmpfs of the profile asks for/,
  );
  assert.equal(await images.trouble({ name: 'lab', version: 1 }, 'squashfs'), undefined);
});
