import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../files/files.ts';

const PAUSE_MS = 20;
const LONGEST_IDLE_MS = 2000;

/** The screen and the serial ports of a machine; those that it has not are left out when they are opened. */
export const MACHINE_CONSOLES = ['/dev/tty1', '/dev/ttyS0', '/dev/ttyS1', '/dev/ttyAMA0'] as const;

/** Screens that we write to. */
export interface Consoles {
  write(text: string): void;
  /** everything written so far is out, or lost */
  readonly isIdle: boolean;
  close(): Promise<void>;
}

/**
 * Opens text consoles and serial ports for writing, for example `/dev/tty1` and `/dev/ttyS0`. A missing one is left out, and
 * a serial line that nobody reads (hardware flow control) loses text instead of stopping us or the others: it is opened non-blocking.
 */
export async function openConsoles(paths: readonly string[]): Promise<Consoles> {
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const opened = await Promise.all(paths.map((path) => open(path, flags).catch(() => undefined)));
  const queues = opened
    .filter((file) => file !== undefined)
    .map((file) => ({ file, chain: Promise.resolve(), waiting: 0, isStuck: false }));
  return {
    write: (text) => {
      const bytes = Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'));
      for (const queue of queues) {
        queue.waiting += 1;
        queue.chain = queue.chain.then(async () => {
          // who took nothing the last time gets one try without waiting, until it takes something again
          const lost = await writePatiently(queue.file, bytes, queue.isStuck ? 0 : LONGEST_IDLE_MS).catch(() => bytes.length);
          queue.isStuck = lost === bytes.length;
          queue.waiting -= 1;
        });
      }
    },
    get isIdle() {
      return queues.every(({ waiting }) => waiting === 0);
    },
    close: async () => {
      await Promise.all(queues.map(({ chain }) => chain));
      await Promise.all(queues.map(({ file }) => file.close()));
    },
  };
}

/** A serial line takes 11 bytes per millisecond: what does not fit yet is offered again, and lost when nothing moves for a while. Gives the bytes lost. */
async function writePatiently(file: FileHandle, bytes: Buffer, longestIdleMs: number): Promise<number> {
  let rest = bytes;
  let idleMs = 0;
  for (;;) {
    const written = await writeSome(file, rest);
    rest = rest.subarray(written);
    if (rest.length === 0 || (written === 0 && idleMs >= longestIdleMs)) return rest.length;
    idleMs = written === 0 ? idleMs + PAUSE_MS : 0;
    await delay(PAUSE_MS);
  }
}

async function writeSome(file: FileHandle, bytes: Buffer): Promise<number> {
  try {
    return (await file.write(bytes)).bytesWritten;
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return 0;
    throw error;
  }
}
