import type { Finding } from '../domain/record/finding.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { isPortOf } from '../judge/identity/is-port-of.ts';
import type { FleetJudgement, MachineFacts } from '../judge/judge-fleet.ts';
import type { MachineRow } from '../report/machine-row.ts';
import type { MissingMachine } from '../report/missing-machine.ts';

export interface ListedMachines {
  /** one for each machine, however many addresses it came under */
  rows: MachineRow[];
  rowOf: ReadonlyMap<MacAddress, MachineRow>;
  findingsOf: ReadonlyMap<MacAddress, Finding[]>;
}

/** The rows of a visit's machines, completed by what the visit as a whole shows. */
export function listMachines(rows: readonly MachineRow[], facts: readonly MachineFacts[], judgement: FleetJudgement): ListedMachines {
  const scores = new Map(facts.map(({ name, fingerprint }) => [name, fingerprint.score]));
  const others = new Map(judgement.identity.same.map(({ machines: [listed, ...macs] }) => [listed, macs]));
  const findingsOf = Map.groupBy(judgement.findings, (finding) => finding.machine);
  const listed = rows
    .filter((row) => !judgement.listedAs.has(row.mac))
    .map((row): MachineRow => {
      const [findings, otherMacs, identityScore] = [findingsOf.get(row.mac) ?? [], others.get(row.mac), scores.get(row.mac)];
      const worstFinding = findings[0]?.severity;
      return {
        ...row,
        ...definedOnly({ otherMacs }),
        findingCount: findings.length,
        ...definedOnly({ worstFinding, identityScore }),
      };
    });
  return { rows: listed, rowOf: new Map(listed.map((row) => [row.mac, row])), findingsOf };
}

/** Firmware tries one port after the other: an address that got no further is often a port of a machine that did. */
export function withPorts(missing: readonly MissingMachine[], facts: readonly MachineFacts[], judgement: FleetJudgement): MissingMachine[] {
  const claims = new Map(
    facts.flatMap(({ name, order, fingerprint: { keys } }) =>
      keys
        .filter(({ kind }) => kind === 'nic')
        .map(({ value }) => [value, { keys, sequence: order, portOf: judgement.listedAs.get(name) ?? name }] as const),
    ),
  );
  return missing.map((machine) => {
    const claim = claims.get(machine.mac);
    return claim === undefined || !isPortOf(machine, claim) ? machine : { ...machine, portOf: claim.portOf };
  });
}
