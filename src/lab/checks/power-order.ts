import type { LedgerEvent } from '../../domain/ledger.ts';
import type { LabMachine } from '../plan/lab-plan.ts';

/** What was seen of a peer's power, from outside. */
export interface PeerPower {
  machine: LabMachine;
  /** when it went off in the host's time; undefined while it is on */
  offAtMs: number | undefined;
  /** its console, line by line */
  console: readonly string[];
}

/** The master's clock may be this far from the host's after correction by HTTP dates, which are whole seconds. */
const CLOCK_TOLERANCE_MS = 2000;

/** How a peer without a BMC says why it stays on. */
export const STAYS_ON = /\bno (IPMI|BMC)\b|without (a |an )?(IPMI|BMC)\b/i;

/**
 * Findings about power: a peer with a BMC must be off, and only after its receipt; one without must be on and say why.
 * `clockOffsetMs` is the master's clock minus the host's.
 */
export function findPowerTrouble(peers: readonly PeerPower[], ledger: readonly LedgerEvent[], clockOffsetMs: number): string[] {
  return peers.flatMap((peer) => {
    const { machine, offAtMs } = peer;
    const receipt = ledger.find((event) => event.stage === 'receipt' && machine.nics.some((nic) => nic.mac === event.mac));
    if (receipt === undefined) return [`${machine.name}: the ledger has no receipt for it`];
    if (machine.bmc === undefined) return findReasonToStay(peer);
    if (offAtMs === undefined) return [`${machine.name} has a BMC and a receipt, and is still on`];
    const receiptAtMs = Date.parse(receipt.at) - clockOffsetMs;
    if (offAtMs >= receiptAtMs - CLOCK_TOLERANCE_MS) return [];
    return [`${machine.name} went off ${Math.round(receiptAtMs - offAtMs)} ms before its receipt`];
  });
}

function findReasonToStay({ machine, offAtMs, console }: PeerPower): string[] {
  const findings = offAtMs === undefined ? [] : [`${machine.name} has no BMC and went off all the same`];
  return console.some((line) => STAYS_ON.test(line))
    ? findings
    : [...findings, `${machine.name} does not say on its console why it stays on`];
}
