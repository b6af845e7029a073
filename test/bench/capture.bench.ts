import { join } from 'node:path';
import { captureTo } from '../../src/peer/capture/capture.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { sayProgress, tell, tellNotRun } from './frame/tell.ts';

const ROUNDS = 5;

await using directory = await temporaryDirectory('recon-bench-');
const [captures, slowest]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const started = performance.now();
  const { commands } = await captureTo(join(directory.path, String(round)), { log: silentLog });
  captures.push(performance.now() - started);
  const ran = commands.filter((command) => command.status !== 'absent');
  const [first] = ran.toSorted((a, b) => b.durationMs - a.durationMs);
  const sumMs = ran.reduce((sum, command) => sum + command.durationMs, 0);
  slowest.push(first?.durationMs ?? Number.NaN);
  sayProgress(`${ran.length} tools ran, the slowest was ${first?.id}; one after the other they would take ${sumMs.toFixed(0)} ms`);
}
if (slowest.every(Number.isFinite)) tell('capture.slowest', { ours: captures, theirs: slowest });
else tellNotRun('this machine has none of the tools');
