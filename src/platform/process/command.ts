import { execa } from 'execa';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { keepOutput, withoutFinalNewline } from './kept-output.ts';
import { closeAfterExit, endFamily, familyEnvironment } from './process-family.ts';
import { mayBeInstalled } from './program-path.ts';
import { noteRunningChild } from './running-children.ts';

/** Far more than anything that we read says; what babbles without an end must not take all memory. */
const MOST_OUTPUT_BYTES = 256 * 1024 ** 2;

/** So much of the end of what a command said is told with its failure. */
const LAST_WORDS_BYTES = 4096;

/** A command line as a list of arguments; never a shell string. */
export type Argv = readonly [file: string, ...args: string[]];

export interface CommandOptions {
  /** after this many milliseconds the command is ended (SIGTERM, 2 s later SIGKILL), and with it all that it has started */
  timeoutMs: number;
  input?: string | Uint8Array;
  cwd?: string;
  /** added to our own environment; `LC_ALL=C` is always set, because we parse what comes back */
  environment?: Record<string, string>;
  /** called for each line of stdout and stderr while the command runs */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
  /** give the output byte for byte; otherwise one newline at its end is taken away */
  keepFinalNewline?: boolean;
}

export interface CommandResult {
  argv: Argv;
  /** `absent`: there is no such program */
  status: 'ok' | 'failed' | 'timeout' | 'absent';
  exitCode: number | undefined;
  signal: string | undefined;
  stdout: Buffer;
  stderr: Buffer;
  durationMs: number;
  /** it said more than 256 MiB on one of its outputs, and was ended; the first 256 MiB are here */
  isTooMuch?: true;
}

/** Runs a command to its end. Never throws: a failure is a result. */
export async function run(argv: Argv, options: CommandOptions): Promise<CommandResult> {
  const [file, ...args] = argv;
  const started = performance.now();
  if (!(await mayBeInstalled(file, options.environment?.['PATH'] ?? process.env['PATH']))) return absent(argv, started);
  const family = familyEnvironment();
  const child = execa(file, args, {
    reject: false,
    encoding: 'buffer',
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    timeout: options.timeoutMs,
    forceKillAfterDelay: 2000,
    // what the library keeps it also writes into the message of a failure: seconds, and gigabytes of memory, for megabytes of output
    buffer: false,
    env: { LC_ALL: 'C', ...options.environment, ...family },
    ...definedOnly({ input: options.input, cwd: options.cwd, cancelSignal: options.signal }),
  });
  noteRunningChild(child.nodeChildProcess);
  closeAfterExit(child.nodeChildProcess, [child.stdout, child.stderr]);
  const end = (): unknown => child.kill('SIGTERM');
  const stdout = keepOutput(child.stdout, MOST_OUTPUT_BYTES, end);
  const stderr = keepOutput(child.stderr, MOST_OUTPUT_BYTES, end);
  const { onLine } = options;
  if (onLine !== undefined) {
    child.stdout.on('data', splitLines(onLine));
    child.stderr.on('data', splitLines(onLine));
  }
  const result = await child;
  const isTooMuch = stdout.isTooMuch || stderr.isTooMuch;
  if (isTooMuch || result.timedOut || result.isCanceled) await endFamily(family);
  const code = 'code' in result ? result.code : undefined;
  const trimmed = options.keepFinalNewline === true ? (bytes: Buffer) => bytes : withoutFinalNewline;
  return {
    argv,
    status: result.timedOut ? 'timeout' : code === 'ENOENT' || code === 'EACCES' ? 'absent' : result.failed || isTooMuch ? 'failed' : 'ok',
    exitCode: result.exitCode,
    signal: result.signal,
    stdout: trimmed(stdout.bytes()),
    stderr: trimmed(stderr.bytes()),
    durationMs: performance.now() - started,
    ...(isTooMuch ? { isTooMuch } : {}),
  };
}

function absent(argv: Argv, started: number): CommandResult {
  const nothing = { exitCode: undefined, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  return { argv, status: 'absent', ...nothing, durationMs: performance.now() - started };
}

/**
 * Runs a command that must succeed and gives its standard output.
 * @throws ReconError `command-failed` with the command, its exit code and the end of what it said
 */
export async function runOk(argv: Argv, options: CommandOptions & { hint?: string }): Promise<string> {
  const result = await run(argv, options);
  if (result.status !== 'ok') throw commandError(result, options.hint);
  return result.stdout.toString('utf8');
}

export function commandError(result: CommandResult, hint?: string): ReconError {
  const endOf = (bytes: Buffer): string => bytes.subarray(-LAST_WORDS_BYTES).toString('utf8');
  const said = `${endOf(result.stderr)}\n${endOf(result.stdout)}`.trim().split('\n').slice(-5).join('\n');
  const how = {
    ok: 'ended',
    absent: 'is not installed',
    timeout: `took longer than ${Math.round(result.durationMs / 1000)} s`,
    failed:
      result.isTooMuch === true ? 'was ended: it said more than 256 MiB' : `failed (${result.signal ?? `exit code ${result.exitCode}`})`,
  }[result.status];
  return new ReconError('command-failed', `${result.argv.join(' ')} ${how}${said === '' ? '' : `: ${said}`}`, definedOnly({ hint }));
}

/** Turns chunks into lines for a callback; bytes that are not UTF-8 become U+FFFD. */
export function splitLines(onLine: (line: string) => void): (chunk: Uint8Array) => void {
  let rest = '';
  const decoder = new TextDecoder('utf-8');
  return (chunk) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) onLine(line.replace(/\r$/, ''));
  };
}
