import type { LedgerEvent } from '../../../domain/ledger.ts';

/**
 * Adds an event to a machine's history, in place. Of a transfer, the first and the latest report stay; beyond `most` events,
 * those in the middle of a run of the same stage go first, and then the oldest but the very first.
 */
export function remember(history: LedgerEvent[], event: LedgerEvent, most: number): void {
  const last = history.at(-1);
  const isThird = last !== undefined && isSameTransfer(last, event) && isSameTransfer(history.at(-2), last);
  if (isThird) history[history.length - 1] = event;
  else history.push(event);
  while (history.length > Math.max(2, most)) history.splice(leastTelling(history), 1);
}

function isSameTransfer(earlier: LedgerEvent | undefined, later: LedgerEvent): boolean {
  return (
    earlier !== undefined &&
    later.bytes !== undefined &&
    earlier.bytes !== undefined &&
    earlier.stage === later.stage &&
    earlier.resumedAtBytes === later.resumedAtBytes &&
    later.bytes >= earlier.bytes
  );
}

function leastTelling(history: readonly LedgerEvent[]): number {
  const inRun = history.findIndex(
    ({ stage }, index) =>
      index > 0 && index < history.length - 1 && history[index - 1]?.stage === stage && history[index + 1]?.stage === stage,
  );
  return inRun === -1 ? 1 : inRun;
}
