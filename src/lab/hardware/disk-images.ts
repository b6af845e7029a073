import { join } from 'node:path';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { copySparse, createSparseFile, hashImage, writeAt } from '../../platform/machine/disk-image-file.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import { DISK_SIZE_BYTES, FIXTURES, type Fixture, type LabDisk } from '../plan/lab-hardware.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import { bootSector } from './boot-sector.ts';
import { lvmMetadata } from './lvm-metadata.ts';
import { MD_SUPERBLOCK_OFFSET, mdSuperblock } from './md-superblock.ts';

/** A disk of a machine before it is switched on. */
export interface PreparedDisk {
  machine: string;
  disk: LabDisk;
  path: string;
  sha256: string;
}

const TIMEOUT_MS = 60_000;

/** Makes the disks of all machines in `directory`. Needs neither root nor loop devices nor drivers of the host. */
export async function prepareDisks(machines: readonly LabMachine[], directory: string): Promise<PreparedDisk[]> {
  const wanted = new Set(machines.flatMap((machine) => machine.disks.map((disk) => disk.fixture)));
  const templates = new Map<Fixture, string>();
  for (const fixture of FIXTURES.filter((one) => wanted.has(one))) {
    const path = join(directory, `${fixture}.template`);
    await makeFixture(fixture, path);
    templates.set(fixture, path);
  }
  const prepared: PreparedDisk[] = [];
  for (const machine of machines) {
    for (const disk of machine.disks) {
      const path = diskPath(directory, machine, disk);
      await copySparse(templates.get(disk.fixture) ?? '', path);
      prepared.push({ machine: machine.name, disk, path, sha256: await hashImage(path) });
    }
  }
  return prepared;
}

export function diskPath(directory: string, machine: LabMachine, disk: LabDisk): string {
  return join(directory, `${machine.name}-${disk.id}.img`);
}

/** Makes one disk image of {@link DISK_SIZE_BYTES}. */
export async function makeFixture(fixture: Fixture, path: string): Promise<void> {
  await createSparseFile(path, DISK_SIZE_BYTES);
  switch (fixture) {
    case 'boot-sector':
      return writeAt(path, 0, bootSector());
    case 'ext4-crashed':
      return makeCrashedExt4(path);
    case 'ext4-cow':
      return runTool(['mkfs.ext4', '-q', '-F', '-L', 'cow', path]);
    case 'vfat-recondata':
      return runTool(['mkfs.vfat', '-n', 'RECONDATA', path]);
    case 'lvm':
      return writeAt(path, 0, lvmMetadata(DISK_SIZE_BYTES, 'rehearsal'));
    case 'raid1-first':
      return writeAt(path, MD_SUPERBLOCK_OFFSET, mdSuperblock({ diskSizeBytes: DISK_SIZE_BYTES, number: 0, events: 20 }));
    case 'raid1-second':
      return writeAt(path, MD_SUPERBLOCK_OFFSET, mdSuperblock({ diskSizeBytes: DISK_SIZE_BYTES, number: 1, events: 18 }));
    case 'swap':
      return runTool(['mkswap', '-L', 'rehearsal', path]);
    case 'suspended':
      await runTool(['mkswap', '-L', 'hibernated', path]);
      // the kernel and udev take a swap area with this signature for a hibernated system (last 10 bytes of the first page)
      return writeAt(path, 4096 - 10, Buffer.from('S1SUSPEND\0', 'latin1'));
  }
}

/** As after a power cut: a transaction in the journal that was never written back, and an open file that had been deleted. */
export async function makeCrashedExt4(path: string): Promise<void> {
  await runTool(['mkfs.ext4', '-q', '-F', '-L', 'crashed', path]);
  const contentPath = `${path}.content`;
  await writeAtomic(contentPath, Buffer.alloc(4096, 'recon rehearsal '));
  const script = [
    `write ${contentPath} deleted`,
    'set_inode_field deleted links_count 0',
    'unlink deleted',
    'set_super_value last_orphan 12',
    'journal_open',
    `journal_write -b 9000 ${contentPath}`,
    'journal_close',
  ];
  await runTool(['debugfs', '-w', '-f', '-', path], `${script.join('\n')}\n`);
}

async function runTool(argv: Argv, input?: string): Promise<void> {
  await runOk(argv, { timeoutMs: TIMEOUT_MS, ...definedOnly({ input }) });
}
