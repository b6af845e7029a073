import { setTimeout as delay } from 'node:timers/promises';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { EventSink } from './event-sink.ts';
import { putSelf, type SelfInventory, storeSelf } from './intake/self-record.ts';
import type { Store } from './intake/store.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { RunState } from './run-state.ts';

/** An inventory that still runs must not keep a machine from going down. */
const PATIENCE_MS = 20_000;
/** The stick may be back, or have room. */
const RETRY_MS = 15_000;
/**
 * Before each further look, when programs had no answer in their time. The first look falls into the start of everything else, and from a CD behind a
 * BMC programs are read at a few megabytes a second.
 */
const LOOK_AGAIN_MS: readonly number[] = [60_000, 300_000];

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
  lookAgainMs?: readonly number[];
}

/**
 * Starts it; a failure is a fault that is told, and nothing more. What the stick does not take is tried again, as a peer does. Where programs had no
 * answer in their time this machine is looked at again, and a record that has more becomes the newest.
 */
export function startOwnInventory(whole: OwnInventoryInput): OwnInventory {
  const { inventorySelf, state, events, retryMs = RETRY_MS, lookAgainMs = LOOK_AGAIN_MS, ...input } = whole;
  const shutdown = new AbortController();
  const sleep = (durationMs: number): Promise<void> =>
    delay(durationMs, undefined, { ref: false, signal: shutdown.signal }).catch(() => undefined);
  let made: Promise<SelfInventory> | undefined;
  const once = (): Promise<SelfInventory | undefined> =>
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
  const untilStored = async (): Promise<SelfInventory | undefined> => {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await once();
      } catch (error) {
        if (isFirst) events.fault('inventory', `this machine's own record: ${messageOf(error)}`);
        if (!(error instanceof ReconError) || error.httpStatus !== 503 || shutdown.signal.aborted) return undefined;
        await sleep(retryMs);
      }
    }
  };
  const lookAgain = async (first: SelfInventory): Promise<void> => {
    let best = first;
    for (const pauseMs of lookAgainMs) {
      if (best.lateCommands === 0) return;
      await sleep(pauseMs);
      if (shutdown.signal.aborted) return;
      const next = await inventorySelf(shutdown.signal);
      if (next.lateCommands >= best.lateCommands) continue;
      // a look that sees less may name this machine by another card
      await putSelf({ ...next, mac: first.mac }, input);
      best = next;
    }
  };
  const done = untilStored().then(async (first) => {
    if (first === undefined) return;
    // there is a record, and it stays
    await lookAgain(first).catch((error: unknown) => events.fault('inventory', `another look at this machine: ${messageOf(error)}`));
  });
  return {
    shutdown: () => shutdown.abort(),
    settled: async () => {
      await Promise.race([done, delay(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}
