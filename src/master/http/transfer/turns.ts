/** Sent in one turn of the event loop: somebody who asks for a script waits for no more than that. */
const TURN_BYTES = 1024 * 1024;

/** Who sends when. */
export interface SendingTurns {
  /** resolves when it is this one's turn to send so many bytes */
  next(bytes: number): Promise<void>;
}

/**
 * Pieces of all transfers go out one after the other, the longest waiting first, and only so much in one turn of the event loop. A fast reader would
 * be sent piece upon piece without the loop ever turning, because the kernel takes them at once; and all of them together would keep each small
 * answer waiting for as long as it takes to copy a piece for everybody.
 */
export function sendingTurns(turnBytes = TURN_BYTES): SendingTurns {
  let waiting: { bytes: number; go: () => void }[] = [];
  const turn = (): void => {
    let leftBytes = turnBytes;
    let count = 0;
    for (const { bytes, go } of waiting) {
      if (leftBytes <= 0) break;
      leftBytes -= bytes;
      count += 1;
      go();
    }
    waiting = waiting.slice(count);
    if (waiting.length > 0) setImmediate(turn);
  };
  return {
    next: (bytes) =>
      new Promise((go) => {
        waiting.push({ bytes, go });
        if (waiting.length === 1) setImmediate(turn);
      }),
  };
}
