import type { EarlyFacts } from '../domain/early-facts.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { macWithHyphens } from '../domain/values/mac.ts';
import type { PartialRecords } from '../records/partial-records.ts';
import { type EarlyRow, machineRow } from '../report/machine-row.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import type { KeptRecords } from './kept-records.ts';
import type { TarballNode } from './tarball-nodes.ts';
import { textOfRecord } from './text-of-record.ts';

/** A machine without a record, and what is known of it in the form of one. */
export interface EarlyMachine {
  missing: MissingMachine;
  record: NodeRecord;
}

/** Makes a record of the little that is known; the service brings it, because a master reads no captures. */
export type MakeEarlyRecord = (
  machine: { mac: string; facts: EarlyFacts | undefined; files: ReadonlyMap<string, Buffer> | undefined },
  reason: string,
) => NodeRecord | Promise<NodeRecord>;

export interface EarlySources {
  partial: PartialRecords;
  makeRecord: MakeEarlyRecord;
}

export interface AddedEarlyMachines {
  /** their lines of nodes.csv */
  rows: EarlyRow[];
  nodes: TarballNode[];
}

/** Adds what is known of the machines that asked and did not arrive. */
export async function addEarlyMachines(
  records: KeptRecords,
  missing: readonly MissingMachine[],
  sources: EarlySources | undefined,
): Promise<AddedEarlyMachines> {
  const added: AddedEarlyMachines = { rows: [], nodes: [] };
  if (sources === undefined) return added;
  for await (const machine of earlyMachines(missing, sources)) {
    added.rows.push(earlyRow(machine));
    added.nodes.push(earlyNode(machine, sources));
    await records.add(textOfRecord(JSON.stringify(machine.record)));
  }
  return added;
}

/** One by one; an address that is a port of a machine with a record is none of them. */
export async function* earlyMachines(missing: readonly MissingMachine[], sources: EarlySources): AsyncIterable<EarlyMachine> {
  for (const machine of missing) {
    if (machine.portOf !== undefined) continue;
    const files = await sources.partial.filesOf(machine.mac);
    yield { missing: machine, record: await sources.makeRecord({ mac: machine.mac, facts: machine.facts, files }, reasonOf(machine)) };
  }
}

function earlyRow({ missing, record }: EarlyMachine): EarlyRow {
  const { revision: _none, ...row } = machineRow(missing.mac, 0, record);
  const { verdict } = missing;
  return {
    ...row,
    ...definedOnly({ origin: record.origin }),
    ...(verdict === undefined ? {} : { verdict: `${verdict.sentence} ${verdict.hint}` }),
  };
}

/** There is no revision, because nothing of it was received as a record. */
function earlyNode({ missing: { mac, verdict }, record }: EarlyMachine, { partial }: EarlySources): TarballNode {
  const folder = `nodes/${macWithHyphens(mac)}`;
  return {
    head: { mac, origin: record.origin, ...definedOnly({ verdict }) },
    folder,
    addCapture: async (writer) => {
      for (const [path, content] of (await partial.filesOf(mac)) ?? []) await writer.add(`${folder}/capture/${path}`, content);
    },
  };
}

function reasonOf({ verdict, stage }: MissingMachine): string {
  return verdict?.sentence ?? `The machine has not sent a record; its last stage was ${stage}.`;
}
