/** The program of the image, started with the code that is kept of it, as the builder keeps it: its help, for which all commands are loaded. Beside Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAME_ORDER } from '../../src/builder/image/stage.ts';
import { bundleProgram } from '../../src/bundle/bundle.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { tell } from './frame/tell.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROUNDS = 9;
/** printed by the process itself: not every machine has a program for it */
const TELL = 'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

await using directory = await temporaryDirectory('recon-bench-');
const start = join(directory.path, 'start.cjs');
await bundleProgram(ROOT, join(directory.path, 'recon.cjs'));
await copyFile(join(ROOT, 'overlay/usr/lib/recon/start.cjs'), start);
await runOk([process.execPath, ...SAME_ORDER.flags, start, 'warm-up'], {
  timeoutMs: 120_000,
  environment: { RECON_KEEP_CODE: join(directory.path, 'recon.code'), NODE_DISABLE_COMPILE_CACHE: '1', ...SAME_ORDER.environment },
});
const [program, nothing]: [string[], string[]] = [
  [start, '--help'],
  ['-e', '0'],
];
started(program);
started(nothing);
const rounds = Array.from({ length: ROUNDS }, () => ({ ours: started(program), theirs: started(nothing) }));
tell('start.wall', { ours: rounds.map(({ ours }) => ours.seconds), theirs: rounds.map(({ theirs }) => theirs.seconds) });
tell('start.memory', { ours: [started(program, true).megabytes], theirs: [started(nothing, true).megabytes] });

function started(args: readonly string[], weighs = false): { seconds: number; megabytes: number } {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...(weighs ? ['--import', TELL] : []), ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  const seconds = (performance.now() - from) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, megabytes: (Number(/^peak (\d+)$/m.exec(stderr)?.[1] ?? 0) * 1024) / 1e6 };
}
