import assert from 'node:assert/strict';
import { chmod, cp, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run, runOk } from '../../../../src/platform/process/command.ts';
import { joinArchives, packArchive } from '../../../../src/pool/image/build/pack-archive.ts';
import { mksquashfsArguments, packTarball } from '../../../../src/pool/image/build/pack-step.ts';

const MINUTE_MS = 60_000;
const signal = new AbortController().signal;

async function twoTrees(root: string): Promise<[string, string]> {
  const [first, second] = [join(root, 'first'), join(root, 'second')];
  await mkdir(join(first, 'usr/bin'), { recursive: true });
  await writeFile(join(first, 'usr/bin/b'), 'b');
  await writeFile(join(first, 'usr/bin/a'), 'a'.repeat(100_000));
  await chmod(join(first, 'usr/bin/a'), 0o755);
  await symlink('usr/bin', join(first, 'bin'));
  await cp(first, second, { recursive: true, verbatimSymlinks: true });
  await utimes(join(second, 'usr/bin/b'), 2_000_000_000, 2_000_000_000);
  return [first, second];
}

const has = async (program: string): Promise<boolean> => (await run(['which', program], { timeoutMs: MINUTE_MS })).status === 'ok';

test('the same tree gives the same ramdisk and the same tarball, whenever its files were written', async (t) => {
  if (!(await has('cpio')) || !(await has('zstd'))) return t.skip('there is no cpio or zstd on this host');
  await using root = await temporaryDirectory('recon-pack-');
  const bytes = await Promise.all(
    (await twoTrees(root.path)).map(async (tree, index) => {
      const [tarball, ramdisk] = [join(root.path, `${index}.tar.zst`), join(root.path, `${index}.cpio`)];
      await packTarball(tree, tarball, { epoch: '1700000000', level: 3, signal });
      await packArchive(tree, ramdisk, { epoch: '1700000000', compression: 'zstd', isFast: true, signal });
      return Buffer.concat([await readFile(tarball), await readFile(ramdisk)]).toString('hex');
    }),
  );
  assert.equal(bytes[0], bytes[1]);
});

test('archives are joined at multiples of four bytes', async () => {
  await using root = await temporaryDirectory('recon-pack-');
  const [a, b, to] = [join(root.path, 'a'), join(root.path, 'b'), join(root.path, 'to')];
  await writeFile(a, 'aaaaa');
  await writeFile(b, 'b');
  await joinArchives([a, b], to);
  assert.equal((await readFile(to)).toString('latin1'), 'aaaaa\0\0\0b\0\0\0');
});

test('the same tree gives the same squashfs', async (t) => {
  if (!(await has('mksquashfs'))) return t.skip('there is no mksquashfs on this host');
  await using root = await temporaryDirectory('recon-pack-');
  const images: Buffer[] = [];
  const [tree] = await twoTrees(root.path);
  for (const name of ['1', '2']) {
    const to = join(root.path, name);
    await runOk(mksquashfsArguments(tree, to, true), { timeoutMs: MINUTE_MS, environment: { SOURCE_DATE_EPOCH: '1700000000' } });
    images.push(await readFile(to));
  }
  assert.ok(images[0] !== undefined && images[0].length > 0);
  assert.deepEqual(images[0], images[1]);
});
