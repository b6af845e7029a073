import { type LedgerEntry, LedgerEvent } from '../../domain/ledger.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { visibleTexts } from '../../domain/values/visible-text.ts';
import { eachJsonLine, mendLastLine, openAppendLog } from '../../platform/files/append-log.ts';
import { fileFacts } from '../../platform/files/file-reader.ts';
import { MASTER_LIMITS, type MasterLimits } from '../http/limits.ts';
import { ledgerBudget } from './budget.ts';
import type { MachineState } from './machine/state.ts';
import { machineTable } from './machine/table.ts';

/** At most one write per this time: a stick wears, and 1000 machines make many events. */
const WRITE_INTERVAL_MS = 1000;

/** the schema's limits, in characters */
const MAX_DETAIL = 2000;
const MAX_REFUSED = 300;

export interface Ledger {
  /** notes what a machine is at; never fails, also when the medium is full or gone, or there are too many machines */
  add(entry: LedgerEntry): LedgerEvent;
  /** the number of the last event */
  readonly sequence: number;
  /** how many machines there are, without the cost of listing them */
  readonly size: number;
  /** in the order of first sight */
  machines(): MachineState[];
  machine(mac: MacAddress): MachineState | undefined;
  /**
   * The machine's events, oldest first. Of a transfer the first and the latest report are kept, and of a machine that says
   * the same for ever only some (see machine-history.ts); ledger.jsonl has more. Never changed: a later call gives new events.
   */
  history(mac: MacAddress): readonly LedgerEvent[];
  /** false when the machine is new and there is no room for one more */
  hasRoomFor(mac: MacAddress): boolean;
  /** calls back for each new event until the returned function is called */
  subscribe(listener: (event: LedgerEvent) => void): () => void;
  /** hands what waits to the operating system, so that it survives our own sudden end */
  flush(): Promise<void>;
  /** writes what waits, and syncs it */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  path: string;
  now: () => Date;
  onFault: (reason: string) => void;
  /** called with each failure to write, for whoever follows the medium */
  onWriteError?: (error: unknown) => void;
  limits?: Pick<MasterLimits, 'machines' | 'ledgerBytes'>;
  /** called with each event of an earlier run, the oldest first */
  onEarlier?: (event: LedgerEvent) => void;
  /** machines with a lease go before others, which anybody can make up; without it all are alike */
  isLeased?: (mac: MacAddress) => boolean;
}

/** Opens `ledger.jsonl` and continues where an earlier run stopped. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { path, now, onFault, onWriteError = () => {}, limits = MASTER_LIMITS, isLeased, onEarlier } = options;
  const machines = machineTable(limits.machines, isLeased);
  const listeners = new Set<(event: LedgerEvent) => void>();
  const faultOnce = onceEach(onFault);
  let sequence = 0;
  const take = (event: LedgerEvent): void => {
    sequence = Math.max(sequence, event.sequence);
    const { taken, forgotten } = machines.take(event);
    if (taken && forgotten === undefined) return;
    faultOnce(`more than ${limits.machines} machines have asked; those that asked and never loaded anything are forgotten`);
  };
  await readEarlier(path, onFault, (event) => {
    onEarlier?.(event);
    take(event);
  });
  const fileBytes = (await fileFacts(path).catch(() => undefined))?.sizeBytes ?? 0;
  const budget = ledgerBudget({ fileBytes, limitBytes: limits.ledgerBytes, machines: limits.machines, ...definedOnly({ isLeased }) });
  const log = openAppendLog(path, {
    intervalMs: WRITE_INTERVAL_MS,
    onError: (error) => {
      onWriteError(error);
      faultOnce(`the ledger cannot be written to ${path}: ${messageOf(error)}`);
    },
  });
  return {
    add: (entry) => {
      const numbered: LedgerEvent = { sequence: sequence + 1, at: now().toISOString(), ...entry };
      const event = visibleTexts(numbered);
      if (event.detail !== undefined) event.detail = event.detail.slice(0, MAX_DETAIL);
      if (event.refused !== undefined) event.refused = event.refused.slice(0, MAX_REFUSED);
      const isNewStage = machines.state(event.mac)?.stages[event.stage] === undefined;
      take(event);
      const line = JSON.stringify(event);
      if (budget.allows(event, line.length + 1, isNewStage)) log.append(line);
      else faultOnce(`events are left out of ${path}: a machine says the same too often, or the file has ${limits.ledgerBytes} bytes`);
      for (const listener of listeners) listener(event);
      return event;
    },
    get sequence() {
      return sequence;
    },
    get size() {
      return machines.size;
    },
    machines: machines.states,
    machine: machines.state,
    history: machines.history,
    hasRoomFor: machines.hasRoomFor,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    flush: () => log.flush(),
    sync: () => log.sync(),
    close: () => log.close(),
  };
}

async function readEarlier(path: string, onFault: LedgerOptions['onFault'], take: (event: LedgerEvent) => void): Promise<void> {
  await mendLastLine(path).catch((error: unknown) => onFault(`${path}: ${messageOf(error)}`));
  try {
    for await (const event of eachJsonLine(path, LedgerEvent)) take(visibleTexts(event));
  } catch (error) {
    onFault(`${path} cannot be read to its end: ${messageOf(error)}`);
  }
}

/** Passes each kind of message (by its first words) on once. */
function onceEach(report: (reason: string) => void): (reason: string) => void {
  const said = new Set<string>();
  return (reason) => {
    const kind = reason.slice(0, 20);
    if (said.has(kind)) return;
    said.add(kind);
    report(reason);
  };
}
