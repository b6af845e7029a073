import { aboutMachine, aboutVisit } from './about-machine.ts';
import type { ExportFormat } from './export-format.ts';

/** A device and a node per BMC (powerman.conf(5)), driven by FreeIPMI's ipmipower, which has user and password in its own configuration. */
export const POWERMAN: ExportFormat = {
  name: 'powerman',
  about: 'power control over the BMCs, for PowerMan',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'powerman.conf';
    yield { file, text: `# ${aboutVisit(visit)}\ninclude "/etc/powerman/ipmipower.dev"\n` };
    for await (const machine of machines) {
      const { name, bmc } = machine;
      if (bmc?.address === undefined) continue;
      const command = `/usr/sbin/ipmipower -h ${bmc.address} --wait-until-on --wait-until-off |&`;
      const lines = [
        `# ${aboutMachine(machine)}`,
        `device "${name}" "ipmipower" "${command}"`,
        `node "${name}" "${name}" "${bmc.address}"`,
      ];
      yield { file, text: `${lines.join('\n')}\n` };
    }
  },
};
