import { constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** Longer than any word that we know; what a noisy serial line sends without an end is dropped. */
const LONGEST_LINE = 200;

/**
 * Lines that are typed on text consoles and serial ports, for example `/dev/tty1`. Those that cannot be read are left out. The
 * function returned ends it.
 */
export function readConsoleLines(paths: readonly string[], onLine: (line: string) => void): () => void {
  const streams = paths.flatMap((path) => {
    const stream = openTerminal(path);
    if (stream === undefined) return [];
    let typed = '';
    stream.setEncoding('latin1');
    // a serial port whose other end is pulled is an error of its own, which ends the stream, and no reason to stop
    stream.on('error', () => {});
    stream.on('data', (text: string) => {
      const lines = `${typed}${text}`.split(/[\r\n]/);
      typed = (lines.pop() ?? '').slice(-LONGEST_LINE);
      for (const line of lines) onLine(line.slice(-LONGEST_LINE).trim());
    });
    return [stream];
  });
  return () => {
    for (const stream of streams) stream.destroy();
  };
}

function openTerminal(path: string): ReadStream | undefined {
  try {
    return new ReadStream(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY));
  } catch {
    return undefined;
  }
}
