import type { MasterEvent } from '../master/ledger/events.ts';

/**
 * Which events are news for the console: a machine's stage is told when it begins, and a transfer once more when it is
 * complete. The ledger keeps all of them, and the record says which tool failed; a screen with 500 machines must stay readable.
 */
export function stageFilter(): (event: MasterEvent) => boolean {
  const told = new Map<string, string>();
  return (event) => {
    if (event.kind !== 'ledger') return true;
    const { mac, stage, bytes, totalBytes } = event.event;
    const complete = bytes !== undefined && bytes === totalBytes;
    // leases are renewed all the time: an address is news once
    if (stage === 'ack' && told.has(mac)) return false;
    if (!complete && told.get(mac) === stage) return false;
    told.set(mac, stage);
    return true;
  };
}
