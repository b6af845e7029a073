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
 * the one that was quiet for longest goes when there are more than `limit`. A machine with a lease of ours always has a place: even a
 * stranger that loaded something goes for it, but for one that has its receipt.
 */
export function machineTable(limit: number, isLeased: (mac: MacAddress) => boolean = () => false): MachineTable {
  const rows = new Map<MacAddress, { state: MachineState; history: LedgerEvent[] }>();
  /** the quietest first: who never went further than a script, the same with a lease, and who loaded something without one */
  const [askedOnly, leasedAsked, strangers] = [new Set<MacAddress>(), new Set<MacAddress>(), new Set<MacAddress>()];
  const placesFor = (mac: MacAddress): Set<MacAddress>[] => (isLeased(mac) ? [askedOnly, strangers, leasedAsked] : [askedOnly]);
  const makeRoom = (mac: MacAddress): MacAddress | undefined => {
    if (rows.size < limit) return undefined;
    const group = placesFor(mac).find(({ size }) => size > 0);
    const [quietest] = group ?? [];
    if (quietest === undefined) return undefined;
    group?.delete(quietest);
    rows.delete(quietest);
    return quietest;
  };
  const note = (event: LedgerEvent): void => {
    const { mac } = event;
    const row = rows.get(mac);
    const most = Math.min(MOST_EVENTS, Math.max(FEWEST_EVENTS, Math.floor(EVENTS_IN_ALL / Math.max(1, rows.size))));
    const history = row?.history ?? [];
    remember(history, event, most);
    const isReal = row !== undefined && !askedOnly.has(mac) && !leasedAsked.has(mac);
    for (const group of [askedOnly, leasedAsked, strangers]) group.delete(mac);
    const state = advance(row?.state, event);
    if (!isReal && !isLater(event.stage, 'script')) (isLeased(mac) ? leasedAsked : askedOnly).add(mac);
    else if (!isLeased(mac) && state.stages.receipt === undefined) strangers.add(mac);
    rows.set(mac, { state, history });
  };
  return {
    get size() {
      return rows.size;
    },
    take: (event) => {
      const forgotten = rows.has(event.mac) ? undefined : makeRoom(event.mac);
      if (!rows.has(event.mac) && rows.size >= limit) return { taken: false };
      note(event);
      return { taken: true, ...definedOnly({ forgotten }) };
    },
    hasRoomFor: (mac) => rows.has(mac) || rows.size < limit || placesFor(mac).some(({ size }) => size > 0),
    state: (mac) => rows.get(mac)?.state,
    history: (mac) => rows.get(mac)?.history ?? [],
    states: () => [...rows.values()].map(({ state }) => state),
  };
}
