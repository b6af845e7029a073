import type { MasterEvent } from '../master/events.ts';

/**
 * Which events are news for the console: a machine's step is told when it begins, and a transfer once more when it is
 * complete. The ledger keeps all of them; a screen with 500 machines must stay readable.
 */
export function stepFilter(): (event: MasterEvent) => boolean {
  const told = new Map<string, string>();
  return (event) => {
    if (event.kind !== 'ledger') return true;
    const { mac, stage, bytes, totalBytes, detail } = event.event;
    const complete = bytes !== undefined && bytes === totalBytes;
    const failed = detail !== undefined && /: (failed|timeout)$/.test(detail);
    // leases are renewed all the time: an address is news once
    if (stage === 'ack' && told.has(mac)) return false;
    if (!complete && !failed && told.get(mac) === stage) return false;
    told.set(mac, stage);
    return true;
  };
}
