/**
 * `make soak`: two hours of a visit in some minutes. In the first half hour machines arrive; then nothing new comes, and what goes on at every
 * visit goes on: pages are looked at, live views come and go, machines boot again, bring the same record once more and report, tarballs are made.
 * A master whose memory or open files grow then holds on to something. Prints a line for each five minutes, and the slopes; ends with 1 when a
 * slope is over its bar.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bootScriptPath, PATHS, progressPath, TOKEN_HEADER } from '../../src/domain/api.ts';
import { bootPaths, ISO_PATHS } from '../../src/domain/image.ts';
import { openTokens } from '../../src/master/intake/tokens.ts';
import { peerDeps } from '../../src/peer/deps.ts';
import { upload } from '../../src/peer/upload.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type Child, startChild } from '../../src/platform/process/child.ts';
import { PARTS } from '../integration/fixtures/image-parts.ts';
import { captureOf, manifestFor, recordFor } from '../master/fixture-records.ts';
import { slopePerHour } from './slope.ts';
import type { Held } from './soak-master.ts';

const MACHINES = 300;
const STEPS = 24;
const STEP_HOURS = 2 / STEPS;
/** The steps in which machines arrive; growth is right then. */
const ARRIVING = 6;
/** Pages ask every two seconds, which is 150 times in a step; each step of ours has a fifth of it, which is enough to see a leak. */
const LOOKS = 30;
/** What is remembered of machines that come again is bounded and still fills up; connections that are kept open come and go. */
const BARS = { heapMibPerHour: 2, rssMibPerHour: 4, handlesPerHour: 2 };
/** Where there is much memory V8 collects late, and what it has taken from the system grows for hours although nothing is held. */
const SMALL_HEAP = ['--max-old-space-size=128', '--max-semi-space-size=8'];
/** The C library keeps what was freed in pieces (mallopt(3)): by its usual thresholds that alone is a MiB for each tarball, for some hours. */
const EAGER_MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };

await using directory = await temporaryDirectory('recon-soak-');
const root = directory.path;
const port = 20_000 + (process.pid % 20_000);
const masterUrl = `http://127.0.0.1:${port}`;
const tokens = await prepare();
const lines: string[] = [];
let wake = (): void => {};
const master = await start();
const held: Held[] = [];
try {
  for (let step = 0; step < STEPS; step += 1) {
    await fiveMinutes(step);
    const now = await ask();
    held.push(now);
    console.log(
      `${String((step + 1) * 5).padStart(4)} min  heap ${mib(now.heapBytes)} MiB of ${mib(now.heapTakenBytes)}  rss ${mib(now.rssBytes)} MiB  ${now.handles} handles${step < ARRIVING ? '  (machines arrive)' : ''}`,
    );
  }
} finally {
  await master.stop();
}
process.exitCode = judge() ? 0 : 1;

function judge(): boolean {
  const steady = held.slice(ARRIVING);
  const slope = (of: (one: Held) => number): number => slopePerHour(steady.map(of), STEP_HOURS);
  const found = {
    heapMibPerHour: slope(({ heapBytes }) => heapBytes / 2 ** 20),
    rssMibPerHour: slope(({ rssBytes }) => rssBytes / 2 ** 20),
    handlesPerHour: slope(({ handles }) => handles),
  };
  const over = (Object.keys(BARS) as (keyof typeof BARS)[]).filter((name) => found[name] > BARS[name]);
  for (const [name, value] of Object.entries(found))
    console.log(`${name}: ${value.toFixed(2)} (at most ${BARS[name as keyof typeof BARS]})`);
  if (over.length > 0) console.log(`over its bar: ${over.join(', ')}`);
  return over.length === 0;
}

async function fiveMinutes(step: number): Promise<void> {
  const each = MACHINES / ARRIVING;
  const isArriving = step < ARRIVING;
  const machines = Array.from({ length: each }, (_, at) => (isArriving ? step * each + at : (step * 17 + at * 5) % MACHINES));
  for (let at = 0; at < machines.length; at += 10) await Promise.all(machines.slice(at, at + 10).map(oneMachine));
  for (let look = 0; look < LOOKS; look += 1) await lookAtPages(look);
  await liveViews(6);
  const before = lines.length;
  master.kill('SIGHUP');
  while (!lines.slice(before).includes('sealed')) await next();
}

/** Boots, fetches a part of the image, reports, and brings its record; what it brought before is the same. */
async function oneMachine(machine: number): Promise<void> {
  const mac = macOf(machine);
  await drain(`${bootScriptPath(mac)}?buildarch=x86_64&serial=S${machine}`);
  const { name } = manifestFor({
    kernel: Buffer.from(PARTS.kernel),
    initrd: Buffer.from(PARTS.initrd),
    rootImage: Buffer.from(PARTS.rootImage),
  }).files.rootImage;
  await drain(`${PATHS.install}${name}`, { range: 'bytes=0-65535' });
  const tokenFile = join(root, `token-${machine}`);
  await writeFile(tokenFile, tokens.get(mac) ?? '');
  for (const stage of ['agent', 'collect', 'upload'])
    await fetch(`${masterUrl}${progressPath(mac)}`, {
      method: 'POST',
      headers: { [TOKEN_HEADER]: tokens.get(mac) ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ stage }),
    }).then((answer) => answer.arrayBuffer());
  const settings = { masterUrl, bootMac: mac, nodePath: process.execPath, tokenFile, runDirectory: root };
  const capture = captureOf({ 'raw/x.out': `machine ${machine} `.repeat(500) });
  await upload({ record: recordFor(`S${machine}`), capture, commands: [] }, peerDeps(settings, silentLog));
}

async function lookAtPages(look: number): Promise<void> {
  for (const path of [PATHS.nodes, '/', PATHS.visit, `${PATHS.nodes}/${macOf(look % MACHINES)}/record`, PATHS.export, '/nothing/here'])
    await drain(path);
}

/** Some are closed by the browser, as when a laptop is folded. */
async function liveViews(count: number): Promise<void> {
  for (let view = 0; view < count; view += 1) {
    const leave = new AbortController();
    const answer = await fetch(`${masterUrl}${PATHS.live}`, { signal: leave.signal });
    await answer.body?.getReader().read();
    leave.abort();
  }
}

async function drain(path: string, headers: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${masterUrl}${path}`, { headers });
  await answer.arrayBuffer();
}

async function prepare(): Promise<ReadonlyMap<string, string>> {
  for (const [path, content] of [
    [join(root, 'live', bootPaths().kernel), PARTS.kernel],
    [join(root, 'live', bootPaths().initrd), PARTS.initrd],
    [join(root, 'live', ISO_PATHS.rootImage), PARTS.rootImage],
    [join(root, 'state/x'), ''],
  ] as const) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const file = await openTokens({ stateFile: join(root, 'state/tokens.jsonl') });
  const found = new Map<string, string>();
  for (let machine = 0; machine < MACHINES; machine += 1) found.set(macOf(machine), await file.mint(macOf(machine), '127.0.0.1'));
  return found;
}

async function start(): Promise<Child> {
  const program = join(import.meta.dirname, 'soak-master.ts');
  const child = startChild([process.execPath, '--expose-gc', ...SMALL_HEAP, program, root, String(port)], {
    environment: EAGER_MALLOC,
    onLine: (line) => {
      lines.push(line);
      wake();
    },
  });
  while (!lines.includes('listening')) await next();
  return child;
}

async function ask(): Promise<Held> {
  const before = lines.length;
  master.kill('SIGUSR2');
  for (;;) {
    const answer = lines.slice(before).find((line) => line.startsWith('{'));
    if (answer !== undefined) return JSON.parse(answer);
    await next();
  }
}

function next(): Promise<void> {
  return new Promise((resolve) => {
    wake = resolve;
  });
}

function macOf(machine: number): string {
  return `52:54:00:50:${(machine >> 8).toString(16).padStart(2, '0')}:${(machine & 255).toString(16).padStart(2, '0')}`;
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1).padStart(6);
}
