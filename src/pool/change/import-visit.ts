import { NewNode } from '../../domain/pool/node-patch.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import type { VisitNode } from '../../domain/visit-tarball.ts';
import { judgeValue } from '../../judge/identity/usable-value.ts';

/** What a visit adds to a pool. */
export interface VisitImport {
  nodes: NewNode[];
  /** machines of the visit that are nodes already */
  known: { mac: MacAddress; name: string }[];
}

interface VisitMachine {
  mac: MacAddress;
  macs: MacAddress[];
  label: string | undefined;
  /** switch and port; undefined where no switch said so */
  place: string | undefined;
  serial: string | undefined;
  uuid: string | undefined;
  switch: string | undefined;
  port: string | undefined;
  memoryGiB: number | undefined;
}

/**
 * Nodes from the machines of a visit: called by the label that their owner gave them, where it is a name and no other machine has it, or by the next
 * free number, in the order of the switch ports. Older records, and machines that never sent one, are left out.
 * @param there nodes of the pool
 */
export async function nodesOfVisit(
  visit: AsyncIterable<VisitNode>,
  there: readonly { name: string; macs: readonly string[] }[],
): Promise<VisitImport> {
  const machines: VisitMachine[] = [];
  for await (const node of visit) if (node.sameAs === undefined && node.origin === undefined) machines.push(seenMachine(node));
  const holders = new Map(there.flatMap(({ name, macs }) => macs.map((mac) => [mac, name] as const)));
  const known = machines.flatMap(({ mac, macs }) => {
    const name = macs.map((one) => holders.get(one)).find((one) => one !== undefined);
    return name === undefined ? [] : [{ mac, name }];
  });
  const added = machines
    .filter(({ mac }) => !known.some((one) => one.mac === mac))
    .sort(
      (a, b) =>
        Number(a.place === undefined) - Number(b.place === undefined) ||
        (a.place ?? '').localeCompare(b.place ?? '', 'en', { numeric: true }),
    );
  const cards = counted(machines.flatMap(({ macs }) => macs));
  const names = freeNames(added, new Set(there.map(({ name }) => name)));
  const nodes = added.map(({ mac, macs, serial, uuid, switch: switchName, port, memoryGiB }, at): NewNode => {
    // adapters that go from machine to machine are no card of either
    const own = macs.filter((one) => one === mac || cards.get(one) === 1);
    return { name: names[at] ?? '', macs: own.slice(0, MOST_CARDS), ...definedOnly({ serial, uuid, switch: switchName, port, memoryGiB }) };
  });
  return { nodes, known };
}

const MOST_CARDS = 64;

function seenMachine({ mac, record }: VisitNode): VisitMachine {
  const { system, nics = [], bmc, memory } = recordData(record);
  // the link to the BMC has the same address on many machines, and a virtual function none of its own
  const ports = nics.filter((nic) => nic.bmcLink !== true && nic.virtualFunction !== true);
  const macs = ports.flatMap((nic) => parseMac(nic.permanentMac ?? nic.mac ?? '') ?? []);
  const [neighbour] = ports.flatMap((nic) => nic.lldp ?? []);
  const place = neighbour === undefined ? undefined : `${neighbour.chassisName ?? ''} ${neighbour.portId ?? ''}`;
  const label = labelName(system?.chassis?.assetTag) ?? labelName(bmc?.fru?.[0]?.productAssetTag);
  const bytes = memory?.installedBytes ?? memory?.totalBytes;
  return {
    ...{ mac, macs: [...new Set([mac, ...macs])], label, place, ...keysOf(system) },
    switch: placeName('switch', neighbour?.chassisName ?? neighbour?.chassisId),
    port: placeName('port', neighbour?.portId),
    memoryGiB: bytes === undefined || bytes <= 0 ? undefined : Math.round((bytes / 1024 ** 3) * 100) / 100 || undefined,
  };
}

/** Values that unrelated machines share would make two machines one, or one machine another. */
function keysOf(system: { serial?: string; uuid?: string } | undefined): Pick<VisitMachine, 'serial' | 'uuid'> {
  const good = (kind: 'serial' | 'uuid'): string | undefined => {
    const [judged, said] = [judgeValue(kind, system?.[kind]), system?.[kind]?.trim()];
    return judged !== undefined && 'value' in judged && NewNode.shape[kind].safeParse(said).success ? said : undefined;
  };
  return { serial: good('serial'), uuid: good('uuid') };
}

/** What a switch says of itself may be anything; a name that the pool's files cannot hold is left out. */
function placeName(kind: 'switch' | 'port', text: string | undefined): string | undefined {
  const said = text?.trim();
  return said !== undefined && NewNode.shape[kind].safeParse(said).success ? said : undefined;
}

/** A number alone is a label, and no name to call a machine by. */
function labelName(tag: string | undefined): string | undefined {
  const judged = judgeValue('serial', tag);
  if (judged === undefined || !('value' in judged)) return undefined;
  const name = judged.value.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return /[a-z]/.test(name) && PoolName.safeParse(name).success ? name : undefined;
}

function freeNames(machines: readonly VisitMachine[], taken: Set<string>): string[] {
  const labels = counted(machines.flatMap(({ label }) => label ?? []));
  const labelled = machines.map(({ label }) => (label !== undefined && labels.get(label) === 1 && !taken.has(label) ? label : undefined));
  for (const label of labelled) if (label !== undefined) taken.add(label);
  let number = 0;
  return labelled.map((label) => {
    if (label !== undefined) return label;
    while (taken.has(numbered(number))) number += 1;
    taken.add(numbered(number));
    return numbered(number);
  });
}

function numbered(number: number): string {
  return `node-${String(number).padStart(3, '0')}`;
}

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
