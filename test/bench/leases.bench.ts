/**
 * A storm of machines that want an address: through a whole master, with the dnsmasq that it runs and the reader of its log, and by turns through dnsmasq alone
 * with the same configuration, and with the one that it comes with. In networks of their own.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerEvent } from '../../src/domain/ledger.ts';
import { readJsonLines } from '../../src/platform/files/append-log.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { mayBeInstalled } from '../../src/platform/process/program-path.ts';
import { type MasterRoom, masterRoom } from '../integration/fixtures/master-room.ts';
import { sayProgress, tell, tellNotRun } from './frame/tell.ts';
import type { LeaseLoad, LeaseOrder } from './leases/lease-load.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const [PER_SECOND, COUNT] = [1000, Number(process.env['COUNT'] ?? 5000)];
/** what the program gives no lease at is told by few */
const [STOCK_PER_SECOND, STOCK_COUNT] = [50, 500];
/** as dnsmasq(8) says a network is served, and nothing more */
const STOCK =
  'interface=eth0\ndhcp-range=10.77.1.1,10.77.250.254,255.255.0.0,10m\nkeep-in-foreground\nlog-facility=-\nuser=root\npid-file=\nport=0\n';

let batch = 0;

if (process.getuid?.() !== 0) tellNotRun('networks of its own need root');
else if (!(await mayBeInstalled('dnsmasq', process.env['PATH']))) tellNotRun('there is no dnsmasq');
else await compareLeases();

async function compareLeases(): Promise<void> {
  const p99: { ours: number[]; alone: number[] } = { ours: [], alone: [] };
  const [lost, known, cpu]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await using room = await masterRoom();
    const ours = await throughMaster(room);
    p99.ours.push(share(ours.load.offersMs, 0.99));
    lost.push(ours.lost);
    known.push(share(ours.knownMs, 0.99));
    cpu.push(ours.cpuMs);
    const alone = await throughDnsmasq(room, await readFile(join(room.root, 'state/dnsmasq.conf'), 'utf8'), PER_SECOND, COUNT);
    p99.alone.push(share(alone.offersMs, 0.99));
    sayProgress(
      `round ${round + 1}: p99 ${p99.ours.at(-1)?.toFixed(1)} ms, median ${share(ours.load.offersMs, 0.5).toFixed(1)}; dnsmasq alone ${p99.alone.at(-1)?.toFixed(1)} and ${share(alone.offersMs, 0.5).toFixed(1)}, ${COUNT - alone.acks.length} lost; ${cpu.at(-1)?.toFixed(2)} ms of the master's CPU for each`,
    );
  }
  tell('leases.p99', { ours: p99.ours, theirs: p99.alone });
  tell('leases.lost', { ours: [lost.reduce((sum, one) => sum + one, 0)] });
  tell('leases.known', { ours: known });
  tell('leases.cpu', { ours: cpu });
  await compareStock();
}

/** Fewer machines, and once: by itself it is 18 s before it answers. */
async function compareStock(): Promise<void> {
  await using room = await masterRoom();
  const ours = await throughMaster(room, STOCK_PER_SECOND, STOCK_COUNT);
  const theirs = await throughDnsmasq(room, STOCK, STOCK_PER_SECOND, STOCK_COUNT);
  const [own, other] = [ours.load, theirs].map(({ acks, seconds }) => acks.length / seconds);
  // a rate of nothing has no ratio: it is told as one lease
  tell('leases.stock', { ours: [own ?? 0], theirs: [Math.max(other ?? 0, 1 / theirs.seconds)] });
}

/** What a machine was given, and what the master's ledger and its hosts file say of it. */
async function throughMaster(
  room: MasterRoom,
  perSecond = PER_SECOND,
  count = COUNT,
): Promise<{ load: LeaseLoad; lost: number; knownMs: number[]; cpuMs: number }> {
  const master = await room.start();
  await room.event(({ kind }) => kind === 'serving');
  const before = await cpuMsOf(master.pid);
  const result = await load(room, perSecond, count);
  const cpuMs = ((await cpuMsOf(master.pid)) - before) / result.acks.length;
  await master.stop();
  const ledger = await readJsonLines(join(room.root, 'data/ledger.jsonl'), LedgerEvent);
  const noted = new Map(ledger.filter(({ stage }) => stage === 'ack').map(({ mac, address, at }) => [mac, { address, at }]));
  const hosts = new Set((await readFile(join(room.root, 'state/leases'), 'utf8').catch(() => '')).split('\n'));
  const whole = result.acks.filter(([mac, address]) => noted.get(mac)?.address === address && hosts.has(`${mac},${address}`));
  const knownMs = result.acks.flatMap(([mac, , at]) => Date.parse(noted.get(mac)?.at ?? '') - at).filter(Number.isFinite);
  return { load: result, lost: count - whole.length, knownMs, cpuMs };
}

async function throughDnsmasq(room: MasterRoom, config: string, perSecond: number, count: number): Promise<LeaseLoad> {
  const path = join(room.root, 'alone.conf');
  const [logFile, leaseFile] = [join(room.root, 'alone.log'), join(room.root, 'alone.leases')];
  const own = config.includes('leasefile-ro') ? '' : `dhcp-leasefile=${leaseFile}\n`;
  // into a file: whoever reads its log is what is measured on the other side
  await writeFile(path, `${config.replace('log-facility=-', `log-facility=${logFile}`).replace(/^dhcp-hostsfile=.*$/m, '')}${own}`);
  await runOk(room.master.inside(['dnsmasq', '--test', `--conf-file=${path}`]), { timeoutMs: 30_000 });
  const child = startChild(room.master.inside(['dnsmasq', `--conf-file=${path}`]));
  try {
    return await load(room, perSecond, count);
  } finally {
    await child.stop();
  }
}

async function load({ peer }: MasterRoom, perSecond: number, count: number): Promise<LeaseLoad> {
  batch += 1;
  const order: LeaseOrder = { perSecond, count, batch };
  const program = join(import.meta.dirname, 'leases/lease-load.ts');
  const text = await runOk(peer.inside([process.execPath, program, JSON.stringify(order)]), { timeoutMs: 120_000 });
  return JSON.parse(text) as LeaseLoad;
}

/** User and system time so far (proc(5), stat; 100 ticks a second). */
async function cpuMsOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
