import type { EventEmitter } from 'node:events';

/** What a command has said on one of its outputs. */
export interface KeptOutput {
  /** it wanted to say more than is kept */
  readonly isTooMuch: boolean;
  bytes(): Buffer;
}

/** Keeps the first bytes of an output, at most `mostBytes`; `onTooMuch` is called once, when there are more. */
export function keepOutput(stream: Pick<EventEmitter, 'on'>, mostBytes: number, onTooMuch: () => void): KeptOutput {
  const chunks: Uint8Array[] = [];
  let roomBytes = mostBytes;
  let isTooMuch = false;
  stream.on('data', (chunk: Uint8Array) => {
    if (isTooMuch) return;
    chunks.push(chunk.subarray(0, roomBytes));
    if (chunk.length > roomBytes) {
      isTooMuch = true;
      onTooMuch();
    }
    roomBytes -= chunk.length;
  });
  return {
    get isTooMuch() {
      return isTooMuch;
    },
    bytes: () => Buffer.concat(chunks),
  };
}

const [LF, CR] = [0x0a, 0x0d];

/** Without the line end at its end, if there is one. */
export function withoutFinalNewline(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LF) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1);
}
