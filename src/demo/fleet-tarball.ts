import { basename, dirname, join } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import type { Stage } from '../domain/stages.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { temporaryDirectory, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { recordFacts } from '../records/record-facts.ts';
import { RECORD_FILE, type StoredRevision } from '../records/revisions.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import { sealTarball } from '../seal/seal-tarball.ts';
import { fleetLedger } from './fleet/fleet-ledger.ts';
import type { FleetMachine } from './fleet/fleet-machine.ts';

/** One that asked and never sent a record. */
export type LostMachine = Omit<MissingMachine, 'at'> & { mac: MacAddress; stage: Stage };

export interface FleetVisit {
  site: string;
  /** when it was sealed; the first machine came seven hours before */
  now: Date;
  machines: Iterable<FleetMachine>;
  lost: readonly LostMachine[];
  /** the first machine once more, under this address, as from firmware that tries one port after the other */
  twin?: MacAddress;
}

const HOURS = 7;

/** Writes the tarball of a visit of made-up machines, sealed by the master's own code, but not signed. The same machines give the same visit. */
export async function sealFleet(path: string, { site, now, machines, lost, twin }: FleetVisit): Promise<{ machines: number }> {
  await using directory = await temporaryDirectory(`.${basename(path)}-`, dirname(path));
  const work = directory.path;
  const revisions: StoredRevision[] = [];
  for (const machine of machines) revisions.push(await stored(work, machine, revisions.length));
  const startMs = now.getTime() - HOURS * 3_600_000;
  const ledgerPath = join(work, 'ledger.jsonl');
  await writeAtomic(
    ledgerPath,
    fleetLedger(
      revisions.map(({ mac }) => mac),
      lost,
      startMs,
    ),
  );
  const [first] = revisions;
  if (first !== undefined && twin !== undefined) revisions.push({ ...first, mac: twin, receipt: receipt(0) });
  const sealed = await sealTarball({
    ...{ directory: join(work, 'sealed'), site, imageVersion: '13.0.1', now, revisions, ledgerPath, replaces: undefined },
    missing: lost.map((machine, at): MissingMachine => ({ ...machine, at: new Date(startMs + at * 1000).toISOString() })),
    reportScript: await reportScript(),
  });
  await movePath(sealed.path, path);
  return { machines: sealed.machines };
}

async function stored(work: string, { mac, record }: FleetMachine, at: number): Promise<StoredRevision> {
  const directory = join(work, String(at));
  await makeDirectory(directory);
  await writeAtomic(join(directory, RECORD_FILE), JSON.stringify(record));
  return { mac, revision: 1, directory, recordSha256: '', captureSha256: undefined, facts: recordFacts(record), receipt: receipt(at + 1) };
}

function receipt(masterSequence: number): StoredRevision['receipt'] {
  return { masterSequence } as StoredRevision['receipt'];
}
