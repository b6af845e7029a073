import type { ExportFormat } from './export-format.ts';

/** A line per BMC with its machine's name and its address, two words that a shell has nothing to quote in. */
export const IPMITOOL: ExportFormat = {
  name: 'ipmitool',
  about: 'a line per BMC, name and address, for loops over ipmitool',
  shape: 'file',
  async *write(machines) {
    for await (const { name, bmc } of machines) if (bmc?.address !== undefined) yield { file: 'bmc.txt', text: `${name} ${bmc.address}\n` };
  },
};
