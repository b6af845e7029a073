/** Buffers for all transfers together; each has two of the smallest beyond it. */
const SHARED_BYTES = 64 * 1024 * 1024;
const LARGEST_BYTES = 1024 * 1024;
const SMALLEST_BYTES = 32 * 1024;
/** One is filled while the other is sent. */
const BUFFERS_EACH = 2;
/** Of what is left, so that the last of it goes to many. */
const SHARE = 1 / 16;
/** As much waits for the next transfer; what is beyond goes back to the system. */
const IDLE_BYTES = 8 * 1024 * 1024;

/** What a transfer may hold. */
export interface BufferShare {
  bufferBytes: number;
  /** one of two at most; with what another transfer has left in it */
  take(): Uint8Array;
  /** only when neither the disk nor the kernel's sockets have to do with it any more: it is filled anew by somebody else */
  giveBack(buffer: Uint8Array): void;
  /** for others, at the end of the transfer */
  end(): void;
}

export interface RecycledBuffers {
  /** @param mostBytes what the transfer sends in all */
  share(mostBytes: number): BufferShare;
}

/**
 * Buffers that are filled and sent again and again: a new one for each piece costs more CPU time than filling it, and garbage for hundreds of
 * megabytes. Large ones cost less CPU time, but one that is slow keeps its own for as long as it likes: what is held is counted, and not
 * how many there are, because the first ones were given theirs when there were few.
 */
export function recycledBuffers(): RecycledBuffers {
  const idle = new Map<number, Uint8Array[]>();
  let [heldBytes, idleBytes] = [0, 0];
  const takeIdle = (sizeBytes: number): Uint8Array | undefined => {
    const found = idle.get(sizeBytes)?.pop();
    if (found !== undefined) idleBytes -= sizeBytes;
    return found;
  };
  const keep = (buffer: Uint8Array): void => {
    if (idleBytes + buffer.length > IDLE_BYTES) {
      free(buffer);
      return;
    }
    idleBytes += buffer.length;
    const kept = idle.get(buffer.length);
    if (kept === undefined) idle.set(buffer.length, [buffer]);
    else kept.push(buffer);
  };
  return {
    share: (mostBytes) => {
      const bufferBytes = sizeFor(Math.min(mostBytes, ((SHARED_BYTES - heldBytes) * SHARE) / BUFFERS_EACH));
      // two of the smallest come beyond what is shared
      const countedBytes = bufferBytes === SMALLEST_BYTES ? 0 : bufferBytes * BUFFERS_EACH;
      heldBytes += countedBytes;
      let isOver = false;
      return {
        bufferBytes,
        take: () => takeIdle(bufferBytes) ?? Buffer.allocUnsafeSlow(bufferBytes),
        giveBack: keep,
        end: () => {
          if (!isOver) heldBytes -= countedBytes;
          isOver = true;
        },
      };
    },
  };
}

/** Its memory goes back to the system at once, and not when garbage is collected; whoever still had it would read nothing but zeros. */
export function free({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Few sizes, so that what one gives back fits the next. */
function sizeFor(bytes: number): number {
  let size = LARGEST_BYTES;
  while (size > SMALLEST_BYTES && size > bytes) size /= 2;
  return size;
}
