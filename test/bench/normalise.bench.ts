import { join } from 'node:path';
import { normalise } from '../../src/inventory/normalise.ts';
import { captureTo } from '../../src/peer/capture.ts';
import { loadCapture } from '../../src/peer/capture-directory.ts';
import { temporaryDirectory } from '../../src/platform/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { printComparison } from './compare.ts';

const REPEATS = 20;

await using directory = await temporaryDirectory('recon-bench-');
const path = join(directory.path, 'capture');
await captureTo(path, { log: silentLog });
const loaded = await loadCapture(path);

await printComparison(`a capture of this machine, ${REPEATS} times`, [
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
