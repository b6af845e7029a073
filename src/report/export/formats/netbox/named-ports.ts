import type { Nic } from '../../../../domain/record/network.ts';
import type { ExportMachine } from '../../machine.ts';
import { portsOf } from '../../ports.ts';
import { oneLine } from '../../safe-text.ts';

/** NetBox's name for the port of the BMC. */
export const BMC_PORT = 'BMC';

/** Ports by names that NetBox takes: none twice, and none that is the BMC's. */
export function namedPorts(machine: ExportMachine): Map<string, Nic> {
  const ports = new Map<string, Nic>();
  for (const nic of portsOf(machine)) {
    const name = oneLine(nic.name, 64);
    if (name !== '' && name !== BMC_PORT && !ports.has(name)) ports.set(name, nic);
  }
  return ports;
}
