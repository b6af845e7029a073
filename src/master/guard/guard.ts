import { randomInt } from 'node:crypto';
import { subnetSet } from '../../domain/values/ip-address.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { type Link, listLinks } from '../../platform/network/interfaces.ts';
import type { OwnAddresses } from './classify.ts';
import { FLAP_LIMITS, type FlapLimits, linkFlaps } from './link-flaps.ts';
import type { Policy } from './policy.ts';
import { objectionReason } from './reasons.ts';
import { type GuardedLink, type SegmentState, startGuardedLink } from './segment.ts';
import { sharedSegments } from './shared-segments.ts';
import { vlanLinks } from './vlan-links.ts';
import { wait } from './wait.ts';

export interface GuardEvent {
  interface: string;
  state: SegmentState;
}

export interface GuardOptions {
  /** names or MAC addresses of the interfaces to guard; without it all Ethernet interfaces that have hardware behind them */
  interfaces?: readonly string[];
  /** how long to listen before a segment counts as quiet */
  lookMs?: number;
  /** how often to ask again while serving, and to try again after a failed look */
  reprobeMs?: number;
  /** how often to look for new interfaces and changed links */
  pollMs?: number;
  /** subnets that we serve or are going to serve, for example `10.77.0.0/16` */
  ownSubnets: readonly string[];
  /** what must be there, or not; a quiet segment when missing */
  policy?: Policy;
  /** serve inside this VLAN: each interface gets a sub-interface for it, which is guarded in its place */
  vlan?: number;
  /** when a link counts as coming and going */
  flapLimits?: FlapLimits;
  log: Log;
  /** called for each change. **Serve an interface exactly while its latest state is `quiet`,** or `beside-server` where that is wanted. */
  onState: (event: GuardEvent) => void;
}

export interface Guard {
  /** the latest state of each interface */
  states(): ReadonlyMap<string, SegmentState>;
  /** forgets why an interface is refused and looks anew; only on a person's word */
  lookAgain(interfaceName: string): void;
  /** ends every probe and capture; interfaces stay up, without an address from us */
  stop(): Promise<void>;
}

/**
 * Looks at all interfaces side by side before anything is served there, reports each one's state, and keeps watching:
 * interfaces that appear, links that come and go, and foreign servers on segments that were quiet.
 * @throws ReconError `address-malformed` when `ownSubnets` are not subnets
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const { lookMs = 10_000, reprobeMs = 60_000, pollMs = 2000, policy = { wanted: 'quiet' }, flapLimits = FLAP_LIMITS, log } = options;
  const vlans = options.vlan === undefined ? undefined : vlanLinks(options.vlan);
  const ownAddress = policy.wanted === 'one-server' ? { ownAddress: policy.address } : {};
  const ownSubnets = subnetSet(options.ownSubnets);
  const segments = new Map<string, { segment: GuardedLink; index: number }>();
  const states = new Map<string, SegmentState>();
  const probeOwners = new Map<number, string>();
  let links: readonly Link[] = [];
  let ownMacs: ReadonlySet<MacAddress> = new Set();
  const stopping = new AbortController();
  const shared = sharedSegments(goesBefore);

  function start(link: Link): GuardedLink {
    const { name } = link;
    const probeId = randomInt(2 ** 30);
    probeOwners.set(probeId, name);
    return startGuardedLink({
      name,
      probeId,
      lookMs,
      reprobeMs,
      ownSubnets: options.ownSubnets,
      policy,
      flaps: linkFlaps(flapLimits),
      surroundings: (): OwnAddresses => ({ ownMacs, ownSubnets, ...ownAddress }),
      ownerOf: (id) => probeOwners.get(id),
      shared,
      onState: (state) => tell(name, state),
      log,
    });
  }

  function tell(name: string, state: SegmentState): void {
    if (JSON.stringify(states.get(name)) === JSON.stringify(state)) return;
    states.set(name, state);
    options.onState({ interface: name, state });
  }

  /** Of two interfaces on one segment, the one that serves already goes first, then the one with the lower index. */
  function goesBefore(other: string, name: string): boolean {
    const state = states.get(other)?.state;
    const indexOf = (wanted: string) => links.find((link) => link.name === wanted)?.index ?? Number.POSITIVE_INFINITY;
    return state === 'quiet' || state === 'beside-server' || (state === 'looking' && indexOf(other) < indexOf(name));
  }

  async function poll(): Promise<void> {
    links = await listLinks();
    ownMacs = new Set(links.flatMap(({ mac }) => (mac === undefined ? [] : [mac])));
    const guarded = await guardedLinks();
    for (const [name, { segment, index }] of segments) {
      const now = guarded.find((link) => link.index === index);
      if (now?.name === name) continue;
      segments.delete(name);
      await segment.stop();
      tell(name, now === undefined ? { state: 'gone' } : { state: 'gone', renamedTo: now.name });
    }
    for (const link of guarded) {
      const known = segments.get(link.name);
      if (known === undefined) segments.set(link.name, { segment: start(link), index: link.index });
      else known.segment.linkChanged(link);
    }
  }

  async function guardedLinks(): Promise<Link[]> {
    const parents = links.filter((link) => isGuarded(link, options.interfaces));
    if (vlans === undefined) return parents;
    const { names, failures } = await vlans.ensure(parents, links);
    for (const [name, why] of failures) tell(name, { state: 'refused', reasons: [objectionReason(name, { code: 'look-failed', why })] });
    links = await listLinks();
    return links.filter(({ name }) => names.has(name));
  }

  async function keepPolling(): Promise<void> {
    while (!stopping.signal.aborted) {
      await wait(pollMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await poll().catch((error: unknown) => log.warn(`network interfaces cannot be listed: ${messageOf(error)}`));
    }
  }

  await poll();
  const polling = keepPolling();
  return {
    states: () => states,
    lookAgain: (name) => segments.get(name)?.segment.lookAgain(),
    stop: async () => {
      stopping.abort();
      await polling;
      await Promise.all([...segments.values()].map(({ segment }) => segment.stop()));
      await vlans?.remove();
    },
  };
}

function isGuarded(link: Link, names: readonly string[] | undefined): boolean {
  if (!link.isEthernet) return false;
  return names === undefined
    ? link.isPhysical && link.master === undefined
    : names.includes(link.name) || (link.isPhysical && link.mac !== undefined && names.includes(link.mac));
}
