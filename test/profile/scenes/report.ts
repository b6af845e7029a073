import { join } from 'node:path';
import { withVisits } from '../../../src/desk/open-tarballs.ts';
import { writeVisitReport } from '../../../src/desk/report.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { writeFleet } from '../../fleet/write-fleet.ts';
import type { Scene } from './scene.ts';

const MACHINES = 500;

/** report.html from a tarball, which is read, judged and written. */
export async function report(): Promise<Scene> {
  const directory = await temporaryDirectory('recon-profile-');
  const tarball = join(directory.path, 'fleet.tar.gz');
  await writeFleet(tarball, { machines: MACHINES });
  return {
    title: `report: report.html of ${MACHINES} machines`,
    run: () =>
      withVisits([tarball], { warn: () => {} }, async ([visit]) => {
        if (visit !== undefined) await writeVisitReport(visit, join(directory.path, 'report'), () => {});
      }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
