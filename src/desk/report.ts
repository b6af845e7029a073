import { basename } from 'node:path';
import { reportScript } from '../builder/report-script.ts';
import type { Finding } from '../domain/finding.ts';
import type { IdentityReport } from '../domain/identity.ts';
import type { NodeRecord } from '../domain/node-record.ts';
import { judgeVisit, type MachineFacts, machineFacts } from '../inventory/visit.ts';
import { writeReport } from '../platform/report-file.ts';
import { type ReportMachine, type ReportParts, reportParts } from '../report/fleet/report-machine.ts';
import { countTimes } from '../report/fleet/visit-times.ts';
import { type MachineRow, machineRow } from '../report/machine-row.ts';
import { reportPieces } from '../report/page/report-html.ts';
import { isMachine, type Visit } from '../report/visit.ts';
import { missingOf } from './missing-machines.ts';

interface Kept {
  row: MachineRow;
  parts: ReportParts;
}

/** Tells of long work: machines read so far. */
type Progress = (line: string) => void;

/** Where a tarball's report goes when nobody says it: beside the tarball's name, in the current directory. */
export function reportDirectory(tarball: string): string {
  const name = basename(tarball);
  const plain = name.replace(/\.tar\.gz(?:\.age)?$|\.tgz$/, '');
  return plain === name ? `${name}-report` : plain;
}

/**
 * Writes `report.html` into the directory, made anew from a visit's records.
 * @throws ReconError `not-writable`
 */
export async function writeVisitReport(
  visit: Visit,
  directory: string,
  onProgress: Progress,
): Promise<{ path: string; machines: number; sizeBytes: number }> {
  const kept: Kept[] = [];
  for await (const node of visit.nodes()) {
    if (!isMachine(node)) continue;
    kept.push({ row: rowOf(node.mac, node.revision, node.record), parts: reportParts(node.record) });
    if (kept.length % 1000 === 0) onProgress(`${kept.length} machines read`);
  }
  const { findings, identity } = await judgement(visit);
  const machines = reportMachines(kept, findings, identity);
  const { add, times } = countTimes();
  for await (const event of visit.ledger()) add(event);
  const visitTimes = times();
  if (machines.length >= 1000) onProgress('writing the page');
  const { site, createdAt, imageVersion } = visit;
  const pieces = reportPieces(
    {
      ...{ site, createdAt, imageVersion, machines, findings, identity },
      missing: await missingOf(visit),
      ...(visitTimes === undefined ? {} : { times: visitTimes }),
      script: await reportScript(),
    },
    recordsOf(visit),
  );
  return { ...(await writeReport(directory, pieces)), machines: machines.length };
}

function rowOf(mac: string, revision: number | undefined, record: NodeRecord): MachineRow {
  const score = record.identity?.score;
  return { ...machineRow(mac, revision ?? 1, record), ...(score === undefined ? {} : { identityScore: score }) };
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
  for await (const node of visit.nodes()) if (isMachine(node)) facts.push(machineFacts(node.mac, facts.length, node.record));
  return judgeVisit(facts);
}

function reportMachines(kept: readonly Kept[], findings: readonly Finding[], identity: IdentityReport): ReportMachine[] {
  const findingsOf = Map.groupBy(findings, ({ machine }) => machine);
  const others = new Map(identity.same.map(({ machines: [listed = '', ...macs] }) => [listed, macs]));
  return kept.map(({ row, parts }) => {
    const otherMacs = others.get(row.mac);
    return { ...row, ...parts, findings: findingsOf.get(row.mac) ?? [], ...(otherMacs === undefined ? {} : { otherMacs }) };
  });
}

async function* recordsOf(visit: Visit): AsyncGenerator<NodeRecord> {
  for await (const node of visit.nodes()) if (isMachine(node)) yield node.record;
}
