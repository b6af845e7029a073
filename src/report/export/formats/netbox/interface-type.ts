import type { Nic } from '../../../../domain/record/network.ts';
import { portSpeedMbps } from '../../ports.ts';

const COPPER: Readonly<Record<number, string>> = {
  100: '100base-tx',
  1000: '1000base-t',
  2500: '2.5gbase-t',
  5000: '5gbase-t',
  10000: '10gbase-t',
};
const PLUGGABLE: Readonly<Record<number, string>> = {
  ...{ 1000: '1000base-x-sfp', 10000: '10gbase-x-sfpp', 25000: '25gbase-x-sfp28', 40000: '40gbase-x-qsfpp' },
  ...{ 100000: '100gbase-x-qsfp28', 200000: '200gbase-x-qsfp56', 400000: '400gbase-x-qsfpdd' },
};
/** Four lanes, as adapters have them; 40 Gbit/s is QDR or FDR10, which the rate does not tell. */
const INFINIBAND: Readonly<Record<number, string>> = {
  ...{ 20000: 'infiniband-ddr', 56000: 'infiniband-fdr', 100000: 'infiniband-edr', 200000: 'infiniband-hdr' },
  ...{ 400000: 'infiniband-ndr', 800000: 'infiniband-xdr' },
};

/** NetBox's word for the kind of a port; `other` where speed and connector do not tell. */
export function netboxInterfaceType(nic: Nic): string {
  const speed = portSpeedMbps(nic) ?? 0;
  if (nic.linkType === 'infiniband') return INFINIBAND[speed] ?? 'other';
  if (nic.portType === 'Twisted Pair') return COPPER[speed] ?? 'other';
  if (nic.transceiver !== undefined || nic.portType === 'FIBRE' || nic.portType === 'Direct Attach Copper')
    return PLUGGABLE[speed] ?? 'other';
  return 'other';
}
