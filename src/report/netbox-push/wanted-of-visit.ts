import type { LeaveOut } from '../export/format.ts';
import { SwitchPorts } from '../export/formats/netbox/cables.ts';
import type { ExportMachine } from '../export/machine.ts';
import { KINDS_IN_ORDER, type NetboxKind } from './kinds.ts';
import { machineObjects } from './machine-objects.ts';
import type { PushSettings } from './push-context.ts';
import { SharedObjects } from './shared-objects.ts';
import type { WantedObject } from './wanted.ts';

/** All that NetBox is to hold of a visit. */
export interface WantedOfVisit {
  /** in the order in which they can be made */
  kinds: ReadonlyMap<NetboxKind, readonly WantedObject[]>;
  /** fields that can be said only when all objects are there */
  later: readonly WantedObject[];
}

/** Gathers them, machine by machine; what all have in common is wanted once. */
export async function wantedOfVisit(
  machines: AsyncIterable<ExportMachine>,
  settings: PushSettings,
  leaveOut: LeaveOut,
): Promise<WantedOfVisit> {
  const shared = new SharedObjects();
  const context = { settings, shared, switches: new SwitchPorts(), leaveOut };
  const all: WantedObject[] = [];
  for await (const machine of machines) all.push(...machineObjects(machine, context));
  const objects = [...shared.all(), ...all.filter(({ of }) => of === undefined)];
  const byKind = Map.groupBy(objects, ({ kind }) => kind);
  return {
    kinds: new Map(KINDS_IN_ORDER.map((kind) => [kind, byKind.get(kind) ?? []])),
    later: merged(all.filter(({ of }) => of !== undefined)),
  };
}

/** One of each object: NetBox takes an object once in a list of changes. */
function merged(later: readonly WantedObject[]): WantedObject[] {
  const groups = Map.groupBy(later, ({ kind, key }) => `${kind} ${key}`);
  return [...groups.values()].flatMap((some) => {
    const [one] = some;
    if (one === undefined) return [];
    const first = Object.assign({}, ...some.map((each) => each.first)) as WantedObject['first'];
    return [{ ...one, first, facts: Object.assign({}, ...some.map((each) => each.facts ?? {})) as WantedObject['first'] }];
  });
}
