/** The product's whole master for the bench of its intake: directory and port in argv, its port on stdout. SIGUSR2: what it has synced so far, as a JSON line. */
import { join } from 'node:path';
import { sharedRuns } from '../../../src/domain/values/shared-runs.ts';
import { startMaster } from '../../../src/master/master.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { syncFileSystem } from '../../../src/platform/process/sync-file-system.ts';
import { masterParts } from '../../integration/fixtures/master-parts.ts';
import { countSyncs } from './count-syncs.ts';

const [root = '', stateDirectory = '', port = ''] = process.argv.slice(2);
const counts = await countSyncs();
const dataDirectory = join(root, 'data');
const master = await startMaster({
  ...masterParts(root),
  stateDirectory,
  dataDirectory,
  // as of a stick
  syncData: sharedRuns(async () => {
    counts.fileSystems += 1;
    await syncFileSystem(dataDirectory);
  }),
  httpPort: Number(port),
  log: silentLog,
});
process.on('SIGUSR2', () => console.log(JSON.stringify(counts)));
process.on('SIGTERM', () => process.exit(0));
void master;
console.log(port);
