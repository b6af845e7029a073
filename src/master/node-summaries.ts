import type { NodeSummary } from '../domain/api.ts';
import type { MacAddress } from '../domain/mac.ts';
import type { MissingMachine } from '../report/report-html.ts';
import type { Ledger } from './ledger.ts';
import { summaryOf } from './machine-state.ts';
import type { Store } from './store.ts';

interface Sources {
  ledger: Ledger;
  store: Store;
  masterMac: () => MacAddress | undefined;
}

/** Every machine that was seen, in the order of first sight, with what its record says about it. */
export function nodeSummaries({ ledger, store, masterMac }: Sources): NodeSummary[] {
  const stored = new Map(store.latest().map((revision) => [revision.mac, revision]));
  return ledger.machines().map((machine) => ({
    ...summaryOf(machine, { hasReceipt: stored.get(machine.mac)?.receipt !== undefined, isMaster: machine.mac === masterMac() }),
    ...store.identityOf(machine.mac),
  }));
}

/** Machines that asked and have no record. */
export function missingMachines({ ledger, store }: Sources): MissingMachine[] {
  const stored = new Set(store.latest().map(({ mac }) => mac));
  return ledger
    .machines()
    .filter(({ mac }) => !stored.has(mac))
    .map(({ mac, stage, stages, address, detail }) => ({ mac, stage, at: stages[stage], address, detail }));
}
