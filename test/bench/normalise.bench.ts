import { join } from 'node:path';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { loadCapture } from '../../src/peer/capture/directory.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { manyDisks } from '../inventory/many-disks.ts';
import { printComparison } from './compare.ts';
import { printProcesses } from './compare-processes.ts';
import { tell } from './frame/tell.ts';
import { largestRecording } from './largest-recording.ts';

const REPEATS = 10;

await using directory = await temporaryDirectory('recon-bench-');
const { path, what } = await largestRecording(directory.path);
const recon = join(import.meta.dirname, '../../recon');
const [, version, normalised] = printProcesses(`the largest recording, a process each: ${what}; the bar is 1 s`, [
  ['node that does nothing', [process.execPath, '-e', '0']],
  ['recon --version', [recon, '--version']],
  ['recon normalise', [recon, 'normalise', path]],
]);
tell('normalise.process', { ours: normalised, theirs: version });
const loaded = await loadCapture(path);
const [read, work] = await printComparison(`the same in one process, ${REPEATS} times`, [
  [
    'read',
    async () => {
      for (let done = 0; done < REPEATS; done += 1) await loadCapture(path);
    },
  ],
  [
    'normalise what was read',
    async () => {
      for (let done = 0; done < REPEATS; done += 1) normalise(loaded);
    },
  ],
]);
tell('normalise.work', { ours: work.cpuMs, theirs: read.cpuMs });
const FEW = captureFromFiles(manyDisks(300));
const MANY = captureFromFiles(manyDisks(1200));
const [few, many] = await printComparison('disks behind a RAID controller; the bar is 1 s for 1,200, and 4 times what 300 take', [
  ['normalise 300 disks', async () => void normalise(FEW)],
  ['normalise 1,200 disks', async () => void normalise(MANY)],
]);
tell('normalise.disks', { ours: many.cpuMs, theirs: few.cpuMs });
