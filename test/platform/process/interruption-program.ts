/** Waits for a program as the word in argv says, and says how it ended. */

import { startChild } from '../../../src/platform/process/child.ts';
import { run } from '../../../src/platform/process/command.ts';
import { onInterruption } from '../../../src/platform/process/interruption.ts';

const [word] = process.argv.slice(2);
const interruption = onInterruption();
if (word === 'takes') interruption.take().addEventListener('abort', () => console.log('told'));
if (word === 'holds') interruption.letGo()();
if (word === 'alone' || word === 'holds') {
  console.log('waits');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}
if (word === 'works') {
  interruption.letGo();
  console.log('waits');
  // as SQLite and a long loop do: no listener is called before it is over
  for (const end = Date.now() + 120_000; Date.now() < end; );
}
const program = ['sh', '-c', `echo; exec sleep ${word === 'takes' ? 1 : 600}`] as const;
const onLine = (): void => console.log('waits');
const end =
  word === 'keeps' ? (await startChild(program, { onLine }).exited).signal : (await run(program, { timeoutMs: 700_000, onLine })).status;
console.log(`cleaned up after ${end}, by ${interruption.by ?? 'nobody'}`);
process.exitCode = word === 'takes' ? 0 : (interruption.exitCode ?? 9);
process.exit();
