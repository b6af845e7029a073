import type { Readable } from 'node:stream';

/**
 * Hands over what comes, the first at once, and looks again only after so many milliseconds: by then there is more, for the same cost. Whoever writes waits when
 * what holds it meanwhile is full. Gives what ends the waiting: of a process that has ended all is taken at once, because its output is closed soon.
 */
export function readInBatches(
  socket: Pick<Readable, 'on' | 'once' | 'pause' | 'resume'>,
  everyMs: number,
  take: (chunk: Buffer) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWaiting = true;
  socket.on('data', (chunk: Buffer) => {
    if (isWaiting) {
      socket.pause();
      timer = setTimeout(() => socket.resume(), everyMs);
    }
    take(chunk);
  });
  socket.once('close', () => clearTimeout(timer));
  return () => {
    isWaiting = false;
    clearTimeout(timer);
    socket.resume();
  };
}
