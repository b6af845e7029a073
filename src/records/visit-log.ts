import { join } from 'node:path';
import type { VisitPlace } from '../domain/visit/visit-start.ts';
import { VisitBeginning, VisitSign, type VisitStart } from '../domain/visit/visit-start.ts';
import { appendLines, eachJsonLine, mendLastLine } from '../platform/files/append-log.ts';
import type { StoredRevision } from './revisions.ts';
import { VISITS_FILE } from './visit-files.ts';

/** A visit that the stick knows of. */
export interface KnownVisit {
  start: VisitStart;
  /** of each boot that took part in it */
  places: readonly VisitPlace[];
  /** the latest time that anything of it tells, by the master's clock */
  lastAt: string;
  /** `52-54-00-00-00-01/0001`: revisions without a receipt that were there when it began */
  untold: ReadonlySet<string>;
  /** records that any tarball of it held, as revisionName gives them */
  sealed: ReadonlySet<string>;
  /** tarballs that were last made by it */
  tarballs: readonly ClaimedTarball[];
}

/** A tarball that a visit has made. */
export interface ClaimedTarball {
  name: string;
  /** records that are in it, as revisionName gives them; undefined when an older version made it */
  holds: readonly string[] | undefined;
}

/** What is written down of visits: lines that make no sense are left out. @throws the system's error when the file cannot be read */
export async function readVisitLog(root: string): Promise<(VisitBeginning | VisitSign)[]> {
  const lines: (VisitBeginning | VisitSign)[] = [];
  for await (const line of eachJsonLine(join(root, VISITS_FILE), VisitBeginning.or(VisitSign))) lines.push(line);
  return lines;
}

/** Appends a line; what power took in the middle of the one before does not touch it. @throws the system's error */
export async function appendVisitLog(root: string, line: VisitBeginning | VisitSign): Promise<void> {
  const path = join(root, VISITS_FILE);
  await mendLastLine(path);
  await appendLines(path, [JSON.stringify(line)]);
}

/** All visits that the log or a receipt tells of, the oldest first. The log may be damaged: each receipt names its visit as a whole. */
export function knownVisits(lines: readonly (VisitBeginning | VisitSign)[], revisions: readonly StoredRevision[]): KnownVisit[] {
  const visits = new Map<string, KnownVisit & { places: VisitPlace[]; sealed: Set<string> }>();
  const take = (start: VisitStart, untold: readonly string[] = []): void => {
    if (visits.has(start.id)) return;
    visits.set(start.id, { start, places: [start.place], lastAt: start.begunAt, untold: new Set(untold), sealed: new Set(), tarballs: [] });
  };
  for (const line of lines) if (isBeginning(line)) take(line.begun, line.untold);
  for (const { receipt } of revisions) if (receipt?.visit !== undefined) take(receipt.visit);
  const live = (id: string, at: string): void => {
    const visit = visits.get(id);
    if (visit !== undefined && at > visit.lastAt) visit.lastAt = at;
  };
  const tarballs = new Map<string, ClaimedTarball & { visit: string }>();
  for (const line of lines) {
    if (isBeginning(line)) continue;
    live(line.visit, line.at);
    const visit = visits.get(line.visit);
    if (line.place !== undefined) visit?.places.push(line.place);
    for (const name of line.holds ?? []) visit?.sealed.add(name);
    if (line.tarball !== undefined) tarballs.set(line.tarball, { visit: line.visit, name: line.tarball, holds: line.holds });
  }
  for (const { receipt } of revisions) if (receipt?.storedAt !== undefined) live(receipt.visit?.id ?? '', receipt.storedAt);
  return [...visits.values()]
    .map((visit) => ({ ...visit, tarballs: [...tarballs.values()].filter((one) => one.visit === visit.start.id).map(claimedOf) }))
    .sort((a, b) => a.start.number - b.start.number);
}

function claimedOf({ name, holds }: ClaimedTarball): ClaimedTarball {
  return { name, holds };
}

function isBeginning(line: VisitBeginning | VisitSign): line is VisitBeginning {
  return 'begun' in line;
}
