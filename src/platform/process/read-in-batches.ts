import type { Readable } from 'node:stream';

/**
 * Hands over what comes, the first at once, and looks again only after so many milliseconds: by then there is more, for the same cost. Whoever writes waits when
 * what holds it meanwhile is full.
 */
export function readInBatches(
  socket: Pick<Readable, 'on' | 'once' | 'pause' | 'resume'>,
  everyMs: number,
  take: (chunk: Buffer) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  socket.on('data', (chunk: Buffer) => {
    socket.pause();
    timer = setTimeout(() => socket.resume(), everyMs);
    take(chunk);
  });
  socket.once('close', () => clearTimeout(timer));
}
