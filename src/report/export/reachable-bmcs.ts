import { isOfItsOwnMaking } from './bmc-address.ts';
import type { LeaveOut } from './format.ts';
import type { ExportMachine } from './machine.ts';

/** A machine whose BMC has an address of its own. */
export interface ReachableBmc {
  machine: ExportMachine;
  address: string;
}

/**
 * The machines whose BMC can be reached by its address. Where two BMCs say the same one (many have it from the factory), nobody knows
 * which machine a command would switch off: neither is in the export.
 */
export async function* reachableBmcs(machines: AsyncIterable<ExportMachine>, leaveOut: LeaveOut): AsyncGenerator<ReachableBmc> {
  for await (const machine of machines) {
    const address = machine.bmc?.address;
    if (address === undefined) leaveOut('a machine has no BMC, or one without an IPv4 address');
    else if (isOfItsOwnMaking(address)) leaveOut('a BMC has none but an address of its own making (169.254…), which nobody else reaches');
    else if (machine.bmc?.hasOwnAddress !== true) leaveOut('another BMC of the visit says the same address');
    else yield { machine, address };
  }
}

/** The address of a machine's BMC where that is its own and others can reach it. */
export function reachableAddress({ bmc }: ExportMachine): string | undefined {
  return bmc?.address === undefined || !bmc.hasOwnAddress || isOfItsOwnMaking(bmc.address) ? undefined : bmc.address;
}
