import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { runOk } from '../../../../src/platform/process/command.ts';
import { importImage } from '../../../../src/pool/image/store/import-image.ts';
import { fakeKernel } from '../fake-kernel.ts';
import { writeRoot } from '../fake-root.ts';

const NOW = new Date('2026-11-01T10:00:00Z');

interface Bench {
  /** where images are kept */
  directory: string;
  /** an image that was made elsewhere */
  source: string;
}

async function bench(root: string): Promise<Bench> {
  const [directory, source] = [join(root, 'images'), join(root, 'mine')];
  await mkdir(source);
  await writeFile(join(source, 'vmlinuz'), fakeKernel('6.12.117+deb13-amd64'));
  await writeFile(join(source, 'initrd.img'), 'a ramdisk');
  await writeRoot(join(source, 'root.squashfs'), '6.12.117+deb13-amd64');
  await writeFile(join(source, 'README'), 'not of the image');
  return { directory, source };
}

test('files of usual names are taken over, and the kernel is asked for its release', async () => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const { path, manifest } = await importImage({ directory, name: 'lab', source, now: NOW });
  assert.deepEqual((await readdir(path)).sort(), ['kernel', 'manifest.json', 'ramdisk', 'root.sqfs']);
  const { kind, kernelRelease, architecture, recipe } = manifest;
  assert.deepEqual(
    { kind, kernelRelease, architecture, recipe },
    { kind: 'compute', kernelRelease: '6.12.117+deb13-amd64', architecture: 'x86_64', recipe: undefined },
  );
});

test('an archive of a version gives the same version again, under its next number', async () => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const first = await importImage({ directory, name: 'lab', source, now: NOW });
  const archive = join(root.path, 'lab.tar.zst');
  await runOk(['tar', '--create', '--zstd', '--file', archive, '--directory', directory, 'lab/1'], { timeoutMs: 60_000 });
  const second = await importImage({ directory, name: 'lab', source: archive, now: new Date() });
  assert.deepEqual(second.manifest, { ...first.manifest, version: 2 });
  assert.deepEqual(await readdir(directory), ['lab']);
});

test('a cut archive, a damaged file and a missing one never become visible', async () => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const { path } = await importImage({ directory, name: 'good', source, now: NOW });
  const refused = (from: string, why: RegExp): Promise<void> =>
    assert.rejects(importImage({ directory, name: 'lab', source: from, now: NOW }), why);
  const archive = join(root.path, 'cut.tar');
  await runOk(['tar', '--create', '--file', archive, '--directory', source, '.'], { timeoutMs: 60_000 });
  await truncate(archive, 6000);
  await refused(archive, /cannot be read to its end/);
  const copy = join(root.path, 'copy');
  await mkdir(copy);
  for (const file of await readdir(path)) await writeFile(join(copy, file), await readFile(join(path, file)));
  await writeFile(join(copy, 'ramdisk'), 'b ramdisk');
  await refused(copy, /ramdisk is not what its manifest says: it has another sha256/);
  await writeFile(join(copy, 'ramdisk'), 'a ramdis');
  await refused(copy, /it has 8 bytes, not 9/);
  await writeFile(join(copy, 'ramdisk'), 'a ramdisk');
  await runOk(['rm', join(copy, 'root.sqfs')], { timeoutMs: 60_000 });
  await refused(copy, /lacks root\.sqfs, which its manifest names/);
  assert.deepEqual(await readdir(directory), ['good']);
});

test('links, two kernels, none, and a kernel that is none are refused with their sentence', async () => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const refused = (from: string, why: RegExp): Promise<void> =>
    assert.rejects(importImage({ directory, name: 'lab', source: from, now: NOW }), why);
  await symlink('/etc/shadow', join(source, 'packages'));
  const archive = join(root.path, 'links.tar');
  await runOk(['tar', '--create', '--file', archive, '--directory', source, '.'], { timeoutMs: 60_000 });
  await refused(archive, /holds what no image has: l.*packages/);
  await writeFile(join(source, 'kernel'), fakeKernel('6.1'));
  await refused(source, /more than one kernel/);
  await runOk(['rm', join(source, 'kernel')], { timeoutMs: 60_000 });
  await writeFile(join(source, 'vmlinuz'), 'MZ');
  await refused(source, /does not say its release/);
  await runOk(['rm', join(source, 'vmlinuz')], { timeoutMs: 60_000 });
  await refused(source, /has no kernel/);
  await refused(join(root.path, 'nowhere'), /there is no /);
});

test('a kernel whose modules the root has not, a packed one, and a root that is none never become visible', async (t) => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const refused = (why: RegExp): Promise<void> => assert.rejects(importImage({ directory, name: 'lab', source, now: NOW }), why);
  if (!(await writeRoot(join(source, 'root.squashfs'), '6.1.0-other'))) return t.skip('there is no mksquashfs on this host');
  await refused(/the kernel is 6\.12\.117\+deb13-amd64, and the root has modules of 6\.1\.0-other only/);
  await writeRoot(join(source, 'root.squashfs'), undefined);
  await refused(/the root has no modules at all/);
  await writeFile(join(source, 'root.squashfs'), 'no squashfs');
  await refused(/root\.sqfs is damaged, or no squashfs/);
  await writeRoot(join(source, 'root.squashfs'), '6.12.117+deb13-amd64');
  await writeFile(join(source, 'vmlinuz'), gzipSync(fakeKernel('6.12.117+deb13-amd64')));
  await refused(/the kernel is packed with gzip, which no loader starts/);
  await writeFile(join(source, 'vmlinuz'), Buffer.from('7f454c460201', 'hex'));
  await refused(/a program in ELF, such as vmlinux/);
  assert.deepEqual(await readdir(directory), ['lab']);
  assert.deepEqual(await readdir(join(directory, 'lab')), []);
});

test('a manifest that says another kernel or architecture than there is makes no version', async () => {
  await using root = await temporaryDirectory('recon-import-');
  const { directory, source } = await bench(root.path);
  const { path } = await importImage({ directory, name: 'good', source, now: NOW });
  const text = await readFile(join(path, 'manifest.json'), 'utf8');
  const copy = join(root.path, 'copy');
  await mkdir(copy);
  for (const file of await readdir(path)) await writeFile(join(copy, file), await readFile(join(path, file)));
  const refused = async (change: object, why: RegExp): Promise<void> => {
    await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...JSON.parse(text), ...change }));
    await assert.rejects(importImage({ directory, name: 'lab', source: copy, now: NOW }), why);
  };
  await refused({ kernelRelease: '6.1' }, /the kernel is 6\.12\.117\+deb13-amd64, the manifest says 6\.1/);
  await refused({ architecture: 'arm64' }, /the kernel is one for x86_64, the manifest says arm64/);
});
