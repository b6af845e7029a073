/**
 * What a seal and a merge cost of the processor for each machine, beside a writer that does only what no tarball can do without; how much memory they take, and
 * how long the pages wait meanwhile. `MACHINES=`: of how many; 1000 take some minutes. `ONLY=memory`: no more than that, for ten thousand.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { mergeVisits } from '../../src/desk/merge/merge.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { CAPTURE_FILE, RECORD_FILE } from '../../src/records/revisions.ts';
import { sealApart } from '../../src/seal/seal-apart.ts';
import { sealTarball, type TarballInput } from '../../src/seal/seal-tarball.ts';
import type { SealedRevision } from '../../src/seal/sealed-revision.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { appFixture } from '../master/app-fixture.ts';
import { sha256Of } from '../master/fixture-records.ts';
import { fleetUploads } from '../profile/scenes/fleet-uploads.ts';
import { printComparison } from './compare.ts';
import { tell } from './frame/tell.ts';
import { plainTarball } from './peers/plain-tarball.ts';

const MACHINES = Number(process.env['MACHINES'] ?? 200);
/** of a thousand one takes half a minute */
const ROUNDS = MACHINES < 500 ? 7 : 3;
const PROGRAM = join(import.meta.dirname, '../../src/main.ts');

await using directory = await temporaryDirectory('recon-bench-');
const revisions: SealedRevision[] = [];
for (const { mac, record, capture } of fleetUploads(MACHINES)) {
  const own = join(directory.path, mac.replaceAll(':', '-'));
  await mkdir(own);
  await writeFile(join(own, RECORD_FILE), record);
  await writeFile(join(own, CAPTURE_FILE), capture);
  const hashes = { recordSha256: sha256Of(record), captureSha256: sha256Of(capture) };
  revisions.push({ mac, revision: 1, directory: own, ...hashes, receipt: undefined });
}
const input: TarballInput = {
  ...{ directory: join(directory.path, 'export'), site: 'lab', imageVersion: '1', now: new Date('2026-11-20T12:00:00Z'), revisions },
  ...{ missing: [], ledgerPath: join(directory.path, 'none'), replaces: undefined, sync: async () => {} },
};
const apart = sealApart(PROGRAM, silentLog);
const mostMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

const before = mostMegabytes();
await apart(input);
process.stdout.write(
  `the most memory of this process: ${before} MB before, ${mostMegabytes()} MB when a thread had sealed ${MACHINES} machines\n`,
);
tell('seal.memory', { ours: [mostMegabytes()] });

if (process.env['ONLY'] !== 'memory') {
  await compareSeals();
  await compareMerges();
  await timePages();
}

async function compareSeals(): Promise<void> {
  const [plain, seal] = await printComparison(
    `a tarball of ${MACHINES} machines, for each of them`,
    [
      ['the same files: tar, gzip, sha256', () => plainTarball(join(directory.path, 'plain.tar.gz'), revisions)],
      ['seal', async () => void (await sealTarball(input))],
      ['seal, in a thread that is started', async () => void (await apart(input))],
    ],
    { parts: MACHINES, rounds: ROUNDS },
  );
  tell('seal.machine', { ours: seal.cpuMs, theirs: plain.cpuMs });
}

async function compareMerges(): Promise<void> {
  const { path } = await sealTarball(input);
  const { path: other } = await sealTarball({ ...input, now: new Date('2026-11-21T12:00:00Z') });
  let merges = 0;
  const merge = async (): Promise<void> => {
    merges += 1;
    const options = { output: join(directory.path, `merged-${merges}.tar.gz`), warn: () => {}, onProgress: () => {} };
    await mergeVisits([await openVisit(path), await openVisit(other)], options);
  };
  const [merged] = await printComparison(`a merge of 2 × ${MACHINES} machines, for each of all`, [['merge', merge]], {
    parts: 2 * MACHINES,
    rounds: ROUNDS,
  });
  tell('seal.merge', { ours: merged.cpuMs });
}

async function timePages(): Promise<void> {
  await using master = await appFixture();
  for (const { mac } of revisions) master.deps.ledger.add({ mac, stage: 'agent', address: '10.77.1.1' });
  const p99Ms: number[] = [];
  for (const [name, work] of [
    ['while this process seals', () => sealTarball(input)],
    ['idle', () => setTimeout(3000)],
    ['while a thread seals', () => apart(input)],
  ] as const) {
    const found = await waits(master, work());
    const at = (share: number): number => found[Math.floor(found.length * share)] ?? Number.NaN;
    process.stdout.write(
      `GET /nodes of ${MACHINES} machines, ${name}: median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, of ${found.length}\n`,
    );
    p99Ms.push(at(0.99));
  }
  tell('seal.pages', { ours: p99Ms.slice(2), theirs: p99Ms.slice(1, 2) });
}

/** How long answers take until the work is done, in ms, the shortest first. */
async function waits({ app }: Awaited<ReturnType<typeof appFixture>>, work: Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  let isOver = false;
  void work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    // asked on the clock, not after the last answer: who waits for a loop that is busy would ask too seldom
    const asked = performance.now() + 10;
    await setTimeout(10);
    await app.inject('/nodes');
    found.push(performance.now() - asked);
  }
  await work;
  return found.sort((a, b) => a - b);
}
