import type { NodeSummary } from '../domain/api.ts';
import type { LedgerEvent } from '../domain/ledger.ts';
import { isLater, type Stage } from '../domain/stages.ts';

/** What the ledger keeps in memory of one machine. */
export interface MachineState {
  mac: string;
  /** the furthest step of the machine's current boot */
  stage: Stage;
  /** time of the latest event of each stage */
  stages: Partial<Record<Stage, string>>;
  address: string | undefined;
  interface: string | undefined;
  detail: string | undefined;
  bytes: number | undefined;
  totalBytes: number | undefined;
}

/**
 * The machine's state after one more event. ROM, iPXE, initrd and live system each ask DHCP again, so a DHCP step never
 * moves a machine back; a boot loader or a script does, because then the machine has started anew.
 */
export function advance(before: MachineState | undefined, event: LedgerEvent): MachineState {
  const startsAnew = event.stage === 'loader' || event.stage === 'script';
  const moves = before === undefined || startsAnew || event.stage === before.stage || isLater(event.stage, before.stage);
  return {
    mac: event.mac,
    stage: moves ? event.stage : before.stage,
    stages: { ...before?.stages, [event.stage]: event.at },
    address: event.address ?? before?.address,
    interface: event.interface ?? before?.interface,
    detail: moves ? event.detail : before.detail,
    bytes: moves ? event.bytes : before.bytes,
    totalBytes: moves ? event.totalBytes : before.totalBytes,
  };
}

/** One row of `GET /nodes`, without what only the record knows. */
export function summaryOf(state: MachineState, facts: { hasReceipt: boolean; isMaster: boolean }): NodeSummary {
  const { mac, address, stage, stages, detail } = state;
  return {
    mac,
    ...(address === undefined ? {} : { address }),
    stage,
    stages: { ...stages },
    ...(detail === undefined ? {} : { detail }),
    ...facts,
  };
}
