import type { EarlyFacts } from '../domain/early-facts.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { macWithHyphens } from '../domain/values/mac.ts';
import type { PartialRecords } from '../records/partial-records.ts';
import { type EarlyRow, machineRow } from '../report/machine-row.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import type { TarWriter } from '../tarball/tar-writer.ts';

/** A machine without a record, and what is known of it in the form of one. */
export interface EarlyMachine {
  missing: MissingMachine;
  record: NodeRecord;
}

/** Makes a record of the little that is known; the service brings it, because a master reads no captures. */
export type MakeEarlyRecord = (
  machine: { mac: string; facts: EarlyFacts | undefined; files: ReadonlyMap<string, Buffer> | undefined },
  reason: string,
) => NodeRecord;

export interface EarlySources {
  partial: PartialRecords;
  makeRecord: MakeEarlyRecord;
}

/** The machines that asked and did not arrive, one by one; an address that is a port of a machine with a record is none of them. */
export async function* earlyMachines(missing: readonly MissingMachine[], sources: EarlySources | undefined): AsyncIterable<EarlyMachine> {
  if (sources === undefined) return;
  for (const machine of missing) {
    if (machine.portOf !== undefined) continue;
    const files = await sources.partial.filesOf(machine.mac);
    yield { missing: machine, record: sources.makeRecord({ mac: machine.mac, facts: machine.facts, files }, reasonOf(machine)) };
  }
}

/** Its line in nodes.csv. */
export function earlyRow({ missing, record }: EarlyMachine): EarlyRow {
  const { revision: _none, ...row } = machineRow(missing.mac, 0, record);
  const { verdict } = missing;
  return {
    ...row,
    ...definedOnly({ origin: record.origin }),
    ...(verdict === undefined ? {} : { verdict: `${verdict.sentence} ${verdict.hint}` }),
  };
}

/** Its line in nodes.jsonl. There is no revision, because nothing of it was received as a record. */
export function earlyLine({ missing: { mac, verdict }, record }: EarlyMachine): string {
  return `${JSON.stringify({ mac, origin: record.origin, ...definedOnly({ verdict }), record })}\n`;
}

/** Its line in verdicts.jsonl. */
export function verdictLine({ mac, stage, at, address, verdict, portOf }: MissingMachine): string {
  return `${JSON.stringify({ mac, stage, at, address, verdict, portOf })}\n`;
}

/** Its directory, like that of a machine with a record. */
export async function addEarlyMachine(
  writer: TarWriter,
  { missing, record }: EarlyMachine,
  sources: EarlySources | undefined,
): Promise<void> {
  const folder = `nodes/${macWithHyphens(missing.mac)}`;
  await writer.add(`${folder}/node.json`, Buffer.from(JSON.stringify(record)));
  for (const [path, content] of (await sources?.partial.filesOf(missing.mac)) ?? []) await writer.add(`${folder}/capture/${path}`, content);
}

function reasonOf({ verdict, stage }: MissingMachine): string {
  return verdict?.sentence ?? `The machine has not sent a record; its last step was ${stage}.`;
}
