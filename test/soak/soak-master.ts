/** A whole master as a process of its own: directory and port in argv. SIGUSR2: what it holds at the moment, as a JSON line. */
import { readdirSync } from 'node:fs';
import { startMaster } from '../../src/master/master.ts';
import { silentLog } from '../../src/platform/log.ts';
import { masterParts } from '../integration/fixtures/master-parts.ts';

export interface Held {
  rssBytes: number;
  heapBytes: number;
  /** what V8 has of the system for its heap, used or not */
  heapTakenBytes: number;
  /** open files, sockets and pipes */
  handles: number;
}

const [root = '', port = ''] = process.argv.slice(2);
const master = await startMaster({
  ...masterParts(root),
  httpPort: Number(port),
  limits: { uploadsPerAddress: 64, connectionsPerAddress: 1000 },
  log: silentLog,
});
process.on('SIGUSR2', () => {
  // what is garbage is not held
  for (let time = 0; time < 3; time += 1) globalThis.gc?.();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const held: Held = {
    rssBytes: rss,
    heapBytes: heapUsed + external,
    heapTakenBytes: heapTotal + external,
    handles: readdirSync('/proc/self/fd').length,
  };
  console.log(JSON.stringify(held));
});
process.on('SIGHUP', () => void master.seal().then(() => console.log('sealed')));
process.on('SIGTERM', () => void master.stop().then(() => process.exit(0)));
console.log('listening');
