import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { writeAtomic } from '../platform/files/files.ts';
import { commandError, run } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { findTouchedDisks } from './checks/disks-untouched.ts';
import { startMachine } from './machine/start-machine.ts';
import { CONTROL_MACHINE } from './plan/lab-plan.ts';
import type { LabSetUp } from './set-up.ts';

/** The product's own kernel and initrd, told to mount a crashed disk, without our arguments and without our udev rule. */
const UNGUARDED_ROOT = {
  /** the whole kernel command line */
  kernelArguments: ['root=/dev/vda', 'rootfstype=ext4', 'rw', 'rd.shell=0', 'panic=0', 'console=ttyS0,115200n8'],
  /** files of the initrd that an empty one is put over: a udev rule of /usr/lib by its name in /etc */
  emptiedFiles: ['etc/udev/rules.d/10-recon-read-only.rules'],
};

const TIMEOUT_MS = 5 * 60_000;

/**
 * Proves that the check of disks can fail: starts a machine without protection and waits until the check reports its disk. When it does
 * not, the check is blind (or the protection cannot be taken away), and that is a finding.
 */
export async function runControl(
  { bench, image, prepared, work }: Pick<LabSetUp, 'bench' | 'image' | 'prepared' | 'work'>,
  say: (text: string) => void,
): Promise<string[]> {
  const { emptiedFiles, kernelArguments } = UNGUARDED_ROOT;
  const initrdPath = await makeInitrd(image.initrdPath, emptiedFiles, await work.subdirectory('control'));
  const boot = { kind: 'kernel', kernelPath: image.kernelPath, initrdPath, commandLine: kernelArguments.join(' ') } as const;
  await using running = await startMachine(bench, CONTROL_MACHINE, boot);
  const ask = async (): Promise<string[] | undefined> => {
    running.assertAlive();
    const touched = await findTouchedDisks(CONTROL_MACHINE.name, running.qmp, prepared);
    return touched.length > 0 ? touched : undefined;
  };
  const caught = (await waitFor(ask, { timeoutMs: TIMEOUT_MS, pauseMs: 2000 })) ?? [];
  for (const one of caught) say(`caught: ${one}`);
  return caught.length > 0 ? [] : ['the check of disks did not catch an unprotected machine: it proves nothing'];
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
