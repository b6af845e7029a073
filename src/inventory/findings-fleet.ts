import { type Finding, majority, type NamedRecord, sectionData } from './finding.ts';

/** With fewer machines of a model there is no "usual". */
const GROUP = 3;

/** What only shows beside others: among machines of one model, the one with another BIOS or another amount of memory. */
export function findFleetOddities(records: readonly NamedRecord[]): Finding[] {
  const groups = new Map<string, NamedRecord[]>();
  for (const named of records) {
    const system = sectionData(named.record.sections.system);
    if (system?.product === undefined) continue;
    const model = [system.vendor, system.product].filter((part) => part !== undefined).join(' ');
    groups.set(model, [...(groups.get(model) ?? []), named]);
  }
  return [...groups].flatMap(([model, group]) => (group.length < GROUP ? [] : [...oddBios(model, group), ...oddMemory(model, group)]));
}

function oddBios(model: string, group: readonly NamedRecord[]): Finding[] {
  const versionOf = ({ record }: NamedRecord): string | undefined => sectionData(record.sections.firmware)?.version;
  return odd(group, versionOf, (version, usual) => ({
    severity: 'warning',
    code: 'bios-odd',
    message: `BIOS ${version}, most other ${model} here have ${usual}`,
    evidence: 'firmware.version',
  }));
}

function oddMemory(model: string, group: readonly NamedRecord[]): Finding[] {
  const sizeOf = ({ record }: NamedRecord): number | undefined => sectionData(record.sections.memory)?.installedBytes;
  return odd(group, sizeOf, (size, usual) => ({
    severity: size < usual ? 'warning' : 'note',
    code: 'memory-odd',
    message: `${size / 1024 ** 3} GiB of memory, most other ${model} here have ${usual / 1024 ** 3} GiB`,
    evidence: 'memory.installedBytes',
  }));
}

function odd<T>(
  group: readonly NamedRecord[],
  pick: (named: NamedRecord) => T | undefined,
  describe: (value: T, usual: T) => Omit<Finding, 'machine'>,
): Finding[] {
  const values = group.map((named) => ({ name: named.name, value: pick(named) }));
  const known = values.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
  const usual = known.length < GROUP ? undefined : majority(known.map(({ value }) => value));
  if (usual === undefined) return [];
  return known.filter(({ value }) => value !== usual).map(({ name, value }) => ({ ...describe(value, usual), machine: name }));
}
