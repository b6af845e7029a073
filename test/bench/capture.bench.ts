import { join } from 'node:path';
import { captureTo } from '../../src/peer/capture/capture.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';

const ROUNDS = 5;

await using directory = await temporaryDirectory('recon-bench-');
process.stdout.write(
  `a capture of this machine against its slowest tool (${ROUNDS} rounds); the bar is that it adds nothing to that tool\n`,
);
for (let round = 0; round < ROUNDS; round += 1) {
  const started = performance.now();
  const { commands } = await captureTo(join(directory.path, String(round)), { log: silentLog });
  const totalMs = performance.now() - started;
  const ran = commands.filter((command) => command.status !== 'absent');
  const slowest = ran.toSorted((a, b) => b.durationMs - a.durationMs)[0];
  const sumMs = ran.reduce((sum, command) => sum + command.durationMs, 0);
  process.stdout.write(
    `  capture ${totalMs.toFixed(0)} ms, slowest ${slowest?.id ?? 'none'} ${slowest?.durationMs.toFixed(0) ?? '-'} ms, ` +
      `ratio ${(totalMs / (slowest?.durationMs ?? Number.NaN)).toFixed(2)}; ${ran.length} tools ran, one after the other ${sumMs.toFixed(0)} ms\n`,
  );
}
