import type { Pool } from '../../domain/pool/pool.ts';
import { reportsUp } from '../../domain/pool/profile.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type BootHistory, NO_HISTORY } from '../decide/boot-history.ts';
import type { BootingMachine } from '../decide/booting-machine.ts';
import { bootDecider, type Decision, decidedChoice } from '../decide/decide.ts';
import type { WatchedMachine } from './watched-machine.ts';

export interface DecidedNow {
  decision: Decision;
  history: BootHistory;
  /** to be kept with the history, so that the next change is noticed */
  signature: string;
}

/**
 * What a machine boots now, by the pool and what was seen of it. A change of the pool that says something else of it forgets its failures. Who waits
 * in front of a `hold` is judged by the time when it was held: it is let go by a person, not by waiting.
 */
export function decideNow(
  pool: Pool,
  facts: BootingMachine,
  seen: Pick<WatchedMachine, 'history' | 'signature'> | undefined,
  { nowMs, isHeld }: { nowMs: number; isHeld: boolean },
): DecidedNow {
  const decide = bootDecider(pool, facts);
  const usual = decide({ ...NO_HISTORY, isOnceOver: true }, 0);
  const once = usual.node === undefined ? undefined : pool.nodes.get(usual.node)?.once;
  const signature = `${once ?? '-'} ${decidedChoice(usual)}`;
  const isChanged = seen?.signature !== undefined && seen.signature !== signature;
  const history = seen === undefined || isChanged ? NO_HISTORY : plainHistory(seen.history);
  const heldSince = isHeld ? history.scripts.findLast(({ kind }) => reportsUp(kind))?.atMs : undefined;
  return { decision: decide(history, heldSince ?? nowMs), history, signature };
}

function plainHistory({ isOnceOver, ...history }: WatchedMachine['history']): BootHistory {
  return { ...history, ...definedOnly({ isOnceOver }) };
}
