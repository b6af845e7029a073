import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';
import type { MasterEvent } from './ledger/events.ts';

type FaultEvent = Extract<MasterEvent, { kind: 'fault' }>;

/** How a master says what happens. */
export interface EventSink {
  emit(event: MasterEvent): void;
  /** something does not work, and the master goes on without it */
  fault(part: FaultEvent['part'], reason: string, hint?: string): void;
}

/** Events for the console, and faults in the journal as well. */
export function eventSink({ log, onEvent = () => {} }: { log: Log; onEvent?: (event: MasterEvent) => void }): EventSink {
  return {
    emit: onEvent,
    fault: (part, reason, hint) => {
      log.warn(`${part}: ${reason}`);
      onEvent({ kind: 'fault', part, reason, ...definedOnly({ hint }) });
    },
  };
}
