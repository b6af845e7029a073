import { join } from 'node:path';
import { withVisits } from '../desk/open-tarballs.ts';
import { writeVisitReport } from '../desk/report.ts';
import type { Master } from '../master/master.ts';
import { copyOwnFile } from '../platform/files/copy-own-file.ts';
import { namesIn } from '../platform/files/directories.ts';
import { emptyDirectory } from '../platform/files/export-files.ts';
import { exists } from '../platform/files/files.ts';
import { deliveredAndLost, demoCast } from './cast.ts';
import { sealFleet } from './fleet-tarball.ts';

/** What a demo leaves. */
export interface KeptResults {
  tarball: string;
  /** the same machines half a year before */
  earlier: string;
  report: string;
}

const DIRECTORY = 'recon-demo';

/**
 * The directory that results go to: the one that was named, which has to be empty, or the first of recon-demo, recon-demo-2 … that is.
 * @throws ReconError `not-writable`
 */
export async function resultsDirectory(named: string | undefined): Promise<{ path: string; isNew: boolean }> {
  const path = named ?? (await firstFree());
  const isNew = !(await exists(path));
  return { path: await emptyDirectory(path), isNew };
}

async function firstFree(): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? DIRECTORY : `${DIRECTORY}-${number}`;
    if (!(await exists(path)) || (await namesIn(path).catch(() => ['unreadable'])).length === 0) return path;
  }
}

/** Seals the visit, and writes its tarball, that of an earlier visit and report.html into the directory. */
export async function keepResults(master: Pick<Master, 'seal'>, directory: string): Promise<KeptResults> {
  const sealed = await master.seal();
  const [tarball, earlier] = [sealed.name, 'recon-demo-half-a-year-ago.tar.gz'].map((name) => join(directory, name)) as [string, string];
  await copyOwnFile(sealed.path, tarball);
  await sealFleet(earlier, {
    ...{ site: 'demo', now: new Date('2026-05-20T17:00:00Z'), lost: [] },
    machines: deliveredAndLost(demoCast({ isLater: false })).machines,
  });
  let report = '';
  await withVisits([tarball], { warn: () => {} }, async ([visit]) => {
    if (visit !== undefined) report = (await writeVisitReport(visit, directory, () => {})).path;
  });
  return { tarball, earlier, report };
}
