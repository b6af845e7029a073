import type { LedgerEvent } from '../../../domain/ledger.ts';
import { isLater } from '../../../domain/stages.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { MacAddress } from '../../../domain/values/mac.ts';
import { remember } from './history.ts';
import { advance, type MachineState } from './state.ts';

/** Events that are kept in memory of all machines together; about 50 MB. */
const EVENTS_IN_ALL = 200_000;
const MOST_EVENTS = 200;
const FEWEST_EVENTS = 16;

/** The machines that were seen, a bounded number of them. */
export interface MachineTable {
  readonly size: number;
  /** takes an event; a machine that was forgotten to make room is named. False: the table is full and did not take it */
  take(event: LedgerEvent): { taken: boolean; forgotten?: MacAddress };
  /** whether an event of this machine would be taken */
  hasRoomFor(mac: MacAddress): boolean;
  state(mac: MacAddress): MachineState | undefined;
  history(mac: MacAddress): readonly LedgerEvent[];
  /** in the order of first sight */
  states(): MachineState[];
}

/**
 * Anyone can make up MAC addresses. A machine that has loaded a kernel is real enough to be kept; of those that only asked,
 * the one that was quiet for longest goes when there are more than `limit`.
 */
export function machineTable(limit: number): MachineTable {
  const rows = new Map<MacAddress, { state: MachineState; history: LedgerEvent[] }>();
  /** machines that never went further than their script, the quietest first */
  const askedOnly = new Set<MacAddress>();
  const makeRoom = (): MacAddress | undefined => {
    if (rows.size < limit) return undefined;
    const [quietest] = askedOnly;
    if (quietest === undefined) return undefined;
    askedOnly.delete(quietest);
    rows.delete(quietest);
    return quietest;
  };
  const note = (event: LedgerEvent): void => {
    const { mac } = event;
    const row = rows.get(mac);
    const most = Math.min(MOST_EVENTS, Math.max(FEWEST_EVENTS, Math.floor(EVENTS_IN_ALL / Math.max(1, rows.size))));
    const history = row?.history ?? [];
    remember(history, event, most);
    const isReal = row !== undefined && !askedOnly.has(mac);
    askedOnly.delete(mac);
    if (!isReal && !isLater(event.stage, 'script')) askedOnly.add(mac);
    rows.set(mac, { state: advance(row?.state, event), history });
  };
  return {
    get size() {
      return rows.size;
    },
    take: (event) => {
      const forgotten = rows.has(event.mac) ? undefined : makeRoom();
      if (!rows.has(event.mac) && rows.size >= limit) return { taken: false };
      note(event);
      return { taken: true, ...definedOnly({ forgotten }) };
    },
    hasRoomFor: (mac) => rows.has(mac) || rows.size < limit || askedOnly.size > 0,
    state: (mac) => rows.get(mac)?.state,
    history: (mac) => rows.get(mac)?.history ?? [],
    states: () => [...rows.values()].map(({ state }) => state),
  };
}
