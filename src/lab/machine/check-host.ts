import { freemem } from 'node:os';
import { geteuid } from 'node:process';
import { ReconError } from '../../domain/errors.ts';
import { type Architecture, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';
import { exists, freeBytes } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import { boardOf } from './boards.ts';

/** Files of the UEFI firmware for virtual machines. */
export interface OvmfFiles extends OvmfPair {
  /** the pair that enforces signatures, with Microsoft's keys enrolled; it needs the system management mode */
  secure?: OvmfPair;
}

export interface OvmfPair {
  codePath: string;
  variablesPath: string;
}

/** Program, and the package that has it on Debian. */
const PROGRAMS: ReadonlyArray<readonly [string, string]> = [
  ['swtpm', 'swtpm'],
  ['ip', 'iproute2'],
  ['nsenter', 'util-linux'],
  ['tcpdump', 'tcpdump'],
  ['dnsmasq', 'dnsmasq-base'],
  ['curl', 'curl'],
  ['mcopy', 'mtools'],
  ['ssh', 'openssh-client'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['debugfs', 'e2fsprogs'],
  ['mkfs.vfat', 'dosfstools'],
  ['mkswap', 'util-linux'],
  ['tar', 'tar'],
  ['cpio', 'cpio'],
];

/** Debian and openSUSE, newest names first; code and variables must have the same size class. */
const OVMF: readonly OvmfFiles[] = [
  {
    ...{ codePath: '/usr/share/OVMF/OVMF_CODE_4M.fd', variablesPath: '/usr/share/OVMF/OVMF_VARS_4M.fd' },
    secure: { codePath: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd', variablesPath: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd' },
  },
  { codePath: '/usr/share/OVMF/OVMF_CODE.fd', variablesPath: '/usr/share/OVMF/OVMF_VARS.fd' },
  {
    ...{ codePath: '/usr/share/qemu/ovmf-x86_64-4m-code.bin', variablesPath: '/usr/share/qemu/ovmf-x86_64-4m-vars.bin' },
    secure: { codePath: '/usr/share/qemu/ovmf-x86_64-smm-ms-code.bin', variablesPath: '/usr/share/qemu/ovmf-x86_64-smm-ms-vars.bin' },
  },
  { codePath: '/usr/share/qemu/ovmf-x86_64-code.bin', variablesPath: '/usr/share/qemu/ovmf-x86_64-vars.bin' },
];

const AAVMF: readonly OvmfFiles[] = [
  {
    ...{ codePath: '/usr/share/AAVMF/AAVMF_CODE.fd', variablesPath: '/usr/share/AAVMF/AAVMF_VARS.fd' },
    secure: { codePath: '/usr/share/AAVMF/AAVMF_CODE.ms.fd', variablesPath: '/usr/share/AAVMF/AAVMF_VARS.ms.fd' },
  },
  { codePath: '/usr/share/qemu/aavmf-aarch64-code.bin', variablesPath: '/usr/share/qemu/aavmf-aarch64-vars.bin' },
];

const FIRMWARE: Readonly<Record<Architecture, readonly OvmfFiles[]>> = { x86_64: OVMF, arm64: AAVMF };

const MIB = 1024 * 1024;
const DISK_SPACE_BYTES = 3 * 1024 * MIB;

/**
 * Makes sure that the rehearsal can run here, and finds the UEFI firmware.
 * @throws ReconError `not-root`, `host-unfit` (names all that is missing), `disk-full`
 */
export async function checkHost(machines: readonly LabMachine[], workDir: string): Promise<OvmfFiles> {
  if (geteuid?.() !== 0) {
    throw new ReconError('not-root', 'the rehearsal needs root, for network namespaces and tap devices', { hint: 'sudo make lab' });
  }
  const architecture = machines[0]?.architecture ?? USUAL_ARCHITECTURE;
  const missing = await findMissingPrograms(architecture);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))].join(' ');
    throw new ReconError('host-unfit', `these programs are missing: ${missing.map(([program]) => program).join(', ')}`, {
      hint: `on Debian: apt install ${packages}`,
    });
  }
  const neededBytes = machines.reduce((sum, machine) => sum + machine.memoryMiB * MIB, 0);
  if (freemem() < neededBytes) {
    throw new ReconError(
      'host-unfit',
      `the rehearsal's machines need ${neededBytes / MIB} MiB of memory, ${Math.floor(freemem() / MIB)} MiB are free`,
    );
  }
  if ((await freeBytes(workDir)) < DISK_SPACE_BYTES) {
    throw new ReconError('disk-full', `${workDir} has less than ${DISK_SPACE_BYTES / MIB} MiB of free space`);
  }
  return findOvmf(
    architecture,
    machines.some(({ secureBoot }) => secureBoot === true),
  );
}

async function findMissingPrograms(architecture: Architecture): Promise<Array<readonly [string, string]>> {
  const missing: Array<readonly [string, string]> = [];
  const { program, debianPackage } = boardOf({ architecture });
  for (const entry of [[program, debianPackage], ...PROGRAMS] as const) {
    // the exit code does not matter, some know no --version: only whether there is such a program
    const result = await run([entry[0], '--version'], { timeoutMs: 10_000 });
    if (result.status === 'absent') missing.push(entry);
  }
  return missing;
}

async function findOvmf(architecture: Architecture, isSecure: boolean): Promise<OvmfFiles> {
  const isThere = async (pair: OvmfPair | undefined): Promise<boolean> =>
    pair !== undefined && (await exists(pair.codePath)) && (await exists(pair.variablesPath));
  for (const files of FIRMWARE[architecture]) if ((await isThere(files)) && (!isSecure || (await isThere(files.secure)))) return files;
  throw new ReconError('host-unfit', `there is no UEFI firmware for virtual machines (OVMF)${isSecure ? ' that has Secure Boot' : ''}`, {
    hint: 'Debian: apt install ovmf (arm64: qemu-efi-aarch64); openSUSE: zypper install qemu-ovmf-x86_64 (arm64: qemu-uefi-aarch64)',
  });
}
