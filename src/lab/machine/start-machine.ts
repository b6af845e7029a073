import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { copySparse } from '../../platform/machine/disk-image-file.ts';
import type { NetworkNamespace } from '../../platform/network/network-namespace.ts';
import { diskPath } from '../hardware/disk-images.ts';
import { writeHardwareFiles } from '../hardware/hardware-files.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import type { VmAccelerator } from './accelerator.ts';
import { boardOf } from './boards.ts';
import type { OvmfFiles } from './check-host.ts';
import { type BootSource, type QemuHost, qemuArguments } from './qemu-arguments.ts';
import { tpmPlace } from './tpm-untouched.ts';
import { startVirtualMachine, type VirtualMachine } from './virtual-machine.ts';
import { startVirtualTpm } from './virtual-tpm.ts';

/** What all machines of a rehearsal share. */
export interface Bench {
  accelerator: VmAccelerator;
  ovmf: OvmfFiles;
  namespace: NetworkNamespace;
  /** consoles, UEFI variables and TPMs; kept for a person after a failure */
  workDir: string;
  diskDir: string;
  /** short, because the path of a Unix socket has at most 107 characters */
  socketDir: string;
}

export interface StartOptions {
  /** tells several runs of the same machine apart, in file names */
  run?: string;
  /** no screen; firmware and loader speak on the serial port */
  isHeadless?: boolean;
  /** each line of its console */
  onLine?: (text: string) => void;
}

/** Switches a machine on. Its TPM, if it has one, ends with it. */
export async function startMachine(
  bench: Bench,
  machine: LabMachine,
  boot: BootSource,
  options: StartOptions = {},
): Promise<VirtualMachine> {
  const name = `${machine.name}${options.run ?? ''}`;
  const qmpPath = join(bench.socketDir, `${name}.qmp`);
  await using starting = new AsyncDisposableStack();
  const tpm = machine.tpm === undefined ? undefined : tpmPlace(bench, machine);
  if (tpm !== undefined) starting.use(await startVirtualTpm(tpm));
  const args = qemuArguments(machine, boot, {
    qmpPath,
    accelerator: bench.accelerator,
    serialLogPath: join(bench.workDir, `${name}.console`),
    diskPath: (disk) => diskPath(bench.diskDir, machine, disk),
    ...definedOnly({ isHeadless: options.isHeadless }),
    hardware: await writeHardwareFiles(machine, join(bench.workDir, `hardware-${name}`)),
    ...(tpm === undefined ? {} : { tpmSocketPath: tpm.socketPath }),
    ...(machine.firmware === 'uefi' ? { uefi: await prepareFirmware(bench, name, machine.secureBoot === true) } : {}),
  });
  const vm = await startVirtualMachine(name, bench.namespace.inside([boardOf(machine).program, ...args]), qmpPath, options.onLine);
  const parts = starting.move();
  return {
    ...vm,
    [Symbol.asyncDispose]: async () => {
      await vm[Symbol.asyncDispose]();
      await parts.disposeAsync();
    },
  };
}

/** UEFI variables are written by the firmware, so each machine has its own copy. */
async function prepareFirmware({ ovmf, workDir }: Bench, name: string, isSecure: boolean): Promise<NonNullable<QemuHost['uefi']>> {
  const pair = isSecure ? ovmf.secure : ovmf;
  if (pair === undefined) throw new ReconError('host-unfit', 'there is no UEFI firmware with Secure Boot for virtual machines (OVMF)');
  const variablesPath = join(workDir, `${name}.vars.fd`);
  await copySparse(pair.variablesPath, variablesPath);
  return { codePath: pair.codePath, variablesPath, isSecure };
}
