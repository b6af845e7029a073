import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { copySparse, createSparseFile, hashImage } from '../../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../platform/machine/raw-image.ts';
import { type DriveCounters, parseBlockStatistics } from '../../checks/disks-untouched.ts';
import type { VmAccelerator } from '../../machine/accelerator.ts';
import type { OvmfFiles } from '../../machine/check-host.ts';
import { startVirtualMachine, type VirtualMachine } from '../../machine/virtual-machine.ts';
import { type LoggedRequest, readWriteLog } from '../../yank/write-log.ts';
import type { PristineDisk } from '../disks/make-matrix-disks.ts';
import type { MatrixContent, MatrixDisk } from '../disks/matrix-disks.ts';
import { type AttachedDisk, type MatrixBoot, matrixArguments } from './matrix-arguments.ts';

/** What all runs of the matrix share. */
export interface MatrixBench {
  accelerator: VmAccelerator;
  ovmf: OvmfFiles;
  workDir: string;
  /** short, because the path of a Unix socket has at most 107 characters */
  socketDir: string;
  /** as the disks were made; the machine gets copies */
  pristine: readonly PristineDisk[];
}

export interface MatrixRun {
  name: string;
  boot: MatrixBoot;
  /** private copy of the UEFI variables; undefined: BIOS */
  variablesPath?: string;
  /** compares every byte of every disk, and not only of those that were written */
  isHashed: boolean;
  /** undefined: all disks */
  contents?: readonly MatrixContent[];
  /** what is done with the running machine, which ends afterwards; `look` tells what each disk was told so far */
  live: (vm: VirtualMachine, look: () => Promise<DiskRequests[]>) => Promise<void>;
}

/** What a disk was told. */
export interface DiskRequests {
  disk: MatrixDisk;
  counters: DriveCounters;
  requests: readonly LoggedRequest[];
}

/** ... and whether it is another one now. */
export interface DiskTrace extends DiskRequests {
  isChanged: boolean;
}

export interface MatrixOutcome {
  console: readonly string[];
  /** undefined when the guest did not come so far */
  reportText: string | undefined;
  traces: readonly DiskTrace[];
  /** what the stick was told, with a boot from the stick */
  stickRequests: readonly LoggedRequest[];
}

/** Runs the machine with its disks, then looks at each of them. Disks that were written are made anew for the next run. */
export async function runMatrix(bench: MatrixBench, run: MatrixRun): Promise<MatrixOutcome> {
  const { name, boot, contents, variablesPath, isHashed, live } = run;
  const directory = join(bench.workDir, name);
  await makeDirectory(directory);
  const disks = bench.pristine.filter(({ disk }) => contents?.includes(disk.content) ?? true);
  const attached = await attachDisks(bench.workDir, disks, directory);
  if (boot.stick !== undefined) await createSparseFile(boot.stick.logPath, 0);
  const qmpPath = join(bench.socketDir, `${name}.qmp`);
  const reportPath = join(directory, 'report');
  const args = matrixArguments(boot, attached, {
    ...{ accelerator: bench.accelerator, qmpPath, consolePath: join(directory, 'console'), reportPath },
    ...(variablesPath === undefined ? {} : { uefi: { codePath: bench.ovmf.codePath, variablesPath } }),
  });
  let requests: DiskRequests[];
  let console: string[];
  {
    await using vm = await startVirtualMachine('matrix', ['qemu-system-x86_64', ...args], qmpPath);
    const look = (): Promise<DiskRequests[]> => requestsSoFar(vm, attached);
    await live(vm, look);
    requests = await look();
    console = vm.console.map(({ text }) => text);
  }
  const traces = await compareDisks(disks, attached, requests, isHashed);
  const reportText = (await readOrUndefined(reportPath))?.toString('utf8');
  return { console, reportText, traces, stickRequests: boot.stick === undefined ? [] : await readLog(boot.stick.logPath) };
}

async function requestsSoFar(vm: VirtualMachine, attached: readonly AttachedDisk[]): Promise<DiskRequests[]> {
  const counters = parseBlockStatistics(await vm.qmp.execute('query-blockstats'));
  const found: DiskRequests[] = [];
  for (const { disk, logPath } of attached) {
    const own = counters.get(disk.id);
    if (own === undefined) throw new ReconError('infrastructure', `QEMU has no counters for ${disk.id}`);
    found.push({ disk, counters: own, requests: await readLog(logPath) });
  }
  return found;
}

async function compareDisks(
  disks: readonly PristineDisk[],
  attached: readonly AttachedDisk[],
  all: readonly DiskRequests[],
  isHashed: boolean,
): Promise<DiskTrace[]> {
  const traces: DiskTrace[] = [];
  for (const [index, { path: pristinePath, sha256 }] of disks.entries()) {
    const [{ path } = { path: '' }, trace] = [attached[index], all[index]];
    if (trace === undefined) continue;
    const isTouched = trace.counters.writes + trace.counters.unmaps > 0;
    const isChanged = (isHashed || isTouched) && (await hashImage(path)) !== sha256;
    if (isTouched || isChanged) await copySparse(pristinePath, path);
    traces.push({ ...trace, isChanged });
  }
  return traces;
}

async function attachDisks(workDir: string, disks: readonly PristineDisk[], directory: string): Promise<AttachedDisk[]> {
  const attached: AttachedDisk[] = [];
  for (const { disk } of disks) {
    const logPath = join(directory, `${disk.id}.log`);
    await createSparseFile(logPath, 0);
    attached.push({ disk, path: workingCopy(workDir, disk), logPath });
  }
  return attached;
}

/** Makes the copies that the machine gets. */
export async function copyDisks({ pristine, workDir }: Pick<MatrixBench, 'pristine' | 'workDir'>): Promise<void> {
  await makeDirectory(join(workDir, 'attached'));
  for (const { disk, path } of pristine) await copySparse(path, workingCopy(workDir, disk));
}

function workingCopy(workDir: string, disk: MatrixDisk): string {
  return join(workDir, 'attached', `${disk.id}.img`);
}

async function readLog(path: string): Promise<LoggedRequest[]> {
  await using log = await openRawImage(path, 'read');
  // QEMU writes the head with the first request
  return (await log.read(0, 1)).length === 0 ? [] : await readWriteLog(log);
}
