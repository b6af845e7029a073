import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { copyImage } from '../../../src/builder/disk/copy-image.ts';
import { partitionsOf } from '../../../src/builder/disk/disk-plan.ts';
import { findInIso } from '../../../src/builder/disk/iso-tree.ts';
import { type WriteDiskInput, writeDisk } from '../../../src/builder/disk/write-disk.ts';
import { bootPaths, type ImageManifest, ISO_PATHS } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile } from '../../../src/platform/files/hashed-files.ts';
import { readImageHead } from '../../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';
import { EFI_FILES, MIB, SMALL_DATE, smallImage } from '../../builder/disk/small-image.ts';
import { fileUnderTest } from '../../guarantees/file-under-test.ts';

const QUICK = { timeoutMs: 60_000 };
const DISK_BYTES = 80 * MIB + 512;

describe('a medium that is copied to a disk', { skip: process.getuid?.() === 0 ? false : 'needs root' }, () => {
  let stack: AsyncDisposableStack;
  let directory: string;
  let isoPath: string;
  let manifest: ImageManifest;

  before(async () => {
    stack = new AsyncDisposableStack();
    directory = stack.use(await temporaryDirectory('recon-install-')).path;
    ({ isoPath, manifest } = await smallImage(directory));
  });
  after(() => stack.disposeAsync());

  const input = (target: string, more: Partial<WriteDiskInput> = {}): WriteDiskInput => ({
    ...{
      source: isoPath,
      target,
      targetBytes: DISK_BYTES,
      manifest,
      seed: 'a seed',
      workDirectory: directory,
      medium: 'disk',
      entry: 'master',
    },
    ...more,
  });

  it('its files are those of the manifest, its identity another one, its data partition as large as the disk allows', async () => {
    await using disk = await loopDisk(directory);
    await writeDisk(input(disk.device));
    const found = await readIdentity(disk.device, directory);
    assert.deepEqual(found.hashes, [manifest.files.kernel.sha256, manifest.files.initrd.sha256, manifest.files.rootImage.sha256]);
    const stick = await readIdentity(isoPath, directory);
    for (const name of ['isoUuid', 'partitionIsoUuid', 'tableUuid', 'dataUuid'] as const) assert.notEqual(found[name], stick[name], name);
    assert.equal(stick.isoUuid, '2026-11-20-21-40-01-25');
    assert.equal(found.isoUuid, found.partitionIsoUuid);
    assert.equal(found.manifest.isoUuid, found.isoUuid);
    assert.equal(found.manifest.dataPartitionUuid, `${found.tableUuid}-03`);
    // what the initrd and the warden go by
    assert.equal(found.menu.match(/^ *linux .*$/gm)?.length, 3);
    for (const line of found.menu.match(/^ *linux .*$/gm) ?? []) {
      const words = line.trim().split(/ +/);
      for (const word of [`recon.stick=${found.isoUuid}`, `recon.data=${found.tableUuid}-03`, 'recon.medium=disk'])
        assert.ok(words.includes(word), word);
    }
    assert.match(found.menu, /^set default=0$/m);
    assert.ok(!found.menu.includes(SMALL_DATE) && !found.menu.includes(stick.isoUuid));
    assert.equal(found.dataBytes, Math.floor((DISK_BYTES - MIB - found.dataStart) / MIB) * MIB);
  });

  it('firmware finds in its EFI partition what it starts, where it looks for it, byte for byte as in the image', async () => {
    await using disk = await loopDisk(directory);
    await writeDisk(input(disk.device));
    const head = await readImageHead(disk.path, 512);
    const [, efi] = partitionsOf(head);
    assert.ok(efi !== undefined);
    // of UEFI's type; no protective entry of GPT among them
    assert.deepEqual([head[450], head[466], head[482]], [0xcd, 0xef, 0x0c]);
    const image = `${disk.device}@@${efi.startBytes}`;
    for (const name of EFI_FILES) {
      const copy = join(directory, 'from-efi');
      await runOk(['mcopy', '-D', 'o', '-i', image, `::/${name}`, copy], QUICK);
      const original = await runOk(['sh', '-c', 'mtype -i "$1" "$2" | sha256sum', 'sh', join(directory, 'efi.img'), `::/${name}`], QUICK);
      assert.equal((await hashFile(copy)).sha256, original.slice(0, 64), name);
    }
    // an ISO's table and no GPT, whose copy would have to lie at the end of this disk and not of the stick
    assert.equal((await runOk(['blkid', '-p', '-o', 'value', '-s', 'PTTYPE', disk.device], QUICK)).trim(), 'dos');
    for (const { startBytes, sizeBytes } of partitionsOf(head)) assert.ok(startBytes + sizeBytes <= DISK_BYTES);
  });

  it('its data partition is a whole file system with the files of a new stick, and what GPT, LVM and RAID knew the disk by is gone', async () => {
    await using disk = await loopDisk(directory);
    const file = await open(disk.path, 'r+');
    for (const offset of [512, DISK_BYTES - 512]) await file.write(Buffer.from('EFI PART'), 0, 8, offset);
    await file.close();
    await writeDisk(input(disk.device));
    const bytes = await readFile(disk.path);
    assert.ok(!bytes.subarray(DISK_BYTES - MIB).some((byte) => byte !== 0), 'the end of the disk');
    assert.notEqual(bytes.toString('latin1', 512, 520), 'EFI PART');
    const dataStart = partitionsOf(bytes.subarray(0, 512))[2]?.startBytes ?? 0;
    const image = `${disk.device}@@${dataStart}`;
    assert.match(await runOk(['mtype', '-i', image, '::/recon.yaml'], QUICK), /^# /m);
    assert.match(await runOk(['mtype', '-i', image, '::/README.txt'], QUICK), /RECONDATA/);
    const part = join(directory, 'data.img');
    await runOk(['dd', `if=${disk.path}`, `of=${part}`, 'bs=512', `skip=${dataStart / 512}`, 'status=none'], QUICK);
    const check = await run(['fsck.vfat', '-n', part], QUICK);
    assert.equal(check.status, 'ok', check.stdout.toString());
  });

  it('whenever it is cut off, it starts nothing: no partition table, no loader, no volume', async () => {
    for (const share of [0.5, 1]) {
      await using disk = await loopDisk(directory);
      const cut = (what: string, done: number): void => {
        if (what === (share === 1 ? 'reading back' : 'copying') && done >= share) throw new Error('the power is cut');
      };
      // what stood there before starts, too
      await runOk(['dd', `if=${isoPath}`, `of=${disk.device}`, 'bs=1M', 'conv=fsync', 'status=none'], QUICK);
      await assert.rejects(writeDisk(input(disk.device, { onProgress: cut })), /the power is cut/);
      const head = (await readFile(disk.path)).subarray(0, MIB);
      assert.ok(!head.some((byte) => byte !== 0), `cut off at ${share}`);
    }
  });

  it('a stick with a damaged byte is not copied: its file and what to try are named', async () => {
    await using disk = await loopDisk(directory);
    const damaged = join(directory, 'damaged.iso');
    await copyFile(isoPath, damaged);
    await using image = await openRawImage(damaged, 'read-write');
    const extent = await findInIso(image.read, ISO_PATHS.rootImage);
    assert.ok(extent !== undefined);
    const at = extent.startBytes + extent.sizeBytes - 1;
    const [byte = 0] = await image.read(at, 1);
    await image.write(at, Buffer.of(byte ^ 1));
    await assert.rejects(writeDisk(input(disk.device, { source: damaged })), /LiveOS\/squashfs\.img is not that of its manifest/);
    assert.equal((await readImageHead(disk.path, 512)).readUInt16LE(510), 0);
  });

  it('a disk that gives back another byte than was written is told', async () => {
    await using disk = await loopDisk(directory);
    const spoil = (what: string, done: number): void => {
      if (what !== 'copying' || done < 1) return;
      isSpoiled ||= run(['dd', 'if=/dev/zero', `of=${disk.path}`, 'bs=512', 'count=1', 'seek=5000', 'conv=notrunc', 'status=none'], QUICK);
    };
    let isSpoiled: Promise<unknown> | undefined;
    const original = await hashFile(isoPath);
    await assert.rejects(
      writeDisk(input(disk.device, { onProgress: spoil })).then(async () => isSpoiled),
      /does not give back what was written/,
    );
    assert.equal((await readImageHead(disk.path, 512)).readUInt16LE(510), 0);
    assert.deepEqual(await hashFile(isoPath), original);
  });

  it('a disk of which a part is mounted, one that is too small, and one that the guard has: refused, and as they were', async () => {
    await using disk = await loopDisk(directory);
    await runOk(['mkfs.ext4', '-q', '-F', disk.device], QUICK);
    const fresh = await hashFile(disk.path);
    await assert.rejects(writeDisk(input(disk.device, { targetBytes: 60 * MIB })), { code: 'disk-full' });
    await runOk([fileUnderTest('overlay/usr/lib/recon/guard-disk'), basename(disk.device)], QUICK);
    try {
      await assert.rejects(writeDisk(input(disk.device)), {
        code: 'not-writable',
        message: /write-protected, or gone .*It is as it was\.$/,
      });
      assert.deepEqual(await hashFile(disk.path), fresh);
    } finally {
      // the next one gets the same device
      await runOk(['blockdev', '--setrw', disk.device], QUICK);
    }
    const mountPoint = stack.use(await temporaryDirectory('recon-mounted-')).path;
    await runOk(['mount', '-o', 'ro,noload', disk.device, mountPoint], QUICK);
    try {
      await assert.rejects(writeDisk(input(disk.device)), { code: 'not-writable', message: /something on this machine uses it \(EBUSY\)/ });
    } finally {
      await runOk(['umount', mountPoint], QUICK);
    }
    assert.deepEqual(await hashFile(disk.path), fresh);
  });

  it('into a file: the same image gives the same copy, and one whose menu installs has an identity of its own', async () => {
    const copies: string[] = [];
    for (const [name, medium, entry] of [
      ['one.raw', 'disk', 'master'],
      ['two.raw', 'disk', 'master'],
      ['install.iso', 'stick', 'install'],
    ] as const) {
      const target = join(directory, name);
      await copyImage({ ...{ source: isoPath, target, manifest, workDirectory: directory, medium, entry }, say: () => {} });
      copies.push((await hashFile(target)).sha256);
    }
    assert.equal(copies[0], copies[1]);
    const install = await readIdentity(join(directory, 'install.iso'), directory);
    const disk = await readIdentity(join(directory, 'one.raw'), directory);
    assert.match(install.menu, /^set default=2$/m);
    assert.equal(install.menu.match(/ recon\.medium=stick /g)?.length, 3);
    assert.notEqual(install.isoUuid, disk.isoUuid);
    // a copy of the copy starts as a master again
    await using target = await loopDisk(directory);
    const source = join(directory, 'install.iso');
    await writeDisk(input(target.device, { source, manifest: install.manifest, seed: 'another' }));
    const installed = await readIdentity(target.device, directory);
    assert.match(installed.menu, /^set default=0$/m);
    assert.equal(new Set([installed.isoUuid, install.isoUuid, disk.isoUuid, manifest.isoUuid]).size, 4);
  });
});

interface FoundIdentity {
  isoUuid: string;
  partitionIsoUuid: string;
  tableUuid: string;
  dataUuid: string;
  dataStart: number;
  dataBytes: number;
  menu: string;
  manifest: ImageManifest;
  hashes: string[];
}

/** By blkid, xorriso and the partition table, not by the code under test. */
async function readIdentity(path: string, directory: string): Promise<FoundIdentity> {
  const [first, , data] = partitionsOf(await readImageHead(path, 512));
  assert.ok(first !== undefined && data !== undefined);
  const tag = async (name: string, ...range: string[]): Promise<string> =>
    (await runOk(['blkid', '-p', '-u', 'filesystem', ...range, '-o', 'value', '-s', name, path], QUICK)).trim();
  const extract = async (inIso: string): Promise<string> => {
    const to = join(directory, 'extracted');
    await runOk(['xorriso', '-osirrox', 'on', '-overwrite', 'on', '-indev', `stdio:${path}`, '-extract', `/${inIso}`, to], QUICK);
    await runOk(['chmod', '0600', to], QUICK);
    return to;
  };
  const hashes: string[] = [];
  for (const part of ['kernel', 'initrd', 'rootImage'] as const) {
    hashes.push(
      createHash('sha256')
        .update(await readFile(await extract(bootPaths()[part])))
        .digest('hex'),
    );
  }
  return {
    isoUuid: await tag('UUID'),
    partitionIsoUuid: await tag('UUID', '-O', `${first.startBytes}`),
    tableUuid: (await runOk(['blkid', '-p', '-o', 'value', '-s', 'PTUUID', path], QUICK)).trim(),
    dataUuid: await tag('UUID', '-O', `${data.startBytes}`, '-S', `${data.sizeBytes}`),
    ...{ dataStart: data.startBytes, dataBytes: data.sizeBytes },
    menu: await readFile(await extract('boot/grub/grub.cfg'), 'utf8'),
    manifest: JSON.parse(await readFile(await extract(ISO_PATHS.manifest), 'utf8')),
    hashes,
  };
}

async function loopDisk(directory: string): Promise<{ path: string; device: string } & AsyncDisposable> {
  const path = join(directory, 'disk.img');
  await writeFile(path, '');
  await truncate(path, DISK_BYTES);
  assert.equal((await stat(path)).size, DISK_BYTES);
  const device = (await runOk(['losetup', '--show', '--find', path], QUICK)).trim();
  return {
    path,
    device,
    [Symbol.asyncDispose]: async () => {
      // the flag outlives the file: whoever has this device next could not write to it
      await runOk(['blockdev', '--setrw', device], QUICK);
      await runOk(['losetup', '--detach', device], QUICK);
    },
  };
}
