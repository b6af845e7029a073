import type { TextFormat } from '../format.ts';
import { reachableBmcs } from '../reachable-bmcs.ts';

/** A line per BMC with its machine's name and its address, two words that a shell has nothing to quote in; no comments, for loops. */
export const IPMITOOL: TextFormat = {
  name: 'ipmitool',
  about: 'a line per BMC, name and address, for loops over ipmitool',
  shape: 'file',
  async *write(machines, _visit, leaveOut) {
    for await (const { machine, address } of reachableBmcs(machines, leaveOut))
      yield { file: 'bmc.txt', text: `${machine.name} ${address}\n` };
  },
};
