/** This machine inventoried: the tools run and their words made into a record, beside what others would start instead. All by turns. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { normalise } from '../../src/inventory/normalise.ts';
import { captureTo } from '../../src/peer/capture/capture.ts';
import { loadCapture } from '../../src/peer/capture/directory.ts';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { mayBeInstalled } from '../../src/platform/process/program-path.ts';
import { tell, tellNotRun } from './frame/tell.ts';

const ROUNDS = 5;
const LIMIT = { timeout: 120_000, stdio: 'ignore' } as const;
const MODULE = join(import.meta.dirname, 'packages/node_modules/systeminformation/lib/index.js');
/** its module is CommonJS; a process of its own, as ours starts processes, too */
const STATIC = `require(${JSON.stringify(MODULE)}).getStaticData(() => {})`;

await using directory = await temporaryDirectory('recon-bench-');
const installed = async (program: string): Promise<boolean> => mayBeInstalled(program, process.env['PATH']);
const [hasTools, hasModule] = [(await installed('lshw')) && (await installed('hwinfo')), await exists(MODULE)];
const [ours, tools, information]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const path = join(directory.path, String(round));
  ours.push(
    await seconds(async () => {
      await captureTo(path, { log: silentLog });
      normalise(await loadCapture(path));
    }),
  );
  if (hasTools)
    tools.push(
      await seconds(async () => {
        execFileSync('lshw', ['-quiet', '-json'], LIMIT);
        execFileSync('hwinfo', ['--all'], LIMIT);
      }),
    );
  if (hasModule) information.push(await seconds(async () => void execFileSync(process.execPath, ['-e', STATIC], LIMIT)));
}
if (hasTools) tell('inventory.lshw', { ours, theirs: tools });
else tellNotRun('lshw or hwinfo is missing', ['inventory.lshw']);
if (hasModule) tell('inventory.node', { ours, theirs: information });
else tellNotRun('systeminformation is not in test/bench/packages', ['inventory.node']);

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
