/**
 * Records with captures into the product's master, into a plain server that is as careful, and into one that is not, in turn. `UPLOADS=`: of how many machines
 * in each round; `ROUNDS=`. As root each has a file system of its own, so that nobody waits for the writes of others.
 */
import { mkdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { openTokens } from '../../src/master/intake/tokens.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { tell } from './frame/tell.ts';
import { inOwnNamespace, ownFileSystem } from './intake/own-file-system.ts';
import { sendUploads } from './intake/send-uploads.ts';
import { freePort, type IntakeServer, startIntake, unitEnvironment } from './intake/servers.ts';
import { benchUploads } from './intake/uploads.ts';

const UPLOADS = Number(process.env['UPLOADS'] ?? 64);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const TOGETHER = 32;
const ALONE = 8;

/** What one server did in one round. */
interface Round {
  perSecond: number;
  p99Ms: number;
  /** of machines that come one after the other */
  aloneMs: number;
  cpuMs: number;
  fsyncs: number;
}

if (await inOwnNamespace(import.meta.filename)) process.exit();
await using directory = await temporaryDirectory('recon-bench-');
const all = benchUploads(0, (UPLOADS + ALONE) * (ROUNDS + 1));
const state = join(directory.path, 'state');
const tokens = await mintTokens(state);
await using fileSystems = new AsyncDisposableStack();
const roots = [await makeRoot('ours'), await makeRoot('careful'), await makeRoot('naive')] as const;
const ours = await startIntake('ours', 'intake/our-master.ts', [roots[0], state, String(await freePort())], await unitEnvironment());
const careful = await startIntake('careful', 'peers/plain-intake.ts', [roots[1], 'careful']);
const naive = await startIntake('naive', 'peers/plain-intake.ts', [roots[2], 'naive']);
const rounds = new Map<IntakeServer, Round[]>([ours, careful, naive].map((server) => [server, []]));
try {
  const sizes = `${mean('record')} KB with captures of ${mean('capture')} KB`;
  process.stdout.write(
    `records of ${sizes}, ${UPLOADS} machines a round, ${TOGETHER} at once, ${ROUNDS} rounds in turn, medians; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [server, done] of rounds) {
      const found = await measure(server, round);
      // the first warms up
      if (round > 0) done.push(found);
    }
  for (const [id, key] of Object.entries({ rate: 'perSecond', p99: 'p99Ms', alone: 'aloneMs', cpu: 'cpuMs', fsyncs: 'fsyncs' } as const))
    tell(`intake.${id}`, { ours: samplesOf(ours, key), theirs: samplesOf(careful, key) });
  tell('intake.naive', { ours: samplesOf(ours, 'perSecond'), theirs: samplesOf(naive, 'perSecond') });
  const [our, theirs] = [await ours.memory(), await careful.memory()];
  tell('intake.memory', { ours: [our.nowMb], theirs: [theirs.nowMb] });
  tell('intake.peak', { ours: [our.mostMb], theirs: [theirs.mostMb] });
} finally {
  for (const server of rounds.keys()) await server.stop();
}

async function measure(server: IntakeServer, round: number): Promise<Round> {
  const mine = all.slice(round * (UPLOADS + ALONE), (round + 1) * (UPLOADS + ALONE));
  const [many, few] = [mine.slice(0, UPLOADS), mine.slice(UPLOADS)];
  const [cpuBefore, before] = [await server.cpuMs(), await server.syncs()];
  const { wallMs, latencyMs } = await sendUploads(many, { port: server.port, together: TOGETHER, tokens });
  const [cpu, after] = [(await server.cpuMs()) - cpuBefore, await server.syncs()];
  const alone = await sendUploads(few, { port: server.port, together: 1, tokens });
  const synced = after.fsyncs + after.fileSystems - before.fsyncs - before.fileSystems;
  return {
    perSecond: (UPLOADS * 1000) / wallMs,
    p99Ms: latencyMs.toSorted((a, b) => a - b)[Math.floor(UPLOADS * 0.99)] ?? Number.NaN,
    aloneMs: median(alone.latencyMs),
    cpuMs: cpu / UPLOADS,
    fsyncs: synced / UPLOADS,
  };
}

function samplesOf(server: IntakeServer, key: keyof Round): number[] {
  return (rounds.get(server) ?? []).map((one) => one[key]);
}

async function mintTokens(stateDirectory: string): Promise<Map<string, string>> {
  await mkdir(stateDirectory);
  const book = await openTokens({ stateFile: join(stateDirectory, 'tokens.jsonl') });
  const minted = new Map<string, string>();
  for (const { mac, address } of all) minted.set(mac, await book.mint(mac, address));
  return minted;
}

async function makeRoot(name: string): Promise<string> {
  const path = join(directory.path, name);
  await mkdir(path);
  fileSystems.use(await ownFileSystem(path, `${path}.img`));
  return path;
}

function mean(kind: 'record' | 'capture'): string {
  return (all.reduce((sum, one) => sum + one[kind].length, 0) / all.length / 1000).toFixed(0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
