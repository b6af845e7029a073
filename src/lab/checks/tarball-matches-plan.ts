import type { LabMachine } from '../plan/lab-plan.ts';
import type { TarballContent } from '../stick/read-tarball.ts';
import { findRecordMismatches } from './record-matches-machine.ts';

/** Findings: machines that are missing or too many in the tarball, and records that differ from their machine. */
export function findTarballMismatches(machines: readonly LabMachine[], tarball: TarballContent): string[] {
  const findings = [...tarball.findings];
  const known = new Set<string>();
  for (const machine of machines) {
    const macs = machine.nics.map((nic) => nic.mac).filter((mac) => tarball.nodes.has(mac));
    if (macs.length > 1) findings.push(`${machine.name} is in the tarball ${macs.length} times: ${macs.join(', ')}`);
    const [mac] = macs;
    const record = mac === undefined ? undefined : tarball.nodes.get(mac);
    if (record === undefined) findings.push(`${machine.name} is not in the tarball`);
    else findings.push(...findRecordMismatches(machine, record));
    for (const one of macs) known.add(one);
  }
  for (const mac of tarball.nodes.keys()) if (!known.has(mac)) findings.push(`the tarball has a machine that does not exist: ${mac}`);
  return findings;
}
