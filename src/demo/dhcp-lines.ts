import { parseDnsmasqLine } from '../master/dhcp/dnsmasq/log.ts';
import { noteDnsmasqLine } from '../master/dhcp/note-line.ts';
import { unmergedOffers } from '../master/dhcp/unmerged-offers.ts';
import type { ServeDhcp, ServeDhcpInput } from '../master/serve-dhcp.ts';

/** DHCP that nobody speaks: what dnsmasq would have written of it goes the way of dnsmasq's log. */
export interface SpokenDhcp {
  serveDhcp: ServeDhcp;
  /** takes one line as of dnsmasq's log */
  say(line: string): void;
}

export function spokenDhcp(): SpokenDhcp {
  let master: ServeDhcpInput | undefined;
  const unmerged = unmergedOffers();
  return {
    serveDhcp: (input) => {
      master = input;
      return { pid: undefined, reconfigure: async () => {}, stop: async () => {} };
    },
    say: (text) => {
      const line = parseDnsmasqLine(text);
      if (line === undefined || master === undefined) return;
      const { kept, log, architectures, discovery, events } = master;
      noteDnsmasqLine(line, { ...kept, log, architectures, unmerged, discovery: () => discovery.current, emit: events.emit });
    },
  };
}
