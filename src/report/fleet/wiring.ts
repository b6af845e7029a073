import { definedOnly } from '../../domain/values/defined-only.ts';
import { naturally } from './natural-order.ts';
import type { WiredLink } from './wired-links.ts';

interface Wired {
  mac: string;
  links: readonly WiredLink[];
  portsUp: number;
}

export interface PortLink extends WiredLink {
  /** the machine at the port */
  machine: string;
}

export interface WiredSwitch {
  id: string;
  name: string;
  about?: string;
  /** in the order that they have on the switch */
  ports: readonly { port: string; links: readonly PortLink[] }[];
  machines: number;
}

/** Who hangs on which port, as far as LLDP tells. */
export interface Wiring {
  switches: readonly WiredSwitch[];
  /** machines with all their cables in one switch, although most have two; empty when one is usual */
  onOneSwitch: readonly string[];
  /** machines with a link, of which no neighbour says who it is */
  silent: readonly string[];
  /** machines of which no port has a link */
  unplugged: readonly string[];
}

/** Turns what the machines saw round: from machines with ports to switches with machines. Pure. */
export function wiringOf(machines: readonly Wired[]): Wiring {
  const links = machines.flatMap(({ mac, links }) => links.map((link): PortLink => ({ ...link, machine: mac })));
  const switches = [...Map.groupBy(links, ({ switchId }) => switchId)]
    .map(([id, of]) => wiredSwitch(id, of))
    .sort((a, b) => naturally(a.name, b.name) || naturally(a.id, b.id));
  const switchCounts = machines.map(({ links }) => new Set(links.map(({ switchId }) => switchId)).size);
  const twoAreUsual = switchCounts.filter((count) => count >= 2).length * 2 > switchCounts.filter((count) => count >= 1).length;
  const which = (test: (machine: Wired, switches: number) => boolean): string[] =>
    machines.filter((machine, at) => test(machine, switchCounts[at] ?? 0)).map(({ mac }) => mac);
  return {
    switches,
    onOneSwitch: twoAreUsual ? which((_, count) => count === 1) : [],
    silent: which(({ portsUp }, count) => count === 0 && portsUp > 0),
    unplugged: which(({ portsUp }, count) => count === 0 && portsUp === 0),
  };
}

function wiredSwitch(id: string, links: readonly PortLink[]): WiredSwitch {
  const about = links.find(({ switchAbout }) => switchAbout !== undefined)?.switchAbout;
  return {
    id,
    name: links[0]?.switchName ?? id,
    ...definedOnly({ about }),
    ports: [...Map.groupBy(links, ({ port }) => port)].map(([port, of]) => ({ port, links: of })).sort((a, b) => naturally(a.port, b.port)),
    machines: new Set(links.map(({ machine }) => machine)).size,
  };
}
