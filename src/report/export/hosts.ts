import { aboutVisit } from './about-machine.ts';
import { bmcAddress } from './bmc-address.ts';
import type { ExportFormat } from './export-format.ts';
import type { ExportMachine } from './export-machine.ts';

/** Lines for /etc/hosts (hosts(5)): the machine, and its BMC. */
export const HOSTS: ExportFormat = {
  name: 'hosts',
  about: 'lines for /etc/hosts: machines and their BMCs',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'hosts';
    yield { file, text: `# ${aboutVisit(visit)}\n` };
    for await (const machine of machines) {
      const { name, address = addressOfVisit(machine), bmc } = machine;
      if (address !== undefined) yield { file, text: `${address}\t${name}\n` };
      if (bmc?.address !== undefined) yield { file, text: `${bmc.address}\t${bmc.name}\n` };
    }
  },
};

/** The IPv4 address that the machine had during the visit. */
function addressOfVisit({ sections: { nics } }: ExportMachine): string | undefined {
  return nics
    ?.filter((nic) => nic.bmcLink !== true)
    .flatMap((nic) => nic.addresses ?? [])
    .map((address) => bmcAddress(address.replace(/\/\d+$/, '')))
    .find((address) => address !== undefined && !address.startsWith('169.254.'));
}
