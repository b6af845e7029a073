import { basename } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import type { Finding } from '../domain/record/finding.ts';
import type { IdentityReport } from '../domain/record/identity.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { judgeFleet, type MachineFacts, machineFacts } from '../judge/judge-fleet.ts';
import { writeReport } from '../platform/files/report-file.ts';
import { type ReportMachine, reportParts } from '../report/fleet/report-machine.ts';
import { countTimes } from '../report/fleet/visit-times.ts';
import { type MachineRow, machineRow } from '../report/machine-row.ts';
import { machineDetails } from '../report/page/details/machine-details.ts';
import { keptSections } from '../report/page/kept-sections.ts';
import { reportPieces } from '../report/page/report-html.ts';
import { isMachine, type Visit, type VisitNode } from '../tarball/visit.ts';
import { earlierPlaces } from './earlier-visits.ts';
import { missingFrom } from './missing-machines.ts';
import type { OnProgress } from './progress-steps.ts';

/** Where a tarball's report goes when nobody says it: beside the tarball's name, in the current directory. */
export function reportDirectory(tarball: string): string {
  if (tarball === '-') return 'recon-report';
  const name = basename(tarball);
  const plain = name.replace(/\.tar\.gz(?:\.age)?$|\.tgz$/, '');
  return plain === name ? `${name}-report` : plain;
}

/**
 * Writes `report.html` into the directory, made anew from a visit's records. With earlier visits each part has its trace.
 * @throws ReconError `not-writable`
 */
export async function writeVisitReport(
  visit: Visit,
  directory: string,
  onProgress: OnProgress,
  earlier: readonly Visit[] = [],
): Promise<{ path: string; machines: number; sizeBytes: number }> {
  const places = await earlierPlaces(earlier);
  const { findings, identity } = await judgement(visit);
  const findingsOf = Map.groupBy(findings, ({ machine }) => machine);
  const otherMacs = new Map(identity.same.map(({ machines: [listed = '', ...macs] }) => [listed, macs]));
  const machines: ReportMachine[] = [];
  const sections = keptSections();
  const early = new Map<MacAddress, NodeRecord>();
  for await (const node of visit.nodes()) {
    const { mac, record } = node;
    if (node.origin !== undefined) early.set(mac, record);
    if (!isMachine(node)) continue;
    const own = findingsOf.get(mac) ?? [];
    const row = listedRow(node, otherMacs.get(mac));
    machines.push({ ...row, ...reportParts(record), findings: own });
    sections.add(machineDetails(row, record, own, places?.historyOf(node)));
  }
  onProgress('writing the report');
  const { add, times } = countTimes();
  for await (const event of visit.ledger()) add(event);
  const visitTimes = times();
  const { site, createdAt, imageVersion, code, isWithoutCaptures, visit: start, earlierVisits, sources } = visit;
  const summary = {
    ...{ site, createdAt, imageVersion, machines, findings, identity },
    missing: await missingFrom(visit, early),
    ...definedOnly({ code, times: visitTimes, isWithoutCaptures, visit: start, earlierVisits, sources }),
    ...(places === undefined ? {} : { tracedThrough: places.sources.map(({ words }) => words) }),
    script: await reportScript(),
  };
  return { ...(await writeReport(directory, reportPieces(summary, sections.all()))), machines: machines.length };
}

function listedRow({ mac, revision = 1, record }: VisitNode, otherMacs: string[] | undefined): MachineRow {
  const score = record.identity?.score;
  return {
    ...machineRow(mac, revision, record),
    ...definedOnly({ identityScore: score, otherMacs }),
  };
}

/** What the master found; of a tarball that lost it, it is found again. */
async function judgement(visit: Visit): Promise<{ findings: Finding[]; identity: IdentityReport }> {
  const identity = await visit.identity();
  if (identity !== undefined) {
    const findings: Finding[] = [];
    for await (const finding of visit.findings()) findings.push(finding);
    return { findings, identity };
  }
  const facts: MachineFacts[] = [];
  for await (const node of visit.nodes()) if (isMachine(node)) facts.push(machineFacts(node.mac, facts.length, node.record, node));
  return judgeFleet(facts);
}
