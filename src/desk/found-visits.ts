import { join } from 'node:path';
import type { MacAddress } from '../domain/values/mac.ts';
import { exists } from '../platform/files/files.ts';
import { type ReadRevisions, readRevisions } from '../records/read-revisions.ts';
import { recordsByVisit } from '../records/records-of-visits.ts';
import type { StoredRevision } from '../records/revisions.ts';
import { ledgerFile } from '../records/visit-files.ts';
import { type KnownVisit, knownVisits, readVisitLog } from '../records/visit-log.ts';

/** A visit of which there are records. */
export interface FoundVisit {
  /** undefined: they name none */
  visit: KnownVisit | undefined;
  /** of each machine those of later starts last */
  revisions: StoredRevision[];
  /** its ledgers, the oldest first: a master that cannot read what is on its stick begins one at each start */
  ledgers: string[];
}

/** What lies in these directories, each with records/ and what belongs to it, the oldest first. */
export async function visitsIn(roots: readonly string[]): Promise<{ found: FoundVisit[] } & Omit<ReadRevisions, 'revisions'>> {
  const visits = new Map<string | undefined, FoundVisit>();
  const trouble: Omit<ReadRevisions, 'revisions'> = { halves: [], damaged: [], unnamed: [] };
  for (const root of roots) {
    const { revisions, halves, damaged, unnamed } = await readRevisions(root);
    trouble.halves.push(...halves);
    trouble.damaged.push(...damaged);
    trouble.unnamed.push(...unnamed);
    for (const one of recordsByVisit(revisions, knownVisits(await readVisitLog(root), revisions))) {
      const before = visits.get(one.visit?.start.id) ?? { visit: one.visit, revisions: [], ledgers: [] };
      const ledger = join(root, ledgerFile(one.visit?.start.number ?? 1));
      const ledgers = (await exists(ledger)) ? [ledger] : [];
      // the newest of a start only: numbers begin again with each
      visits.set(one.visit?.start.id, {
        visit: one.visit ?? before.visit,
        revisions: [...before.revisions, ...newestOf(one.revisions)],
        ledgers: [...before.ledgers, ...ledgers],
      });
    }
  }
  const found = [...visits.values()].sort((a, b) => (a.visit?.start.number ?? 0) - (b.visit?.start.number ?? 0));
  return { found: found.map((one) => ({ ...one, revisions: lastOf(one.revisions) })), ...trouble };
}

/** Of each machine the one with the highest number. */
function newestOf(revisions: readonly StoredRevision[]): StoredRevision[] {
  return lastOf(revisions.toSorted((a, b) => a.revision - b.revision));
}

function lastOf(revisions: readonly StoredRevision[]): StoredRevision[] {
  const last = new Map<MacAddress, StoredRevision>();
  for (const revision of revisions) last.set(revision.mac, revision);
  return [...last.values()];
}
