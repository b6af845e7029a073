import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './files.ts';

const PAUSE_MS = 20;
const LONGEST_IDLE_MS = 2000;

/** The screen and the serial ports of a machine; those that it has not are left out when they are opened. */
export const MACHINE_CONSOLES = ['/dev/tty1', '/dev/ttyS0', '/dev/ttyS1'] as const;

/** Screens that we write to. */
export interface Consoles {
  write(text: string): void;
  close(): Promise<void>;
}

/**
 * Opens text consoles and serial ports for writing, for example `/dev/tty1` and `/dev/ttyS0`. A missing one is left out, and
 * a serial line that nobody reads (hardware flow control) loses text instead of stopping us: it is opened non-blocking.
 */
export async function openConsoles(paths: readonly string[]): Promise<Consoles> {
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const opened = await Promise.all(paths.map((path) => open(path, flags).catch(() => undefined)));
  const files = opened.filter((file) => file !== undefined);
  let chain = Promise.resolve();
  return {
    write: (text) => {
      const bytes = Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'));
      chain = chain.then(async () => {
        await Promise.all(files.map((file) => writePatiently(file, bytes).catch(() => undefined)));
      });
    },
    close: async () => {
      await chain;
      await Promise.all(files.map((file) => file.close().catch(() => undefined)));
    },
  };
}

/** A serial line takes 11 bytes per millisecond: what does not fit yet is offered again, and lost when nothing moves for a while. */
async function writePatiently(file: FileHandle, bytes: Buffer): Promise<void> {
  let rest = bytes;
  let idleMs = 0;
  while (rest.length > 0 && idleMs < LONGEST_IDLE_MS) {
    const written = await writeSome(file, rest);
    rest = rest.subarray(written);
    if (rest.length === 0) return;
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
