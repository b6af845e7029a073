import { aboutMachine, fileHead } from '../about-machine.ts';
import type { TextFormat } from '../format.ts';
import { reachableBmcs } from '../reachable-bmcs.ts';

const HOW_TO = [
  'Use: append to /etc/conman.conf, put user and password of the BMCs into the line below, take away its sign, restart conmand.',
  'global ipmiopts="U:<user>,P:<password>"',
];

/** A `console` line per BMC (conman.conf(5)). User and password are not ours to know: `global ipmiopts` takes them. */
export const CONMAN: TextFormat = {
  name: 'conman',
  about: 'serial consoles over the BMCs, for ConMan',
  shape: 'file',
  async *write(machines, visit, leaveOut) {
    const file = 'conman.conf';
    yield { file, text: fileHead('Consoles for ConMan: Serial over LAN of each BMC.', visit, HOW_TO) };
    for await (const { machine, address } of reachableBmcs(machines, leaveOut))
      yield { file, text: `# ${aboutMachine(machine)}\nconsole name="${machine.name}" dev="ipmi:${address}"\n` };
  },
};
