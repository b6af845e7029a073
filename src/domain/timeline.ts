import { z } from 'zod';
import { LedgerEvent } from './ledger.ts';
import type { Stage } from './stages.ts';
import { definedOnly } from './values/defined-only.ts';

/** One or more ledger events of a machine that belong together: a transfer with its progress, or a lease with its renewals. */
export const TimelineEntry = z.looseObject({
  ...LedgerEvent.omit({ sequence: true, mac: true }).shape,
  until: z.iso.datetime().meta({ description: 'time of the latest event of this entry' }),
  times: z.int().positive().meta({ description: 'how many events were put together' }),
  bytesPerSecond: z.number().nonnegative().exactOptional().meta({ description: 'between the first and the latest report of a transfer' }),
  firstBytes: z.int().nonnegative().exactOptional().meta({ description: 'bytes at the first report of a transfer' }),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** The events of one machine, put together so that a person can read them. */
export function timelineOf(events: readonly LedgerEvent[]): TimelineEntry[] {
  return events.reduce(withEvent, []);
}

function withEvent(entries: TimelineEntry[], { sequence: _sequence, mac: _mac, ...event }: LedgerEvent): TimelineEntry[] {
  const at = entries.findLastIndex((entry) => entry.stage === event.stage && belongTogether(entry, event));
  const between = at === -1 ? [] : entries.slice(at + 1);
  // iPXE fetches initrd and kernel side by side: their reports may come in turns
  const inTurns = event.bytes !== undefined && between.length <= 1;
  const joins = at !== -1 && (inTurns || between.every((entry) => DHCP_STAGES.includes(entry.stage)));
  const before = entries[at];
  if (!joins || before === undefined) {
    const first = definedOnly({ firstBytes: event.bytes });
    return [...entries, { ...event, until: event.at, times: 1, ...first }];
  }
  const merged = { ...before, ...event, at: before.at, until: event.at, times: before.times + 1 };
  return entries.with(at, { ...merged, ...rateOf(merged) });
}

const DHCP_STAGES: readonly Stage[] = ['discover', 'offer', 'request', 'ack'];

function belongTogether(entry: TimelineEntry, event: Omit<LedgerEvent, 'sequence' | 'mac'>): boolean {
  if (DHCP_STAGES.includes(event.stage)) return true;
  if (event.bytes === undefined) return entry.bytes === undefined && entry.detail === event.detail;
  return entry.totalBytes === event.totalBytes && event.bytes >= (entry.bytes ?? 0);
}

function rateOf({ at, until, firstBytes = 0, bytes = 0 }: TimelineEntry): { bytesPerSecond?: number } {
  const seconds = (Date.parse(until) - Date.parse(at)) / 1000;
  return seconds > 0 && bytes > firstBytes ? { bytesPerSecond: (bytes - firstBytes) / seconds } : {};
}
