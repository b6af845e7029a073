import { ReconError } from '../../domain/errors.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';

/**
 * The MAC address that names this machine among the others: its first card's permanent one, cards on PCI before all others.
 * @throws ReconError `not-found` when the machine has no network card
 */
export function ownMac(record: Buffer): MacAddress {
  const { sections } = NodeRecord.parse(JSON.parse(record.toString('utf8')));
  const nics = sections.nics.status === 'ok' ? sections.nics.data : [];
  const first = nics
    // a BMC shows every host the same address over USB, and the USB controller may stand before all cards
    .filter((nic) => nic.bmcLink !== true)
    .map((nic) => ({
      mac: parseMac(nic.permanentMac ?? nic.mac ?? ''),
      key: `${nic.pciAddress === undefined ? 1 : 0} ${nic.pciAddress ?? nic.name}`,
    }))
    .filter((nic): nic is { mac: MacAddress; key: string } => nic.mac !== undefined)
    .sort((a, b) => (a.key < b.key ? -1 : 1))[0];
  if (first === undefined) throw new ReconError('not-found', 'this machine has no network card with a MAC address');
  return first.mac;
}
