import { join } from 'node:path';
import { silentLog } from '../../src/platform/log.ts';
import { onInterruption } from '../../src/platform/process/interruption.ts';
import { sealApart } from '../../src/seal/seal-apart.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';

/** Seals in a thread, as a master does, and says `sealing` when the tarball is there but for its name. `taken`: it ends in order, as a master does. */
const [root = '', way] = process.argv.slice(2);
const interruption = onInterruption();
const stop = way === 'taken' ? interruption.take() : undefined;
const input = await inputOf(root, [['52:54:00:00:00:01', JSON.stringify(recordFor('S1'))]]);
const asked = Promise.withResolvers<void>();
stop?.addEventListener('abort', () => asked.resolve());
const sync = async (): Promise<void> => {
  process.stdout.write('sealing\n');
  await asked.promise;
};
// a promise keeps no process alive
const alive = setInterval(() => {}, 1000);
const { machines } = await sealApart(join(import.meta.dirname, '../../src/main.ts'), silentLog)({ ...input, sync });
clearInterval(alive);
process.stdout.write(`sealed ${machines}\n`);
process.exitCode = interruption.exitCode;
