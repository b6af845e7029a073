import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };
import { openTerminal } from './platform/terminal.ts';

const terminal = openTerminal(process);
const { version } = packageFile;
const [first, ...others] = process.argv.slice(2);

// scripts ask for the version, and ask again: without a single command being loaded
if (others.length === 0 && (first === '--version' || first === '-V')) terminal.print(`${version}\n`);
// not awaited: the program in the image is a script, because only of a script V8's code can be kept
else void run();

/** A thread of a master runs the same program, without arguments: in the image there is no other file. */
async function run(): Promise<void> {
  const { threadWork } = await import('./platform/process/thread-work.ts');
  if (threadWork() !== undefined) return (await import('./seal/sealing-thread.ts')).sealInThread();
  const { runProgram } = await import('./cli/run-program.ts');
  await runProgram({ version, terminal, repository: join(dirname(fileURLToPath(import.meta.url)), '..') });
}
