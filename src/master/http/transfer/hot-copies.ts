import type { OpenedFile } from '../../../platform/files/file-reader.ts';
import { type MachineMemory, machineMemory } from '../../../platform/machine/machine-memory.ts';
import { isMemoryShort, mayHoldCopy } from './copy-rule.ts';
import { type SharedCopy, sharedCopy } from './shared-copy.ts';

/** Between two looks at the machine's memory. */
const LOOK_MS = 2000;
/** Machines come in waves; a copy that nobody wants for so long makes room for what is wanted. */
const IDLE_MS = 120_000;
/** For one reader a copy would be memory for nothing. */
const HOT_READERS = 2;

export interface HotCopies {
  /** Somebody fetches this file from now on, until `end`. */
  begin(file: Pick<OpenedFile, 'identity' | 'sizeBytes'>): { copy(): SharedCopy | undefined; end(): void };
}

interface Hot {
  sizeBytes: number;
  readers: number;
  copy: SharedCopy | undefined;
  idleSinceMs: number;
}

/** What of the outside a test replaces. */
export interface CopyHost {
  memory: () => MachineMemory;
  nowMs: () => number;
  /** calls `look` now and then, until what it gives is called */
  watch: (look: () => void) => () => void;
}

const THIS_MACHINE: CopyHost = { memory: machineMemory, nowMs: () => performance.now(), watch: lookNowAndThen };

/**
 * Copies in RAM of the files that several machines fetch at once, as far as there is memory for them (copy-rule.ts). A file is told by its identity: one
 * that was replaced or written to is another file. When memory gets short all of them go, also under those who are being sent from them, who are
 * read to from the file then.
 */
export function hotCopies({ memory, nowMs, watch }: CopyHost = THIS_MACHINE): HotCopies {
  const known = new Map<string, Hot>();
  let seen: (MachineMemory & { atMs: number }) | undefined;
  let stopWatching: (() => void) | undefined;
  const current = (): MachineMemory => {
    if (seen === undefined || nowMs() - seen.atMs >= LOOK_MS) seen = { ...memory(), atMs: nowMs() };
    return seen;
  };
  const held = (): Hot[] => [...known.values()].filter(({ copy }) => copy !== undefined);
  const drop = (identity: string, hot: Hot): void => {
    hot.copy?.release();
    hot.copy = undefined;
    if (hot.readers === 0) known.delete(identity);
  };
  const look = (): void => {
    const isShort = isMemoryShort(current());
    for (const [identity, hot] of known) {
      const isIdle = hot.readers === 0 && nowMs() - hot.idleSinceMs >= IDLE_MS;
      if (isShort || isIdle) drop(identity, hot);
    }
    if (held().length > 0) return;
    stopWatching?.();
    stopWatching = undefined;
  };
  const warm = (hot: Hot): void => {
    if (hot.copy !== undefined || hot.readers < HOT_READERS) return;
    const copies = held();
    const promisedBytes = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const missingBytes = promisedBytes - copies.reduce((sum, { copy }) => sum + (copy?.heldBytes() ?? 0), 0);
    if (!mayHoldCopy({ sizeBytes: hot.sizeBytes, promisedBytes, missingBytes }, current())) return;
    hot.copy = sharedCopy(hot.sizeBytes);
    stopWatching ??= watch(look);
  };
  return {
    begin: ({ identity, sizeBytes }) => {
      const hot = known.get(identity) ?? { sizeBytes, readers: 0, copy: undefined, idleSinceMs: 0 };
      known.set(identity, hot);
      hot.readers += 1;
      warm(hot);
      return {
        copy: () => hot.copy,
        end: () => {
          hot.readers -= 1;
          hot.idleSinceMs = nowMs();
          if (hot.readers === 0 && hot.copy === undefined) known.delete(identity);
        },
      };
    },
  };
}

function lookNowAndThen(look: () => void): () => void {
  const timer = setInterval(look, LOOK_MS).unref();
  return () => clearInterval(timer);
}
