import type { EventHub } from '../api/parts/event-hub.ts';

/** A room of machines asks at once: what happens within this time is one event. */
const TOGETHER_MS = 200;

/** Tells who watches which machines were seen. @returns what is called with each */
export function machineEvents(events: Pick<EventHub, 'publish'>): (machine: { mac: string }) => void {
  const macs = new Set<string>();
  return ({ mac }) => {
    if (macs.size === 0)
      setTimeout(() => {
        const seen = [...macs];
        macs.clear();
        events.publish({ event: 'machines', macs: seen });
      }, TOGETHER_MS).unref();
    macs.add(mac);
  };
}
