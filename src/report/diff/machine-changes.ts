import type { DiffMachine, PartFact, PortFact } from './facts.ts';
import type { ValueFact } from './values.ts';

export type ChangeKind =
  | 'moved'
  | `disk-${'swapped' | 'added' | 'removed' | 'moved'}`
  | `dimm-${'swapped' | 'added' | 'removed' | 'moved'}`
  | 'port-added'
  | 'port-removed'
  | ValueFact['kind']
  | 'listed-as'
  | 'not-compared';

/** One difference of a machine between two visits. A missing side is what was not there. */
export interface Change {
  kind: ChangeKind;
  /** place or part, for people */
  what: string;
  before?: string;
  after?: string;
}

/** What changed in a machine. Parts that one of the visits could not read are named, not compared. */
export function machineChanges(before: DiffMachine, after: DiffMachine): Change[] {
  return [
    ...(before.mac === after.mac ? [] : [{ kind: 'listed-as' as const, what: 'listed as', before: before.mac, after: after.mac }]),
    ...both('network ports', before.ports, after.ports, portChanges),
    ...both('disks', before.disks, after.disks, (ours, theirs) => partChanges('disk', ours, theirs)),
    ...both('memory modules', before.dimms, after.dimms, (ours, theirs) => partChanges('dimm', ours, theirs)),
    ...valueChanges(before.values, after.values),
  ];
}

function both<Facts>(
  what: string,
  before: Facts | undefined,
  after: Facts | undefined,
  compare: (before: Facts, after: Facts) => Change[],
): Change[] {
  if (before !== undefined && after !== undefined) return compare(before, after);
  if (before === undefined && after === undefined) return [];
  const said = 'not reported';
  return [{ kind: 'not-compared', what, ...(before === undefined ? { before: said } : { after: said }) }];
}

/** The machine moved when a port has other neighbours than before; a port without any says nothing. */
function portChanges(before: readonly PortFact[], after: readonly PortFact[]): Change[] {
  const [ours, theirs] = [byMac(before), byMac(after)];
  const moved = before.flatMap((port): Change[] => {
    const now = theirs.get(port.mac)?.neighbours ?? [];
    if (port.neighbours.length === 0 || now.length === 0) return [];
    if (now.some(({ key }) => port.neighbours.some((one) => one.key === key))) return [];
    return [{ kind: 'moved', what: `port ${port.name} (${port.mac})`, before: labelsOf(port.neighbours), after: labelsOf(now) }];
  });
  const removed = before.filter(({ mac }) => !theirs.has(mac));
  const added = after.filter(({ mac }) => !ours.has(mac));
  return [
    ...moved,
    ...removed.map(({ name, mac }): Change => ({ kind: 'port-removed', what: 'network port', before: `${name} ${mac}` })),
    ...added.map(({ name, mac }): Change => ({ kind: 'port-added', what: 'network port', after: `${name} ${mac}` })),
  ];
}

function byMac(ports: readonly PortFact[]): Map<string, PortFact> {
  return new Map(ports.map((port) => [port.mac, port]));
}

function labelsOf(neighbours: PortFact['neighbours']): string {
  return neighbours.map(({ label }) => label).join(', ');
}

/** Parts are followed by serial number where it is unique, otherwise by what they are and where they sit. */
function partChanges(part: 'disk' | 'dimm', before: readonly PartFact[], after: readonly PartFact[]): Change[] {
  const [ours, theirs] = [keyed(before), keyed(after)];
  const changes: Change[] = [];
  const arrivedAt = Map.groupBy(
    [...theirs].filter(([key]) => !ours.has(key)),
    ([, { place }]) => place,
  );
  for (const [key, { place, label }] of ours) {
    const now = theirs.get(key);
    if (now !== undefined) {
      if (now.place !== place && isFixed(place) && isFixed(now.place))
        changes.push({ kind: `${part}-moved`, what: label, before: place, after: now.place });
      continue;
    }
    const successor = arrivedAt.get(place)?.shift()?.[1];
    if (successor === undefined) changes.push({ kind: `${part}-removed`, what: place, before: label });
    else changes.push({ kind: `${part}-swapped`, what: place, before: label, after: successor.label });
  }
  for (const [, { place, label }] of [...arrivedAt.values()].flat()) changes.push({ kind: `${part}-added`, what: place, after: label });
  return changes;
}

/** The kernel's own names change from boot to boot. */
function isFixed(place: string): boolean {
  return !/^(sd[a-z]+|nvme\d+n\d+|vd[a-z]+|hd[a-z]+|\d+:\d+:\d+:\d+)$/.test(place);
}

function keyed(parts: readonly PartFact[]): Map<string, PartFact> {
  const times = Map.groupBy(parts, ({ serial }) => serial);
  return new Map(
    parts.map((part) => {
      const isUnique = part.serial !== undefined && times.get(part.serial)?.length === 1;
      return [isUnique ? `serial ${part.serial}` : `${part.label} in ${part.place}`, part];
    }),
  );
}

/** Values that both visits know; one that only one of them knows is no change. */
function valueChanges(before: readonly ValueFact[], after: readonly ValueFact[]): Change[] {
  const theirs = new Map(after.map((fact) => [fact.what, fact.value]));
  return before.flatMap(({ kind, what, value }) => {
    const now = theirs.get(what);
    return now === undefined || now === value ? [] : [{ kind, what, before: value, after: now }];
  });
}
