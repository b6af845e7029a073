import { join } from 'node:path';
import { withVisits } from '../desk/open-tarballs.ts';
import { writeVisitReport } from '../desk/report.ts';
import { temporaryDirectory } from '../platform/files/files.ts';
import { deliveredAndLost, demoCast } from './cast.ts';
import { sealFleet } from './fleet-tarball.ts';

/** As if the visit of the demo had been at this time: the same bytes each time. */
const NOW = new Date('2026-11-20T17:00:00Z');

/** Writes report.html of the demo's visit into the directory, as it is committed at docs/sample-report.html. */
export async function writeSampleReport(directory: string): Promise<{ path: string; sizeBytes: number }> {
  await using work = await temporaryDirectory('recon-sample-');
  const tarball = join(work.path, 'recon-demo-2026-11-20.tar.gz');
  await sealFleet(tarball, { site: 'demo', now: NOW, ...deliveredAndLost(demoCast()) });
  let report = { path: '', sizeBytes: 0 };
  await withVisits([tarball], { warn: () => {} }, async ([visit]) => {
    if (visit !== undefined) report = await writeVisitReport(visit, directory, () => {});
  });
  return report;
}
