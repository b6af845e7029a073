import { type LedgerEntry, LedgerEvent } from '../domain/ledger.ts';
import type { MacAddress } from '../domain/mac.ts';
import { mendLastLine, openAppendLog, readJsonLines } from '../platform/append-log.ts';
import { advance, type MachineState } from './machine-state.ts';

/** At most one write per this time: a stick wears, and 1000 machines make many events. */
const WRITE_INTERVAL_MS = 1000;

/** the schema's limit, in characters */
const MAX_DETAIL = 2000;

export interface Ledger {
  /** notes a step of a machine; never fails, also when the medium is full or gone */
  add(entry: LedgerEntry): LedgerEvent;
  /** the number of the last event */
  readonly sequence: number;
  machines(): MachineState[];
  machine(mac: MacAddress): MachineState | undefined;
  /** calls back for each new event until the returned function is called */
  subscribe(listener: (event: LedgerEvent) => void): () => void;
  /** writes what waits, and syncs it */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  path: string;
  now: () => Date;
  onFault: (reason: string) => void;
}

/** Opens `ledger.jsonl` and continues where an earlier run stopped. */
export async function openLedger({ path, now, onFault }: LedgerOptions): Promise<Ledger> {
  const machines = new Map<MacAddress, MachineState>();
  const listeners = new Set<(event: LedgerEvent) => void>();
  let sequence = 0;
  const take = (event: LedgerEvent): void => {
    sequence = Math.max(sequence, event.sequence);
    machines.set(event.mac, advance(machines.get(event.mac), event));
  };
  await mendLastLine(path).catch((error: unknown) => onFault(`${path}: ${messageOf(error)}`));
  for (const event of await readJsonLines(path, LedgerEvent)) take(event);
  let faulty = false;
  const log = openAppendLog(path, {
    intervalMs: WRITE_INTERVAL_MS,
    onError: (error) => {
      if (!faulty) onFault(`the ledger cannot be written to ${path}: ${messageOf(error)}`);
      faulty = true;
    },
  });
  return {
    add: (entry) => {
      const event: LedgerEvent = { sequence: sequence + 1, at: now().toISOString(), ...entry };
      if (event.detail !== undefined) event.detail = event.detail.slice(0, MAX_DETAIL);
      take(event);
      log.append(JSON.stringify(event));
      for (const listener of listeners) listener(event);
      return event;
    },
    get sequence() {
      return sequence;
    },
    machines: () => [...machines.values()],
    machine: (mac) => machines.get(mac),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sync: () => log.sync(),
    close: () => log.close(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
