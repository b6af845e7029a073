import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import packageFile from '../package.json' with { type: 'json' };
import { openTerminal } from './platform/terminal.ts';

const terminal = openTerminal(process);
const { version } = packageFile;
const [first, ...others] = process.argv.slice(2);

// a thread of a master runs the same program: in the image there is no other file
if (!isMainThread) void import('./seal/sealing-thread.ts').then(({ sealInThread }) => sealInThread());
// scripts ask for the version, and ask again: without a single command being loaded
else if (others.length === 0 && (first === '--version' || first === '-V')) terminal.print(`${version}\n`);
// not awaited: the program in the image is a script, because only of a script V8's code can be kept
else
  void import('./cli/run-program.ts').then(({ runProgram }) =>
    runProgram({ version, terminal, repository: join(dirname(fileURLToPath(import.meta.url)), '..') }),
  );
