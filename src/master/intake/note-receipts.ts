import type { Ledger } from '../ledger/ledger.ts';
import type { Store } from './store.ts';

/** The ledger is written behind our back, receipts are not: after a sudden end it may miss one. */
export function noteReceipts(store: Pick<Store, 'latest'>, ledger: Pick<Ledger, 'add' | 'machine'>): void {
  for (const { mac, revision, receipt } of store.latest()) {
    if (receipt === undefined || ledger.machine(mac)?.stages.receipt !== undefined) continue;
    ledger.add({ mac, stage: 'receipt', detail: `revision ${revision}, stored before the master's last start` });
  }
}
