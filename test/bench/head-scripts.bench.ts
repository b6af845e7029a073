import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { assignNodes } from '../../src/pool/change/assign.ts';
import { tell } from './frame/tell.ts';
import { largeHead, largeStore } from './pool/large-head.ts';

const [NODES, RULES, PER_SECOND] = [10_000, 100, 1000];
/** on a machine that others use the quietest of them says what the head itself takes */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const FACTS = 'uuid=4c4c4544-0000-1000-8000-0000000NUMBER&serial=SNNUMBER&manufacturer=Dell%20Inc.&platform=efi&buildarch=x86_64';

let clicks = 0;

interface Answered {
  p50: number;
  p99: number;
  most: number;
  failures: number;
  perSecond: number;
  /** of this process, for each answer, in ms */
  cpuMs: number;
}

await using directory = await temporaryDirectory('recon-bench-');
const store = await largeStore(directory.path, { nodes: NODES, rules: RULES });
const head = await largeHead(directory.path, { nodes: NODES, rules: RULES, imageBytes: 64 * 1024 ** 3 }, () => store.state().pool);
const runs: { name: string; port: number; path: string; macs: string; answers: Answered[]; clicksEachMs?: number }[] = [
  { name: 'three letters from node:http', port: head.trivialPort, path: '/NUMBER', macs: '52:54:00', answers: [] },
  { name: 'scripts of nodes', port: head.port, path: `/boot/MAC?${FACTS}`, macs: '52:54:00', answers: [] },
  { name: 'scripts while somebody clicks', port: head.port, path: `/boot/MAC?${FACTS}`, macs: '52:54:00', answers: [], clicksEachMs: 1000 },
  { name: 'scripts of machines nobody knows', port: head.port, path: `/boot/MAC?${FACTS}`, macs: '56:54:00', answers: [] },
];
const [memoryMiB, count] = [rssMiB(), Number(process.env['COUNT'] ?? NODES)];
for (let round = 0; round < ROUNDS; round += 1) for (const run of runs) run.answers.push(await asked(run));
await head.close();

const best = (answers: readonly Answered[], key: 'p99' | 'cpuMs'): Answered | undefined => answers.toSorted((a, b) => a[key] - b[key])[0];
const trivialMs = best(runs[0]?.answers ?? [], 'cpuMs')?.cpuMs ?? Number.NaN;
process.stdout.write(
  `${PER_SECOND} requests a second, ${NODES} nodes, ${RULES} rules, 5 images of 64 GiB (best of ${ROUNDS} rounds of ${count}; bar: p99 20 ms)\n`,
);
for (const { name, answers } of runs) {
  const [quickest, cpuMs] = [best(answers, 'p99'), best(answers, 'cpuMs')?.cpuMs ?? Number.NaN];
  if (quickest === undefined) continue;
  const { p50, p99, most, perSecond, failures } = quickest;
  const times = [`p50 ${milliseconds(p50)}`, `p99 ${milliseconds(p99)}`, `most ${milliseconds(most)}`, `${Math.round(perSecond)}/s`];
  const cpu = `CPU ${cpuMs.toFixed(2)} ms, ratio ${(cpuMs / trivialMs).toFixed(2)}`;
  process.stdout.write(`  ${name.padEnd(34)} ${[...times, cpu].join('  ')}${failures === 0 ? '' : `  ${failures} FAILED`}\n`);
}
process.stdout.write(`  memory of the head: ${memoryMiB} MiB before, ${rssMiB()} MiB after\n`);
const p99s = runs.map(({ answers }) => answers.map(({ p99 }) => p99));
for (const [at, id] of ['known', 'click', 'unknown'].entries())
  tell(`head-scripts.${id}`, { ours: p99s[at + 1] ?? [], theirs: p99s[0] ?? [] });
tell('head-scripts.failed', { ours: [runs.flatMap(({ answers }) => answers).reduce((sum, { failures }) => sum + failures, 0)] });

/** Every time another node boots another profile, from the request to the accepted revision. */
function clicking(eachMs: number | undefined): { stop(): Promise<void> } {
  let under: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    clicks += 1;
    const boot = clicks % 2 === 0 ? 'failsafe' : 'compute';
    under = store.change({ by: 'bench', what: `click ${clicks}`, edit: assignNodes([`n${(clicks * 37) % NODES}`], { boot }).edit });
  }, eachMs ?? 1e9);
  return {
    stop: async () => {
      clearInterval(timer);
      await under;
    },
  };
}

async function asked({ port, path, macs, clicksEachMs }: (typeof runs)[number]): Promise<Answered> {
  const clicks = clicking(clicksEachMs);
  const client = join(import.meta.dirname, 'pool/ask-in-time.ts');
  const before = process.cpuUsage();
  const { stdout } = await promisify(execFile)(process.execPath, [
    client,
    JSON.stringify({ port, path, macs, count, perSecond: PER_SECOND }),
  ]);
  const { user, system } = process.cpuUsage(before);
  await clicks.stop();
  return { ...(JSON.parse(stdout) as Answered), cpuMs: (user + system) / 1000 / count };
}

function rssMiB(): number {
  return Math.round(process.memoryUsage().rss / 1024 ** 2);
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
