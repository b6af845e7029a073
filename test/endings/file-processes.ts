import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** In the environment of what a test file started: `<pid of the run>:<pid of the file>`. */
export const FILE_MARK = 'RECON_TEST_FILE';

export interface FileProcess {
  pid: number;
  file: string;
}

/** The processes of test files that this run of `node --test` has started, and that are still there. */
export function runningFiles(): FileProcess[] {
  return pids()
    .filter((pid) => parentOf(pid) === process.pid)
    .flatMap((pid) => {
      const file = read(pid, 'cmdline')
        .split('\0')
        .findLast((word) => word.endsWith('.ts'));
      return file === undefined ? [] : [{ pid, file: resolve(file) }];
    });
}

/** Test files of this run whose process has ended, and something that they started has not. */
export function filesLeftBehind(): number[] {
  const files = new Set(pids().flatMap((pid) => (isAlive(pid) && !killed.has(lifeOf(pid)) ? (filePidOf(pid) ?? []) : [])));
  return [...files].filter((pid) => !isAlive(pid));
}

/** Ends what the process of a test file has started, whoever is its parent now; then itself. Gives the command lines. */
export function endWithChildren(filePid: number, runPid = process.pid): string[] {
  const ended: string[] = [];
  // it starts nothing more; nor do we, when it is ourselves
  if (filePid !== process.pid) send(filePid, 'SIGSTOP');
  // again, because a process may have started another one in between
  for (let left = marked(filePid, runPid); left.length > 0; left = marked(filePid, runPid)) {
    for (const pid of left) {
      ended.push(read(pid, 'cmdline').replaceAll('\0', ' ').trim());
      killed.add(lifeOf(pid));
      send(pid, 'SIGKILL');
    }
  }
  send(filePid, 'SIGKILL');
  return ended;
}

/** A process that was killed is there for a moment more, or for long where the kernel holds it. */
const killed = new Set<string>();

/** Numbers are given again: with its start (field 22 of proc_pid_stat(5), the first one here is field 3) a process is one and no other. */
function lifeOf(pid: number): string {
  return `${pid} ${fieldsOf(pid)[19]}`;
}

function marked(filePid: number, runPid: number): number[] {
  return pids().filter((pid) => pid !== filePid && !killed.has(lifeOf(pid)) && isAlive(pid) && filePidOf(pid, runPid) === filePid);
}

/** The test file that a process comes from, when it is one of this run. */
function filePidOf(pid: number, runPid = process.pid): number | undefined {
  const mark = read(pid, 'environ')
    .split('\0')
    .find((one) => one.startsWith(`${FILE_MARK}=${runPid}:`));
  return mark === undefined ? undefined : Number(mark.split(':')[1]);
}

function pids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** proc_pid_stat(5): the name in parentheses may hold anything, so what follows its end is counted. */
function fieldsOf(pid: number): string[] {
  return read(pid, 'stat')
    .replace(/^.*\)\s/s, '')
    .split(' ');
}

function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

function isAlive(pid: number): boolean {
  const [state] = fieldsOf(pid);
  return state !== undefined && state !== '' && state !== 'Z' && state !== 'X';
}

/** Empty when it has ended in the meantime, or is somebody else's. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

function send(pid: number, signal: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended by itself
  }
}
