import type { LedgerEvent } from '../../domain/ledger.ts';
import { writeUnsynced } from '../../platform/files/unsynced-files.ts';
import type { Visit } from '../../tarball/visit.ts';

/** Writes one ledger from several, in the order of time and with a new count; memory holds one event of each. */
export async function writeMergedLedger(visits: readonly Visit[], path: string): Promise<void> {
  await writeUnsynced(path, mergedLines(visits));
}

async function* mergedLines(visits: readonly Visit[]): AsyncGenerator<string> {
  const readers = visits.map((visit) => visit.ledger()[Symbol.asyncIterator]());
  const heads = await Promise.all(readers.map((reader) => nextOf(reader)));
  for (let sequence = 0; ; sequence += 1) {
    let first: number | undefined;
    for (const [at, event] of heads.entries())
      if (event !== undefined && (first === undefined || event.at < (heads[first]?.at ?? ''))) first = at;
    if (first === undefined) return;
    yield `${JSON.stringify({ ...heads[first], sequence })}\n`;
    const reader = readers[first];
    heads[first] = reader === undefined ? undefined : await nextOf(reader);
  }
}

async function nextOf(reader: AsyncIterator<LedgerEvent>): Promise<LedgerEvent | undefined> {
  const next = await reader.next();
  return next.done === true ? undefined : next.value;
}
