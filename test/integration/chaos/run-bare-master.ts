/** A whole master on a port of this host, with no network to serve: directory and port in argv; `listening` on stdout. For tests that kill it. */
import { startMaster } from '../../../src/master/master.ts';
import { stderrLog } from '../../../src/platform/log.ts';
import { masterParts } from '../fixtures/master-parts.ts';

const [root = '', port = ''] = process.argv.slice(2);
const master = await startMaster({
  ...masterParts(root),
  httpPort: Number(port),
  limits: { uploadsPerAddress: 64, connectionsPerAddress: 1000 },
  log: stderrLog({ debug: false }),
});
console.log('listening');
process.on('SIGTERM', () => void master.stop().then(() => process.exit(0)));
