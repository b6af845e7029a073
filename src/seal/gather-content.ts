import { readFile } from 'node:fs/promises';
import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJsonText } from '../domain/values/plain-json.ts';
import { CLOCK_NOT_SET, isTimePossible } from '../domain/visit/possible-time.ts';
import type { EarlierVisit, VisitStart } from '../domain/visit/visit-start.ts';
import type { MergedSource } from '../domain/visit-tarball.ts';
import { type FleetJudgement, judgeFleet } from '../judge/judge-fleet.ts';
import { exists } from '../platform/files/files.ts';
import type { Spool, SpooledList } from '../platform/files/spool.ts';
import type { ReportMachine, ReportParts } from '../report/fleet/report-machine.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import { type ReportHeading, type ReportSummary, reportPieces } from '../report/page/report-html.ts';
import { type SigningKey, signingCode } from '../tarball/signature.ts';
import { addEarlyMachines, type EarlySources } from './early-machines.ts';
import { ledgerTimes } from './ledger-times.ts';
import { type ListedMachines, listMachines, withPorts } from './listed-machines.ts';
import { addEarlier, type ReadRecords, readRecords } from './read-records.ts';
import type { SealedRevision } from './sealed-revision.ts';
import type { GatheredContent } from './tarball-members.ts';
import { earlierNodes, listedNodes } from './tarball-nodes.ts';

export interface ContentInput {
  site: string;
  imageVersion: string;
  now: Date;
  revisions: readonly SealedRevision[];
  /** older records of addresses that stand in `revisions`; they are kept, and listed as nothing of their own */
  earlier?: readonly SealedRevision[];
  /** what is merged here, the oldest first */
  sources?: readonly MergedSource[];
  /** leaves the raw captures out, and says so */
  withoutCaptures?: boolean;
  /** what is known to be missing before anything is written */
  notes?: readonly string[];
  /** the visit that all of it is of; a merged tarball has one for each source instead */
  visit?: VisitStart;
  /** what else is on the stick, and not in the tarball */
  earlierVisits?: readonly EarlierVisit[];
  missing: readonly MissingMachine[];
  ledgerPath: string;
  /** what is known of machines without a record; without it only the list of them is in the tarball */
  early?: EarlySources;
  /** program of report.html; without it the page has no search */
  reportScript?: string;
  /** signs the manifest */
  signingKey?: SigningKey;
}

const WITHOUT_CAPTURES =
  'the raw captures are left out, because the stick had no room for them; they are on it below records/, and recon recover makes a tarball with them';

/** Reads each record once, judges the fleet, and makes all that goes into the tarball but the captures. */
export async function gatherContent(input: ContentInput, spool: Spool): Promise<GatheredContent & Pick<ReadRecords, 'readable'>> {
  const { now, earlier = [], sources, signingKey, visit, earlierVisits } = input;
  const clock = sources !== undefined || isTimePossible({ at: now.toISOString(), visit }) ? [] : [CLOCK_NOT_SET];
  const notes = [...(input.notes ?? []), ...clock];
  const read = await readRecords(input.revisions, spool);
  const { readable, records } = read;
  const judged = judgeRecords(read, input.missing);
  const { judgement, listed, missing } = judged;
  await addEarlier(records, earlier);
  const early = await addEarlyMachines(records, missing, input.early);
  const ledger = (await exists(input.ledgerPath)) ? plainLines(await readFile(input.ledgerPath)) : undefined;
  const about = {
    ...{ site: input.site, createdAt: now.toISOString(), imageVersion: input.imageVersion },
    ...definedOnly({ visit, sources, earlierVisits: earlierVisits?.length === 0 ? undefined : earlierVisits }),
  };
  const summary = { ...about, ...(await reportSummary(judged, read.parts, ledger, input)) };
  return {
    ...{ ...about, records, readable, rows: listed.rows, earlyRows: early.rows, missing, judgement },
    report: await spooledReport(summary, read.details.completed(listed), spool),
    nodes: [...listedNodes(readable, judgement.listedAs), ...earlierNodes(earlier, judgement.listedAs), ...early.nodes],
    notes: [...notes, ...(input.withoutCaptures === true ? [WITHOUT_CAPTURES] : []), ...read.notes],
    ...(input.withoutCaptures === true ? { withoutCaptures: true as const } : {}),
    ...definedOnly({ ledger, signingKey }),
  };
}

/** Anything but what lines of JSON are usually made of. */
const NOT_PRINTED = /[^\n -~]/;

/** A ledger that an older version wrote may steer a terminal. It may be large, and nearly all are of plain letters. */
function plainLines(ledger: Buffer): Buffer {
  return NOT_PRINTED.test(ledger.toString('latin1')) ? Buffer.from(plainJsonText(ledger.toString('utf8'))) : ledger;
}

interface JudgedFleet {
  judgement: FleetJudgement;
  listed: ListedMachines;
  missing: MissingMachine[];
}

function judgeRecords({ rows, facts, readable }: ReadRecords, missing: readonly MissingMachine[]): JudgedFleet {
  const judgement = judgeFleet(facts);
  // who has no lease speaks for no other address
  const doubtful = new Set(readable.filter(({ receipt }) => receipt?.unleased === true).map(({ mac }) => mac));
  const proven = facts.filter(({ name }) => !doubtful.has(name));
  return { judgement, listed: listMachines(rows, facts, judgement), missing: withPorts(missing, proven, judgement) };
}

async function reportSummary(
  { judgement: { findings, identity }, listed, missing }: JudgedFleet,
  parts: ReadonlyMap<string, ReportParts>,
  ledger: Buffer | undefined,
  { reportScript, signingKey, withoutCaptures }: Pick<ContentInput, 'reportScript' | 'signingKey' | 'withoutCaptures'>,
): Promise<Omit<ReportSummary, keyof ReportHeading>> {
  const machines = listed.rows.flatMap((row): ReportMachine[] => {
    const own = parts.get(row.mac);
    return own === undefined ? [] : [{ ...row, ...own, findings: listed.findingsOf.get(row.mac) ?? [] }];
  });
  const times = ledger === undefined ? undefined : await ledgerTimes(ledger);
  const code = signingKey === undefined ? undefined : signingCode(signingKey);
  return {
    machines,
    missing,
    findings,
    identity,
    ...definedOnly({ times, script: reportScript, code, isWithoutCaptures: withoutCaptures }),
  };
}

/** The tar header in front of it wants the size of the whole page. */
async function spooledReport(summary: ReportSummary, sections: AsyncIterable<string>, spool: Spool): Promise<SpooledList> {
  const report = spool.list();
  for await (const piece of reportPieces(summary, sections)) await report.add(Buffer.from(piece));
  return report;
}
