import type { LedgerEvent } from '../../domain/ledger.ts';

/** When machines asked and when they were done, all by the master's clock. */
export interface VisitTimes {
  /** ISO 8601 */
  firstAt: string;
  lastAt: string;
  /** seconds after the first event at which a machine was first seen, sorted */
  askedSeconds: readonly number[];
  /** the same for its first receipt */
  doneSeconds: readonly number[];
  /** half of the machines needed at most so many seconds from the first question to the running agent */
  bootMedianSeconds?: number;
  /** … from there to the receipt */
  inventoryMedianSeconds?: number;
}

interface Firsts {
  askedMs: number;
  agentMs?: number;
  receiptMs?: number;
}

/** Takes the events one by one, so that the ledger need not be in memory. */
export function countTimes(): { add: (event: Pick<LedgerEvent, 'at' | 'mac' | 'stage'>) => void; times: () => VisitTimes | undefined } {
  const machines = new Map<string, Firsts>();
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add: ({ at, mac, stage }) => {
      const ms = Date.parse(at);
      if (Number.isNaN(ms)) return;
      firstMs = Math.min(firstMs, ms);
      lastMs = Math.max(lastMs, ms);
      const machine = machines.get(mac) ?? { askedMs: ms };
      if (stage === 'agent') machine.agentMs ??= ms;
      if (stage === 'receipt') machine.receiptMs ??= ms;
      machines.set(mac, machine);
    },
    times: () => (machines.size === 0 ? undefined : visitTimes([...machines.values()], firstMs, lastMs)),
  };
}

function visitTimes(machines: readonly Firsts[], firstMs: number, lastMs: number): VisitTimes {
  const seconds = (ms: number): number => Math.round((ms - firstMs) / 1000);
  const between = (pick: (machine: Firsts) => number | undefined): number | undefined =>
    median(machines.map(pick).filter((ms): ms is number => ms !== undefined && ms >= 0));
  const boot = between(({ askedMs, agentMs }) => (agentMs === undefined ? undefined : agentMs - askedMs));
  const inventory = between(({ agentMs, receiptMs }) =>
    agentMs === undefined || receiptMs === undefined ? undefined : receiptMs - agentMs,
  );
  return {
    firstAt: new Date(firstMs).toISOString(),
    lastAt: new Date(lastMs).toISOString(),
    askedSeconds: machines.map(({ askedMs }) => seconds(askedMs)).sort((a, b) => a - b),
    doneSeconds: machines.flatMap(({ receiptMs }) => (receiptMs === undefined ? [] : seconds(receiptMs))).sort((a, b) => a - b),
    ...(boot === undefined ? {} : { bootMedianSeconds: Math.round(boot / 1000) }),
    ...(inventory === undefined ? {} : { inventoryMedianSeconds: Math.round(inventory / 1000) }),
  };
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
