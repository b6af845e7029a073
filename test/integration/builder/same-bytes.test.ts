import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { finishIso } from '../../../src/builder/image/finish-iso.ts';
import { imageIdentity } from '../../../src/builder/image/identity.ts';
import { packInitrd } from '../../../src/builder/initrd/pack-initrd.ts';
import { squashRoot } from '../../../src/builder/trim/squash-root.ts';
import { ImageManifest } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

// The parts of an image, each made twice: from copies that were written in another order, at another time, in another folder. The whole of it: make reproducible.

const REPOSITORY = join(import.meta.dirname, '../../..');
const MINUTE_MS = 60_000;

test('the program, from two checkouts and two folders to start in', async () => {
  // on the file system of node_modules, whose files get a second name
  await mkdir(join(REPOSITORY, 'builds'), { recursive: true });
  await using directory = await temporaryDirectory('recon-same-', join(REPOSITORY, 'builds'));
  const checkout = join(directory.path, 'a/checkout/that/lies-elsewhere');
  for (const name of ['src', 'package.json', 'tsconfig.json', 'docs'])
    await cp(join(REPOSITORY, name), join(checkout, name), { recursive: true });
  await runOk(['cp', '--archive', '--link', join(REPOSITORY, 'node_modules'), join(checkout, 'node_modules')], {
    timeoutMs: 300_000,
  });
  const bundled = async (repository: string, cwd: string, zone: string): Promise<string> => {
    const [to, call] = [join(directory.path, `${zone.length}.cjs`), join(repository, 'src/bundle/bundle.ts')];
    const script = `await (await import(${JSON.stringify(call)})).bundleProgram(${JSON.stringify(repository)}, ${JSON.stringify(to)}); process.exit(0)`;
    await runOk([process.execPath, '--input-type=module', '--eval', script], { timeoutMs: 300_000, cwd, environment: { TZ: zone } });
    return hashOf(to);
  };
  assert.equal(await bundled(checkout, '/', 'Asia/Tokyo'), await bundled(REPOSITORY, REPOSITORY, 'UTC'));
});

test('the root image', async () => {
  await using directory = await temporaryDirectory('recon-same-');
  const hashes = await ofTwoTrees(directory.path, async (tree, to) => squashRoot({ tree, to, level: 9, epoch: '1700000000', prefix: [] }));
  assert.equal(hashes[0], hashes[1]);
});

for (const packer of [
  ['zstd', '-q', '-19', '-T0'],
  ['xz', '--check=crc32', '--lzma2=preset=9e,dict=8MiB', '-T1'],
] as const)
  test(`an archive that the kernel reads, packed by ${packer[0]}`, async () => {
    await using directory = await temporaryDirectory('recon-same-');
    const hashes = await ofTwoTrees(directory.path, async (tree, to) => packInitrd(tree, to, { work: dirname(to), packer }));
    assert.equal(hashes[0], hashes[1]);
  });

test('the ISO, with EFI partition and data partition', async () => {
  await using directory = await temporaryDirectory('recon-same-');
  const hashes: string[] = [];
  for (const [name, seconds, number] of [
    ['one', 1_700_000_000, '11111111'],
    ['another-one', 1_800_000_000, '22222222'],
  ] as const)
    hashes.push(await finishedIso(join(directory.path, name), seconds, number));
  assert.equal(hashes[0], hashes[1]);
});

/** Two trees of the same files, and the sha256 of what is made of each. */
async function ofTwoTrees(directory: string, make: (tree: string, to: string) => Promise<void>): Promise<string[]> {
  const names = ['etc/a', 'usr/lib/b', 'usr/lib/c/d', 'usr/lib/c/e', 'z'];
  const hashes: string[] = [];
  for (const [folder, order, seconds] of [
    ['one', names, 1_710_000_000],
    ['elsewhere/two', names.toReversed(), 1_720_000_000],
  ] as const) {
    const tree = join(directory, folder, 'tree');
    for (const name of order) {
      const path = join(tree, name);
      await mkdir(dirname(path), { recursive: true });
      // one that was another one before takes another place in its folder
      await writeFile(`${path}.new`, name.repeat(5000));
      await rename(`${path}.new`, path);
      await utimes(path, seconds, seconds);
    }
    const to = join(directory, folder, 'made');
    await make(tree, to);
    hashes.push(await hashOf(to));
  }
  return hashes;
}

async function finishedIso(directory: string, seconds: number, number: string): Promise<string> {
  await mkdir(directory);
  const at = (name: string): string => join(directory, name);
  for (const name of ['menu', 'initrd', 'drivers', 'root', 'sbom', 'shim']) {
    await writeFile(at(name), name.repeat(1000));
    await utimes(at(name), seconds, seconds);
  }
  // as KIWI leaves it: the file system of the EFI partition has a number of its own
  await runOk(['mkfs.vfat', '-C', '-i', number, at('efi.fat'), '4096'], { timeoutMs: MINUTE_MS });
  await runOk(['mmd', '-i', at('efi.fat'), '::/EFI'], { timeoutMs: MINUTE_MS });
  const kiwiIso = at('kiwi.iso');
  const maps = ['-map', at('menu'), '/boot/grub/grub.cfg', '-map', at('menu'), '/boot/0x12345678'];
  const efi = ['-append_partition', '2', '0xef', at('efi.fat')];
  await runOk(['xorriso', '-outdev', kiwiIso, '-volid', 'RECON', ...maps, ...efi, '-commit'], { timeoutMs: MINUTE_MS });
  const identity = imageIdentity('a'.repeat(64), new Date(1_750_000_000_000));
  await finishIso({
    ...{ kiwiIso, isoPath: at('made.iso'), workDirectory: directory, menuPath: 'boot/grub/grub.cfg', identity, sbomPath: at('sbom') },
    files: { initrd: at('initrd'), drivers: at('drivers'), rootImage: at('root') },
    manifest: MANIFEST,
    signed: new Map([['EFI/BOOT/bootx64.efi', at('shim')]]),
    secureBoot: {
      efi: { 'EFI/BOOT/bootx64.efi': 'shim' },
      shim: 'EFI/BOOT/bootx64.efi',
      config: 'boot/grub/grub.cfg',
      signers: { shim: [], others: [] },
    },
  });
  return hashOf(at('made.iso'));
}

const FILE = { name: 'file', sizeBytes: 1, sha256: '0'.repeat(64) };
const MANIFEST = ImageManifest.parse({
  ...{
    manifestVersion: 1,
    recipe: 'debian-13',
    version: '1',
    commit: 'c',
    builtAt: new Date(0).toISOString(),
    node: '24',
    kernelRelease: '6',
  },
  ...{ isoUuid: 'u', dataPartitionUuid: 'p', dataSizeBytes: 64 * 1024 * 1024, inputs: 'a' },
  files: { kernel: FILE, initrd: FILE, rootImage: FILE },
});

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
