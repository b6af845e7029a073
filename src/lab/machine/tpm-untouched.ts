import { join } from 'node:path';
import type { LabMachine } from '../plan/lab-plan.ts';
import type { TpmContents } from './tpm-message.ts';
import { readTpmContents, type TpmPlace } from './virtual-tpm.ts';

/** A TPM of a machine before that is switched on. */
export interface PreparedTpm {
  machine: string;
  place: TpmPlace;
  contents: TpmContents;
}

/** Where the TPM of a machine keeps its memory, and where it listens. */
export function tpmPlace(directories: { workDir: string; socketDir: string }, machine: LabMachine): TpmPlace {
  return {
    stateDirectory: join(directories.workDir, `tpm-${machine.name}`),
    socketPath: join(directories.socketDir, `${machine.name}.tpm`),
  };
}

/** Makes the TPMs of all machines that have one. */
export async function prepareTpms(
  machines: readonly LabMachine[],
  directories: { workDir: string; socketDir: string },
): Promise<PreparedTpm[]> {
  const prepared: PreparedTpm[] = [];
  for (const machine of machines.filter((one) => one.tpm !== undefined)) {
    const place = tpmPlace(directories, machine);
    prepared.push({ machine: machine.name, place, contents: await readTpmContents(place) });
  }
  return prepared;
}

/** Findings about the TPMs of machines whose QEMU has ended. */
export async function findTouchedTpms(prepared: readonly PreparedTpm[]): Promise<string[]> {
  const findings: string[] = [];
  for (const { contents, machine, place } of prepared) findings.push(...findTpmChanges(machine, contents, await readTpmContents(place)));
  return findings;
}

/**
 * What was changed in a TPM's memory. Not its whole state is compared: the firmware and the kernel start and stop it at each boot, and
 * it counts that in its clock; what they measure into its registers is lost with the power.
 */
export function findTpmChanges(machine: string, before: TpmContents, after: TpmContents): string[] {
  const words: Record<keyof TpmContents, string> = {
    persistentObjects: 'stored keys',
    nvIndexes: 'memory areas',
    permanentAttributes: 'permanent attributes',
    lockout: 'lockout settings',
  };
  return (['persistentObjects', 'nvIndexes', 'permanentAttributes', 'lockout'] as const)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${machine}: the TPM's ${words[name]} were ${hexadecimal(before[name])} and are now ${hexadecimal(after[name])}`);
}

function hexadecimal(value: number | readonly number[]): string {
  if (typeof value === 'number') return `0x${value.toString(16)}`;
  return value.length === 0 ? 'none' : value.map((one) => `0x${one.toString(16)}`).join(', ');
}
