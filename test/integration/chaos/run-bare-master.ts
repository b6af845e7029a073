/**
 * A whole master on a port of this host, with no network to serve: directory and port in argv, and a public key of age when records are encrypted
 * as they arrive; `listening` on stdout. For tests that kill it.
 */
import { join } from 'node:path';
import { definedOnly } from '../../../src/domain/values/defined-only.ts';
import { startMaster } from '../../../src/master/master.ts';
import { stderrLog } from '../../../src/platform/log.ts';
import { recordsStorage } from '../../../src/service/records-storage.ts';
import { withoutSync } from '../../master/fixture-records.ts';
import { masterParts } from '../fixtures/master-parts.ts';

const [root = '', port = '', encryptTo] = process.argv.slice(2);
const data = await recordsStorage({
  data: {
    ...{ directory: join(root, 'data'), storage: 'stick', reason: undefined, sync: withoutSync, medium: undefined },
    close: async () => undefined,
  },
  settings: { encryptRecords: encryptTo !== undefined },
  encryptTo,
  say: console.log,
  // what is in RAM outlives a killed process
  ramDirectory: join(root, 'ram'),
});
const master = await startMaster({
  ...masterParts(root),
  ...{ dataDirectory: data.directory, syncData: data.sync },
  ...definedOnly({ encryptTo, dataSpace: data.space }),
  httpPort: Number(port),
  limits: { uploadsPerAddress: 64, connectionsPerAddress: 1000 },
  log: stderrLog({ debug: false }),
});
console.log('listening');
process.on('SIGTERM', async () => {
  await master.stop();
  process.exit((await data.close()) === undefined ? 0 : 1);
});
