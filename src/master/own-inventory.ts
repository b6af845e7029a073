import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../domain/values/message-of.ts';
import type { EventSink } from './event-sink.ts';
import { type SelfInventory, storeSelf } from './intake/self-record.ts';
import type { Store } from './intake/store.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { RunState } from './run-state.ts';

/** An inventory that still runs must not keep a machine from going down. */
const PATIENCE_MS = 20_000;

/** The inventory of this machine itself, beside everything else. */
export interface OwnInventory {
  /** asks it to end soon, with what there is */
  shutdown(): void;
  /** waits until its record is stored, or for 20 s */
  settled(): Promise<void>;
}

interface OwnInventoryInput {
  inventorySelf: (shutdown: AbortSignal) => Promise<SelfInventory>;
  stateDirectory: string;
  store: Store;
  ledger: Ledger;
  state: Pick<RunState, 'ownMac'>;
  events: Pick<EventSink, 'fault'>;
}

/** Starts it; a failure is a fault that is told, and nothing more. */
export function startOwnInventory({ inventorySelf, state, events, ...input }: OwnInventoryInput): OwnInventory {
  const shutdown = new AbortController();
  const done = storeSelf({
    ...input,
    inventorySelf: () => inventorySelf(shutdown.signal),
    onMac: (mac) => {
      state.ownMac = mac;
    },
  }).catch((error: unknown) => events.fault('inventory', `this machine's own record: ${messageOf(error)}`));
  return {
    shutdown: () => shutdown.abort(),
    settled: async () => {
      await Promise.race([done, delay(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}
