import { basename, join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { hashFile } from '../../platform/files/hashed-files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { fileSize } from '../../platform/machine/disk-image-file.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import { ovfDescriptor, ovfManifest } from './ovf.ts';

export interface ApplianceInput {
  /** of the disk, `….raw` */
  raw: string;
  version: string;
  workDirectory: string;
  /** the OVA describes a PC, and is of none other */
  withOva: boolean;
}

/**
 * Writes a disk in more formats beside it: qcow2, and an OVA (an uncompressed tar of descriptor, manifest and disk, in this order:
 * DSP0243, section 5.3). Gives their paths.
 * @throws ReconError `command-failed`
 */
export async function writeAppliance({ raw, version, workDirectory, withOva }: ApplianceInput): Promise<string[]> {
  const stem = raw.replace(/\.raw$/, '');
  const directory = join(workDirectory, 'appliance');
  await makeDirectory(directory);
  try {
    const qcow2 = join(directory, `${basename(stem)}.qcow2`);
    await convert(['-O', 'qcow2', '-c'], raw, qcow2);
    if (!withOva) {
      await movePath(qcow2, `${stem}.qcow2`);
      return [`${stem}.qcow2`];
    }
    const ova = await writeOva({ raw, name: basename(stem), version, directory });
    await movePath(qcow2, `${stem}.qcow2`);
    await movePath(ova, `${stem}.ova`);
    return [`${stem}.qcow2`, `${stem}.ova`];
  } finally {
    await removePath(directory);
  }
}

async function writeOva({
  raw,
  name,
  version,
  directory,
}: {
  raw: string;
  name: string;
  version: string;
  directory: string;
}): Promise<string> {
  const [ovf, manifest, disk] = [`${name}.ovf`, `${name}.mf`, `${name}-disk1.vmdk`];
  await convert(['-O', 'vmdk', '-o', 'subformat=streamOptimized'], raw, join(directory, disk));
  const [diskFileBytes, capacityBytes] = [await fileSize(join(directory, disk)), await fileSize(raw)];
  await writeAtomic(join(directory, ovf), ovfDescriptor({ name, version, diskFile: disk, diskFileBytes, capacityBytes }));
  const hashed = await Promise.all(
    [ovf, disk].map(async (file) => ({ name: file, sha256: (await hashFile(join(directory, file))).sha256 })),
  );
  await writeAtomic(join(directory, manifest), ovfManifest(hashed));
  const ova = join(directory, `${name}.ova`);
  const owner = ['--format=ustar', '--owner=0', '--group=0', '--numeric-owner', '--mode=0644', '--mtime=@0'];
  await runOk(['tar', ...owner, '-C', directory, '-cf', ova, ovf, manifest, disk], { timeoutMs: 10 * 60_000 });
  return ova;
}

async function convert(to: readonly string[], from: string, path: string): Promise<void> {
  const argv: Argv = ['qemu-img', 'convert', '-f', 'raw', ...to, from, path];
  await runOk(argv, { timeoutMs: 30 * 60_000, hint: 'qemu-img: on Debian apt-get install qemu-utils, on SUSE zypper install qemu-tools' });
}
