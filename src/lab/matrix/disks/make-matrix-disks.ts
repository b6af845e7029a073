import { join } from 'node:path';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { writeAtomic } from '../../../platform/files/files.ts';
import { copySparse, createSparseFile, hashImage, writeAt } from '../../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../platform/machine/raw-image.ts';
import { type Argv, runOk } from '../../../platform/process/command.ts';
import { makeCrashedExt4 } from '../../hardware/disk-images.ts';
import { type LvmGroup, lvmMetadata } from '../../hardware/lvm-metadata.ts';
import { MD_SUPERBLOCK_OFFSET, mdSuperblock } from '../../hardware/md-superblock.ts';
import { BCACHE_OFFSET, bcacheSuperblock } from './bcache-superblock.ts';
import { ddfHeaders, imsmAnchor } from './firmware-raid.ts';
import { luks2Header } from './luks2-header.ts';
import { SNAPSHOT_GROUP, THIN_GROUP } from './lvm-groups.ts';
import { MATRIX_DISKS, type MatrixContent, type MatrixDisk } from './matrix-disks.ts';
import { oldMdOffset, oldMdSuperblock } from './md-superblock-090.ts';
import { hibernatedNtfs } from './ntfs-volume.ts';
import { makeDirtyEsp, makeDiscoverable, makeJournalApart } from './partitioned-disk.ts';
import { withoutUnmountMark, xfsLogOffset } from './xfs-log.ts';
import { zfsLabels } from './zfs-labels.ts';

/** A disk as it must be at the end. */
export interface PristineDisk {
  disk: MatrixDisk;
  path: string;
  sha256: string;
}

const TIMEOUT_MS = 60_000;
const LUKS_UUID = '52454841-5253-414c-8000-00006c756b73';

/** Makes all disks of the matrix in `directory`. Needs neither root nor loop devices nor drivers of the host. */
export async function makeMatrixDisks(isoPath: string, directory: string): Promise<PristineDisk[]> {
  const made: PristineDisk[] = [];
  for (const disk of MATRIX_DISKS) {
    const path = join(directory, `${disk.id}-${disk.content}.img`);
    if (disk.sizeBytes === 'the stick') await copySparse(isoPath, path);
    else await createSparseFile(path, disk.sizeBytes);
    // the second of a pair is made with the first
    if (disk.content !== 'btrfs-two-second') await makeContent(disk.content, path, disk.sizeBytes === 'the stick' ? 0 : disk.sizeBytes);
    made.push({ disk, path, sha256: '' });
  }
  const pair = made.filter(({ disk }) => disk.content.startsWith('btrfs-two')).map(({ path }) => path);
  await runTool(['mkfs.btrfs', '-q', '-L', 'matrix-pair', '-d', 'raid1', '-m', 'raid1', ...pair]);
  for (const one of made) one.sha256 = await hashImage(one.path);
  return made;
}

/** Fills an image that exists and is empty. */
export async function makeContent(content: MatrixContent, path: string, sizeBytes: number): Promise<void> {
  const makers: Record<MatrixContent, () => Promise<void>> = {
    'ext4-crashed': () => makeCrashedExt4(path),
    'ext4-journal-apart': () => makeJournalApart(path, sizeBytes),
    'xfs-dirty-log': () => makeDirtyXfs(path),
    'btrfs-one': () => runTool(['mkfs.btrfs', '-q', '-L', 'matrix-one', path]),
    'btrfs-two-first': async () => {},
    'btrfs-two-second': async () => {},
    'md-stale-first': () => writeAt(path, MD_SUPERBLOCK_OFFSET, mdSuperblock({ diskSizeBytes: sizeBytes, number: 0, events: 20 })),
    'md-stale-second': () => writeAt(path, MD_SUPERBLOCK_OFFSET, mdSuperblock({ diskSizeBytes: sizeBytes, number: 1, events: 18 })),
    'md-0.90': () => writeAt(path, oldMdOffset(sizeBytes), oldMdSuperblock(sizeBytes)),
    'imsm-container': () => writePart(path, imsmAnchor(sizeBytes, 'MTRXIMSM')),
    'ddf-container': () => writePart(path, ddfHeaders(sizeBytes)),
    'lvm-raid1-out-of-sync': () => makeLvm(path, sizeBytes, 'matrixraid'),
    'lvm-snapshot': () => makeLvm(path, sizeBytes, 'matrixsnapshot', SNAPSHOT_GROUP),
    'lvm-thin': () => makeLvm(path, sizeBytes, 'matrixthin', THIN_GROUP),
    luks2: () => writeAt(path, 0, luks2Header(LUKS_UUID)),
    swap: () => runTool(['mkswap', '-L', 'matrixswap', path]),
    'swap-suspended': () => makeSuspended(path),
    'gpt-discoverable': () => makeDiscoverable(path, sizeBytes),
    'ext4-cow': () => runTool(['mkfs.ext4', '-q', '-F', '-L', 'cow', path]),
    'stick-clone': async () => {},
    'vfat-recondata': () => runTool(['mkfs.vfat', '-n', 'RECONDATA', path]),
    'planted-live': () => makePlantedLive(path),
    'ntfs-hibernated': () => writeAt(path, 0, hibernatedNtfs(sizeBytes)),
    'esp-dirty': () => makeDirtyEsp(path, sizeBytes),
    'zfs-member': async () => {
      for (const label of zfsLabels(sizeBytes)) await writePart(path, label);
    },
    'bcache-backing': () => writeAt(path, BCACHE_OFFSET, bcacheSuperblock()),
    blank: async () => {},
  };
  await makers[content]();
}

function makeLvm(path: string, sizeBytes: number, seed: string, group?: LvmGroup): Promise<void> {
  return writeAt(path, 0, lvmMetadata(sizeBytes, seed, group));
}

/** The kernel and udev take a swap area with this signature for a hibernated system (last 10 bytes of the first page). */
async function makeSuspended(path: string): Promise<void> {
  await runTool(['mkswap', '-L', 'hibernated', path]);
  await writeAt(path, 4096 - 10, Buffer.from('S1SUSPEND\0', 'latin1'));
}

async function makeDirtyXfs(path: string): Promise<void> {
  await runTool(['mkfs.xfs', '-q', '-L', 'matrixxfs', path]);
  await using image = await openRawImage(path, 'read-write');
  const at = xfsLogOffset(await image.read(0, 512));
  await image.write(at, withoutUnmountMark(await image.read(at, 4096)));
}

/** What live systems look for, below every name that they use, with an overlay and a program that must not run. */
async function makePlantedLive(path: string): Promise<void> {
  const tree = `${path}.tree`;
  for (const folder of ['LiveOS/overlay-RECON', 'live', 'casper', 'sbin']) await makeDirectory(join(tree, folder));
  const init = '#!/bin/sh\necho recon-matrix: a planted program runs > /dev/console\n';
  for (const name of ['LiveOS/squashfs.img', 'live/filesystem.squashfs', 'casper/filesystem.squashfs', 'sbin/init'])
    await writeAtomic(join(tree, name), init, 0o755);
  await runTool(['mkfs.ext4', '-q', '-F', '-L', 'RECON', '-d', tree, path]);
}

function writePart(path: string, { offsetBytes, bytes }: { offsetBytes: number; bytes: Uint8Array }): Promise<void> {
  return writeAt(path, offsetBytes, bytes);
}

async function runTool(argv: Argv): Promise<void> {
  await runOk(argv, { timeoutMs: TIMEOUT_MS });
}
