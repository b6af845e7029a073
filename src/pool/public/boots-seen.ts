import type { BootedMachine } from '../../domain/pool/api-views.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { BootsSeen } from '../api/parts/deps.ts';
import { afterEvent, type BootHistory, NO_HISTORY } from '../decide/boot-history.ts';
import { nodeOf } from '../decide/known-node.ts';
import { isInLoop } from '../decide/loop-guard.ts';
import type { Asker, BootBook } from '../history/boot-book.ts';
import { decideNow } from '../history/decide-now.ts';
import type { KernelMessages } from '../history/kernel-messages.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';
import { bootStage, isUpSince } from './boot-stage.ts';

export interface BootsSeenOptions {
  book: BootBook;
  pool: () => Pool;
  kernelMessages: Pick<KernelMessages, 'of'>;
  /** the clock of the machines' side */
  nowMs: () => number;
}

/** What was seen of machines, as page and commands ask for it. */
export function bootsSeen({ book, pool, kernelMessages, nowMs }: BootsSeenOptions): BootsSeen {
  const askerOf = (mac: string): Asker => ({ mac, node: nodeOf(pool(), mac) });
  return {
    machines: () => book.machines().map((machine) => bootedMachine(machine, nowMs())),
    dmesgOf: async (mac) => {
      const seen = book.of(askerOf(mac));
      const text = seen?.dmesgAt === undefined ? undefined : await kernelMessages.of(seen.mac);
      return seen?.dmesgAt === undefined || text === undefined ? undefined : { at: seen.dmesgAt, text };
    },
    historyOf: (mac) => {
      const seen = book.of(askerOf(mac));
      return seen === undefined
        ? NO_HISTORY
        : decideNow(pool(), { mac, ...definedOnly(seen.facts) }, seen, { nowMs: nowMs(), isHeld: false }).history;
    },
    nowMs,
    release: (mac) => {
      const asker = askerOf(mac);
      const seen = book.of(asker);
      if (seen === undefined) return { isReleased: false };
      const isHeld = isInLoop({ scripts: seen.history.scripts, onceClaims: seen.history.onceClaims }, nowMs());
      if (seen.frozen === undefined && !isHeld) return { isReleased: false };
      book.note({ ...asker, mac: seen.mac }, ({ history }) => ({ frozen: undefined, history: letGoOn(history) }));
      return { isReleased: true, ...definedOnly({ why: seen.frozen?.why ?? 'it was held' }) };
    },
  };
}

/** It may try again as often as at first; a one-shot that is over stays over, a second installation would follow. */
function letGoOn({ isOnceOver }: WatchedMachine['history']): BootHistory {
  return { ...afterEvent(NO_HISTORY, { event: 'changed' }), ...definedOnly({ isOnceOver }) };
}

function bootedMachine(machine: WatchedMachine, nowMs: number): BootedMachine {
  const { mac, address, facts, script, up, alive, frozen, linkSeconds, dmesgAt } = machine;
  const isUp = isUpSince(machine);
  const report = alive !== undefined && isUp ? alive.report : isUp ? up?.report : undefined;
  return {
    mac,
    ...definedOnly({ address, ...facts, askedAt: script?.at, given: script?.choice, frozen, linkSeconds, dmesgAt }),
    ...(isUp ? definedOnly({ runs: up?.choice, runsSince: up?.at, aliveAt: alive?.at }) : {}),
    ...bootStage(machine, nowMs),
    ...definedOnly({
      memAvailableBytes: report?.memAvailableBytes,
      rootUsedPercent: report?.rootUsedPercent,
      kernelRelease: report?.kernelRelease,
    }),
  };
}
