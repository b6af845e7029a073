import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { writeAtomic } from '../platform/files/files.ts';
import type { WorkDirectory } from '../platform/files/work-directory.ts';
import { commandError, run } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { findTouchedDisks } from './checks/disks-untouched.ts';
import type { PreparedDisk } from './hardware/disk-images.ts';
import { type Bench, startMachine } from './machine/start-machine.ts';
import type { LabMachine } from './plan/lab-plan.ts';

/** How a machine is started with a protection taken away. */
export interface Control {
  name: string;
  /** the whole kernel command line */
  kernelArguments: readonly string[];
  /** files that an empty one is put over, in the initrd; for example a udev rule of /usr/lib, by its name in /etc */
  emptiedFiles: readonly string[];
}

/** The product's own kernel and initrd, told to mount a crashed disk, without our arguments and without our udev rule. */
export const UNGUARDED_ROOT: Control = {
  name: 'no guard arguments, no read-only rule, the crashed disk as root',
  kernelArguments: ['root=/dev/vda', 'rootfstype=ext4', 'rw', 'rd.shell=0', 'panic=0', 'console=ttyS0,115200n8'],
  emptiedFiles: ['etc/udev/rules.d/10-recon-read-only.rules'],
};

export interface ControlImages {
  kernelPath: string;
  initrdPath: string;
}

/**
 * Proves that the check of disks can fail: starts a machine without protection and waits until the check reports its disk.
 * Gives what was reported; none after `timeoutMs` means that the check is blind (or that the protection cannot be taken away).
 */
export async function runControl(
  bench: Bench,
  input: {
    control: Control;
    machine: LabMachine;
    images: ControlImages;
    prepared: readonly PreparedDisk[];
    work: WorkDirectory;
    timeoutMs: number;
  },
): Promise<string[]> {
  const { control, images, machine, prepared, timeoutMs, work } = input;
  const initrdPath = await makeInitrd(images.initrdPath, control.emptiedFiles, await work.subdirectory('control'));
  const boot = { kind: 'kernel', kernelPath: images.kernelPath, initrdPath, commandLine: control.kernelArguments.join(' ') } as const;
  await using running = await startMachine(bench, machine, boot);
  const ask = async (): Promise<string[] | undefined> => {
    running.assertAlive();
    const findings = await findTouchedDisks(machine.name, running.qmp, prepared);
    return findings.length > 0 ? findings : undefined;
  };
  return (await waitFor(ask, { timeoutMs, pauseMs: 2000 })) ?? [];
}

/** The initrd with an archive behind it; later archives are unpacked over earlier ones (Linux, driver-api/early-userspace). */
async function makeInitrd(initrdPath: string, emptiedFiles: readonly string[], directory: string): Promise<string> {
  const directories = new Set<string>();
  for (const name of emptiedFiles) {
    const parents = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= parents.length; depth++) directories.add(parents.slice(0, depth).join('/'));
  }
  const tree = join(directory, 'tree');
  for (const name of directories) await makeParents(tree, name);
  for (const name of emptiedFiles) await writeAtomic(join(tree, name), '');
  const archive = await run(['cpio', '--quiet', '-o', '-H', 'newc', '-R', '0:0'], {
    timeoutMs: 10_000,
    cwd: tree,
    input: [...directories, ...emptiedFiles].map((name) => `${name}\n`).join(''),
  });
  if (archive.status !== 'ok') throw commandError(archive);
  const initrd = await readFile(initrdPath).catch((error: unknown) => {
    throw new ReconError('infrastructure', `cannot read ${initrdPath}`, { cause: error });
  });
  const padding = Buffer.alloc((4 - (initrd.length % 4)) % 4);
  const path = join(directory, 'initrd');
  await writeAtomic(path, Buffer.concat([initrd, padding, archive.stdout]));
  return path;
}

async function makeParents(tree: string, name: string): Promise<void> {
  await run(['mkdir', '-p', join(tree, name)], { timeoutMs: 5000 });
}
