import { setTimeout as delay } from 'node:timers/promises';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { EventSink } from './event-sink.ts';
import { type SelfInventory, storeSelf } from './intake/self-record.ts';
import type { Store } from './intake/store.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { RunState } from './run-state.ts';

/** An inventory that still runs must not keep a machine from going down. */
const PATIENCE_MS = 20_000;
/** The stick may be back, or have room. */
const RETRY_MS = 15_000;

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
  retryMs?: number;
}

/** Starts it; a failure is a fault that is told, and nothing more. What the stick does not take is tried again, as a peer does. */
export function startOwnInventory({ inventorySelf, state, events, retryMs = RETRY_MS, ...input }: OwnInventoryInput): OwnInventory {
  const shutdown = new AbortController();
  let made: Promise<SelfInventory> | undefined;
  const once = (): Promise<void> =>
    storeSelf({
      ...input,
      inventorySelf: () => {
        made ??= inventorySelf(shutdown.signal);
        return made;
      },
      onMac: (mac) => {
        state.ownMac = mac;
      },
    });
  const untilStored = async (): Promise<void> => {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await once();
      } catch (error) {
        if (isFirst) events.fault('inventory', `this machine's own record: ${messageOf(error)}`);
        if (!(error instanceof ReconError) || error.httpStatus !== 503 || shutdown.signal.aborted) return;
        await delay(retryMs, undefined, { ref: false, signal: shutdown.signal }).catch(() => {});
      }
    }
  };
  const done = untilStored();
  return {
    shutdown: () => shutdown.abort(),
    settled: async () => {
      await Promise.race([done, delay(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}
