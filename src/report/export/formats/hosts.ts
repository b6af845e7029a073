import { fileHead } from '../about-machine.ts';
import { bmcAddress } from '../bmc-address.ts';
import type { TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';

const HOW_TO = ['Use: append to /etc/hosts, or give it to dnsmasq with addn-hosts=FILE.'];
const OF_VISIT = 'The addresses of machines (not of BMCs) are those of the visit: --first-address gives them lasting ones.';

/** Lines for /etc/hosts (hosts(5)): the machine, and its BMC. */
export const HOSTS: TextFormat = {
  name: 'hosts',
  about: 'lines for /etc/hosts: machines and their BMCs',
  shape: 'file',
  async *write(machines, visit, leaveOut) {
    const file = 'hosts';
    let isFirst = true;
    for await (const machine of machines) {
      if (isFirst) yield { file, text: head(visit, machine.address === undefined) };
      isFirst = false;
      const { name, address = addressOfVisit(machine), bmc } = machine;
      if (address === undefined) leaveOut('a machine has no IPv4 address (--first-address gives it one)');
      else yield { file, text: `${address}\t${name}\n` };
      if (bmc?.address !== undefined && !bmc.hasOwnAddress) leaveOut('another BMC of the visit says the same address');
      else if (bmc?.address !== undefined) yield { file, text: `${bmc.address}\t${bmc.name}\n` };
    }
    if (isFirst) yield { file, text: head(visit, false) };
  },
};

function head(visit: Parameters<TextFormat['write']>[1], isOfVisit: boolean): string {
  return fileHead('Host names of machines and of their BMCs.', visit, [...HOW_TO, ...(isOfVisit ? [OF_VISIT] : [])]);
}

/** The IPv4 address that the machine had during the visit. */
function addressOfVisit({ sections: { nics } }: ExportMachine): string | undefined {
  return nics
    ?.filter((nic) => nic.bmcLink !== true)
    .flatMap((nic) => nic.addresses ?? [])
    .map((address) => bmcAddress(address.replace(/\/\d+$/, '')))
    .find((address) => address !== undefined && !address.startsWith('169.254.'));
}
