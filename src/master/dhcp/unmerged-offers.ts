import type { Stage } from '../../domain/stages.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { PROXY_OFFER } from './dnsmasq/log.ts';

/** Machines that ask again and again, although a boot file was offered beside the address of another DHCP server. */
export interface UnmergedOffers {
  /** takes a stage of a machine; the result is the number of vain offers, once, when they are too many */
  note(mac: MacAddress, stage: Stage, detail: string | undefined): number | undefined;
}

/** A ROM asks up to four times when nobody answers it (PXE 2.1, 2.4.1: 4, 8, 16, 32 s); more than that is another boot in vain. */
const TOO_MANY = 5;
const MOST_MACHINES = 10_000;

export function unmergedOffers(): UnmergedOffers {
  const offers = new Map<MacAddress, number>();
  return {
    note: (mac, stage, detail) => {
      if (stage !== 'offer' || detail !== PROXY_OFFER) {
        offers.delete(mac);
        return undefined;
      }
      if (offers.size >= MOST_MACHINES) offers.clear();
      const count = (offers.get(mac) ?? 0) + 1;
      offers.set(mac, count);
      return count === TOO_MANY ? count : undefined;
    },
  };
}

/** For the journal: why, and what to do. */
export function unmergedWords(mac: MacAddress, offers: number): string {
  return `${mac} was offered a boot file ${offers} times and has not fetched it. Some UEFI firmware never merges an address of one server with a boot file of another (HP DL380 Gen9, Dell T430, several laptops). Enter the boot files into that DHCP server (/networks/dhcp-lines.txt), or boot this machine from the stick.`;
}
