import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

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
        await Promise.all(files.map((file) => file.write(bytes).catch(() => undefined)));
      });
    },
    close: async () => {
      await chain;
      await Promise.all(files.map((file) => file.close().catch(() => undefined)));
    },
  };
}
