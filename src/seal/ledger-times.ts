import { setImmediate } from 'node:timers/promises';
import { LedgerEvent } from '../domain/ledger.ts';
import { countTimes, type VisitTimes } from '../report/fleet/visit-times.ts';

/** Requests are answered in between: a big ledger has hundreds of thousands of lines. */
const LINES_AT_ONCE = 2000;

const TimedStage = LedgerEvent.pick({ at: true, mac: true, stage: true }).loose();

/** The times of a visit from the bytes of its ledger; lines that make no sense are left out. */
export async function ledgerTimes(ledger: Buffer): Promise<VisitTimes | undefined> {
  const { add, times } = countTimes();
  let lines = 0;
  for (let from = 0, to = 0; from < ledger.length; from = to + 1) {
    const end = ledger.indexOf(0x0a, from);
    to = end === -1 ? ledger.length : end;
    const entry = TimedStage.safeParse(parsed(ledger.toString('utf8', from, to)));
    if (entry.success) add(entry.data);
    lines += 1;
    if (lines % LINES_AT_ONCE === 0) await setImmediate();
  }
  return times();
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
