import { aboutMachine, fileHead } from '../about-machine.ts';
import type { TextFormat } from '../format.ts';
import { reachableBmcs } from '../reachable-bmcs.ts';

const HOW_TO = [
  'Use: as /etc/powerman/powerman.conf, or append it there; restart powermand. powerman -l lists the machines, powerman -q asks for their power.',
  "User and password of the BMCs: username and password in FreeIPMI's /etc/freeipmi/freeipmi.conf, readable by the user of powermand alone.",
];

/** A device and a node per BMC (powerman.conf(5)), driven by FreeIPMI's ipmipower, which has user and password in its own configuration. */
export const POWERMAN: TextFormat = {
  name: 'powerman',
  about: 'power control over the BMCs, for PowerMan',
  shape: 'file',
  async *write(machines, visit, leaveOut) {
    const file = 'powerman.conf';
    yield {
      file,
      text: `${fileHead('Power control for PowerMan: each machine by its BMC.', visit, HOW_TO)}include "/etc/powerman/ipmipower.dev"\n`,
    };
    for await (const { machine, address } of reachableBmcs(machines, leaveOut)) {
      const { name } = machine;
      const command = `/usr/sbin/ipmipower -h ${address} --wait-until-on --wait-until-off |&`;
      const lines = [`# ${aboutMachine(machine)}`, `device "${name}" "ipmipower" "${command}"`, `node "${name}" "${name}" "${address}"`];
      yield { file, text: `${lines.join('\n')}\n` };
    }
  },
};
