import { hash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type MacAddress, macWithHyphens } from '../../domain/values/mac.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import { sameOrNot } from '../../judge/identity/same-or-not.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { appendUnsynced } from '../../platform/files/unsynced-files.ts';
import { recordOrder } from '../../records/record-order.ts';
import { RECORD_FILE } from '../../records/revisions.ts';
import type { EarlySources } from '../../seal/early-machines.ts';
import type { SealedRevision } from '../../seal/sealed-revision.ts';
import { isMachine, type Visit, type VisitNode } from '../../tarball/visit.ts';
import { unknownMachine } from '../unknown-machine.ts';
import { unpackCaptures } from './captures.ts';
import { addressBeside, byMachine } from './strangers.ts';

export interface GatheredRecords {
  /** one for each machine behind an address: of several its newest */
  newest: SealedRevision[];
  /** the other records, the newest first */
  earlier: SealedRevision[];
  /** machines that never sent a record to anybody */
  early: EarlySources;
  /** addresses with a record */
  macs: ReadonlySet<MacAddress>;
  /** how many machines each visit has, in the order of the visits */
  machineCounts: readonly number[];
  /** what a reader of the result has to know */
  notes: string[];
}

interface Found {
  revision: SealedRevision;
  keys: ReturnType<typeof fingerprint>['keys'];
}

/** Writes the records of all visits, the oldest visit first, into `work`, one directory each, with their captures. */
export async function gatherRecords(
  visits: readonly Visit[],
  work: string,
  { warn }: { warn: (sentence: string) => void },
): Promise<GatheredRecords> {
  const found = new Map<MacAddress, Found[]>();
  const earlyRecords = new Map<MacAddress, { record: NodeRecord; files: ReadonlyMap<string, Buffer> }>();
  const notes: string[] = [];
  const machineCounts = visits.map(() => 0);
  for (const [number, visit] of visits.entries()) {
    const captures = await unpackCaptures(visit, join(work, `visit-${number}`));
    for await (const node of visit.nodes()) {
      if (isMachine(node)) machineCounts[number] = (machineCounts[number] ?? 0) + 1;
      const folder = node.folder ?? `nodes/${macWithHyphens(node.mac)}`;
      if (node.origin !== undefined) {
        earlyRecords.set(node.mac, { record: node.record, files: await captures.filesOf(folder) });
        continue;
      }
      const directory = captures.directoryOf(folder);
      await makeDirectory(directory);
      const bytes = Buffer.from(JSON.stringify(node.record));
      await appendUnsynced(join(directory, RECORD_FILE), bytes);
      const stored = { directory, recordSha256: hash('sha256', bytes), hasCapture: captures.has(folder) };
      const records = found.get(node.mac) ?? [];
      records.push({ revision: revisionOf(node, visit, number, stored), keys: fingerprint(node.record).keys });
      found.set(node.mac, records);
    }
  }
  const gathered = { newest: [] as SealedRevision[], earlier: [] as SealedRevision[], macs: new Set(found.keys()) };
  const note = (sentence: string): void => {
    notes.push(sentence);
    warn(sentence);
  };
  for (const [mac, records] of found) gatherAddress(mac, records, gathered, note);
  return { ...gathered, machineCounts, early: earlySources(earlyRecords), notes };
}

/** Of each machine behind an address its newest record; the address stays with the one that was there last. */
function gatherAddress(
  mac: MacAddress,
  records: readonly Found[],
  { newest, earlier, macs }: { newest: SealedRevision[]; earlier: SealedRevision[]; macs: Set<MacAddress> },
  note: (sentence: string) => void,
): void {
  const ordered = records.toSorted((a, b) => recordOrder(b.revision.receipt) - recordOrder(a.revision.receipt));
  const [last, ...others] = byMachine(ordered);
  for (const machine of [last, ...others]) {
    const [latest, ...older] = machine ?? [];
    if (latest === undefined) continue;
    const own = machine === last ? mac : addressBeside(macs, mac, latest);
    macs.add(own);
    newest.push({ ...latest.revision, mac: own });
    earlier.push(...older.map(({ revision }) => ({ ...revision, mac: own })));
    const source = latest.revision.source;
    if (own !== mac)
      note(
        `${mac}: the records of ${last?.[0]?.revision.source} and ${source} share this address and are of two machines; that of ${source} is listed as ${own}`,
      );
    for (const other of older)
      if (!areSame(latest, other))
        note(
          `${mac}: the records of ${source} and ${other.revision.source} share this address and may be of two machines; the newer one is listed`,
        );
  }
}

/** Of one address the later visit counts; within a visit the record that is listed. */
function revisionOf(
  node: VisitNode,
  visit: Visit,
  visitNumber: number,
  { directory, recordSha256, hasCapture }: { directory: string; recordSha256: string; hasCapture: boolean },
): SealedRevision {
  const masterSequence = visitNumber * 3 + (node.sameAs === undefined ? 2 : node.sameAs === node.mac ? 0 : 1);
  return {
    ...{ mac: node.mac, revision: node.revision ?? 1, directory, recordSha256 },
    captureSha256: hasCapture ? 'kept' : undefined,
    receipt: { masterSequence, ...definedOnly({ unleased: node.unleased }) } as SealedRevision['receipt'],
    source: node.source ?? basename(visit.path),
    ...definedOnly({ visitId: node.visit ?? visit.visit?.id, storedAt: node.storedAt }),
  };
}

function areSame(a: Found, b: Found): boolean {
  const { same } = sameOrNot([
    { name: 'a', order: 1, keys: a.keys },
    { name: 'b', order: 0, keys: b.keys },
  ]);
  return same.length > 0;
}

function earlySources(records: ReadonlyMap<MacAddress, { record: NodeRecord; files: ReadonlyMap<string, Buffer> }>): EarlySources {
  return {
    partial: { put: async () => {}, filesOf: async (mac) => records.get(mac)?.files },
    makeRecord: ({ mac }, reason) => records.get(mac)?.record ?? unknownMachine(reason),
  };
}
