import type { Finding, RecordFinding } from '../domain/record/finding.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { majority, sectionData } from './findings/judged-record.ts';

/** What has to be known of a machine to see it beside others. */
export interface FleetFacts {
  name: string;
  /** vendor and product; without one a machine has no equals */
  model: string | undefined;
  firmwareVersion: string | undefined;
  installedBytes: number | undefined;
}

/** The facts of a record, under the name that the machine is listed by. */
export function fleetFacts(name: string, { sections }: Pick<NodeRecord, 'sections'>): FleetFacts {
  const system = sectionData(sections.system);
  return {
    name,
    model: system?.product === undefined ? undefined : [system.vendor, system.product].filter((part) => part !== undefined).join(' '),
    firmwareVersion: sectionData(sections.firmware)?.version,
    installedBytes: sectionData(sections.memory)?.installedBytes,
  };
}

/** What only shows beside others: among machines of one model, the one with another BIOS or another amount of memory. */
export function findFleetOddities(machines: readonly FleetFacts[]): Finding[] {
  const groups = Map.groupBy(machines, (machine) => machine.model);
  return [...groups].flatMap(([model, group]) => (model === undefined ? [] : [...oddBios(model, group), ...oddMemory(model, group)]));
}

function oddBios(model: string, group: readonly FleetFacts[]): Finding[] {
  return odd(group, 'firmwareVersion', (version, usual) => ({
    severity: 'warning',
    code: 'bios-odd',
    message: `BIOS ${version}, most other ${model} here have ${usual}`,
    evidence: 'firmware.version',
  }));
}

function oddMemory(model: string, group: readonly FleetFacts[]): Finding[] {
  return odd(group, 'installedBytes', (size, usual) => ({
    severity: size < usual ? 'warning' : 'note',
    code: 'memory-odd',
    message: `${size / 1024 ** 3} GiB of memory, most other ${model} here have ${usual / 1024 ** 3} GiB`,
    evidence: 'memory.installedBytes',
  }));
}

function odd<K extends 'firmwareVersion' | 'installedBytes'>(
  group: readonly FleetFacts[],
  key: K,
  describe: (value: NonNullable<FleetFacts[K]>, usual: NonNullable<FleetFacts[K]>) => RecordFinding,
): Finding[] {
  const known = group.flatMap((machine) => {
    const value = machine[key];
    return value === undefined ? [] : [{ machine: machine.name, value }];
  });
  // so that one is odd, two others have to be equal
  const usual = majority(known.map(({ value }) => value));
  if (usual === undefined) return [];
  return known.filter(({ value }) => value !== usual).map(({ machine, value }) => ({ machine, ...describe(value, usual) }));
}
