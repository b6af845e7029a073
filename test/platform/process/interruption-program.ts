/** Waits for a program as the word in argv says, and says how it ended. */

import { run } from '../../../src/platform/process/command.ts';
import { onInterruption } from '../../../src/platform/process/interruption.ts';

const [word] = process.argv.slice(2);
const interruption = onInterruption();
if (word === 'takes') interruption.take().addEventListener('abort', () => console.log('told'));
if (word === 'alone') {
  console.log('waits');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}
const { status } = await run(['sh', '-c', `echo; exec sleep ${word === 'takes' ? 1 : 600}`], {
  timeoutMs: 700_000,
  onLine: () => console.log('waits'),
});
console.log(`cleaned up after ${status}, by ${interruption.by ?? 'nobody'}`);
process.exitCode = word === 'takes' ? 0 : (interruption.exitCode ?? 9);
process.exit();
