import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { SyncCounts } from './count-syncs.ts';

/** One of the servers that are compared, as a process of its own. */
export interface IntakeServer {
  name: string;
  port: number;
  /** user and system time so far, with that of programs that it has started, in milliseconds */
  cpuMs(): Promise<number>;
  syncs(): Promise<SyncCounts>;
  /** in MB */
  memory(): Promise<{ nowMb: number; mostMb: number }>;
  stop(): Promise<void>;
}

/** Starts a program of the bench that prints its port, and at SIGUSR2 its counts; `flags` are Node's own. */
export async function startIntake(
  name: string,
  script: string,
  args: readonly string[],
  environment: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<IntakeServer> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, '..', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const lines = createInterface(child.stdout);
  const port = Number(await nextLine(lines, child));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} did not start`);
  return {
    ...{ name, port },
    cpuMs: () => cpuMsOf(pid),
    memory: () => memoryOf(pid),
    syncs: async () => {
      const line = nextLine(lines, child);
      child.kill('SIGUSR2');
      return JSON.parse(await line) as SyncCounts;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function nextLine(lines: Interface, child: ChildProcess): Promise<string> {
  const gone = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a server ended with ${code}`)));
  gone.catch(() => {});
  const [line] = (await Promise.race([once(lines, 'line'), gone])) as [string];
  return line;
}

/** proc(5), stat: user and system time of the process and of its children that have ended; 100 ticks a second. */
async function cpuMsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ').at(-1)?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

/** proc(5), status */
async function memoryOf(pid: number): Promise<{ nowMb: number; mostMb: number }> {
  const text = await readFile(`/proc/${pid}/status`, 'latin1');
  const mb = (name: string): number => Math.round((Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) * 1024) / 1e6);
  return { nowMb: mb('VmRSS'), mostMb: mb('VmHWM') };
}

/** What the unit of the master sets for it in the image. */
export async function unitEnvironment(): Promise<Record<string, string>> {
  const unit = await readFile(join(import.meta.dirname, '../../../overlay/usr/lib/systemd/system/recon-master.service'), 'utf8');
  return Object.fromEntries([...unit.matchAll(/^Environment=([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** A port of this host that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
