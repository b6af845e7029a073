import type { LabMachine } from './lab-plan.ts';

/** A machine's hardware in one line, for the person who watches. */
export function describeHardware(machine: LabMachine): string {
  const fitted = machine.dimms.filter((dimm) => dimm.module !== undefined).length;
  const empty = machine.dimms.length - fitted;
  return [
    firmwareWords(machine),
    `${machine.memoryMiB} MiB in ${fitted} DIMM${fitted === 1 ? '' : 's'}${empty === 0 ? '' : ` (${empty} slot${empty === 1 ? '' : 's'} empty)`}`,
    `disks ${tally(machine.disks.map((disk) => disk.bus))}`,
    `cards ${tally(machine.nics.map((nic) => nic.model))}`,
    machine.bmc === undefined ? 'no BMC' : `BMC ${firmwareVersion(machine.bmc)}`,
    machine.tpm === undefined ? 'no TPM' : `TPM 2.0 (${machine.tpm})`,
  ].join(', ');
}

function firmwareWords({ firmware, secureBoot, overHttp }: LabMachine): string {
  if (firmware === 'bios') return 'BIOS';
  return `UEFI${secureBoot === true ? ' with Secure Boot' : ''}${overHttp === true ? ' over HTTP' : ''}`;
}

function firmwareVersion({ firmware }: NonNullable<LabMachine['bmc']>): string {
  return `${firmware.major}.${`${firmware.minor}`.padStart(2, '0')}`;
}

/** `5 ahci, 1 nvme` in the order of their first occurrence. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`).join(' + ');
}
