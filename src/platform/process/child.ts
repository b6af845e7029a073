import { execa } from 'execa';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type Argv, splitLines } from './command.ts';
import { closeAfterExit } from './process-family.ts';
import { readInBatches } from './read-in-batches.ts';
import { noteRunningChild } from './running-children.ts';

export interface ChildExit {
  exitCode: number | undefined;
  signal: string | undefined;
}

/** A long-running process of ours. */
export interface Child {
  readonly pid: number | undefined;
  /** settles when the process has ended, for whatever reason */
  readonly exited: Promise<ChildExit>;
  /** asks it to end (SIGTERM), kills it after 5 s, and waits */
  stop(): Promise<ChildExit>;
  kill(signal: NodeJS.Signals): void;
  write(bytes: Uint8Array): void;
}

export interface ChildOptions {
  onLine?: (line: string) => void;
  /** raw bytes of stdout instead of lines; stderr still goes to `onLine` */
  onBytes?: (bytes: Uint8Array) => void;
  /** how often stderr is looked at, for a process that says much; at once when missing */
  stderrEveryMs?: number;
  environment?: Record<string, string>;
  cwd?: string;
  /** keep running when we end; for machines of the lab that a later call finds again */
  detached?: boolean;
}

/** Starts a process that lives as long as we want. */
export function startChild(argv: Argv, options: ChildOptions = {}): Child {
  const [file, ...args] = argv;
  const child = execa(file, args, {
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: 'pipe',
    forceKillAfterDelay: 5000,
    detached: options.detached ?? false,
    env: { LC_ALL: 'C', ...options.environment },
    ...definedOnly({ cwd: options.cwd }),
  });
  noteRunningChild(child.nodeChildProcess);
  closeAfterExit(child.nodeChildProcess, [child.stdout, child.stderr]);
  const lines = splitLines(options.onLine ?? (() => {}));
  child.stdout.on('data', options.onBytes ?? lines);
  const sayings = splitLines(options.onLine ?? (() => {}));
  if (options.stderrEveryMs === undefined) child.stderr.on('data', sayings);
  else child.nodeChildProcess.once('exit', readInBatches(child.stderr, options.stderrEveryMs, sayings));
  const exited = child.then((result): ChildExit => ({ exitCode: result.exitCode, signal: result.signal }));
  return {
    pid: child.pid,
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: (signal) => void child.kill(signal),
    write: (bytes) => void child.stdin.write(bytes),
  };
}
