import { aboutMachine, aboutVisit } from './about-machine.ts';
import type { ExportFormat } from './export-format.ts';

/** A `console` line per BMC (conman.conf(5)). User and password are not ours to know: `global ipmiopts` takes them. */
export const CONMAN: ExportFormat = {
  name: 'conman',
  about: 'serial consoles over the BMCs, for ConMan',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'conman.conf';
    yield { file, text: `# ${aboutVisit(visit)}\n# global ipmiopts="U:<user>,P:<password>"\n` };
    for await (const machine of machines) {
      const address = machine.bmc?.address;
      if (address !== undefined) yield { file, text: `# ${aboutMachine(machine)}\nconsole name="${machine.name}" dev="ipmi:${address}"\n` };
    }
  },
};
