import { subnetSet } from '../../domain/ip-address.ts';
import type { SegmentRange } from '../../domain/segment-range.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { type Link, listLinks } from '../../platform/network/interfaces.ts';
import { type GuardedLink, startGuardedLink } from './guarded-link.ts';
import { interfaceAccess } from './interface-access.ts';
import { FLAP_LIMITS, type FlapLimits, linkFlaps } from './link-flaps.ts';
import { probeIds } from './packets/probes.ts';
import type { Policy } from './policy.ts';
import { objectionReason } from './reasons.ts';
import { isServable, type SegmentState } from './segment-state.ts';
import { type SharedSegments, sharedSegments } from './shared-segments.ts';
import { type VlanLinks, vlanLinks } from './vlan-links.ts';
import { wait } from './wait.ts';

export interface GuardEvent {
  interface: string;
  state: SegmentState;
}

export interface GuardOptions {
  /** names or MAC addresses of the interfaces to guard; without it all Ethernet interfaces that have hardware behind them */
  interfaces?: readonly string[];
  /** how long to listen before a segment counts as quiet */
  probeMs?: number;
  /** how often to ask again while serving, and to try again after a failed probe */
  reprobeMs?: number;
  /** how often to look for new interfaces and changed links */
  pollMs?: number;
  /** subnets that we serve or are going to serve, for example `10.77.0.0/16` */
  ownSubnets: readonly string[];
  /** whether a machine in our subnets is one of ours; all of them when missing */
  isOurs?: (mac: MacAddress, address: string) => boolean;
  /** the ranges that an interface may be served with, best first; `others`: numbers of those that other interfaces have */
  ranges?: (name: string, others: ReadonlySet<number>) => readonly SegmentRange[];
  /** what must be there, or not; a quiet segment when missing */
  policy?: Policy;
  /** false: what may be served is not, and others like us go first; true when missing */
  serves?: boolean;
  /** where records go: of two machines like us that begin together, the one with a stick is to serve. `stick` when missing */
  storage?: 'stick' | 'ram';
  /** serve inside this VLAN: each interface gets a sub-interface for it, which is guarded in its place */
  vlan?: number;
  /** when a link counts as coming and going */
  flapLimits?: FlapLimits;
  log: Log;
  /** called for each change. **Serve an interface exactly while its latest state is `quiet`,** or `proxy-dhcp` where that is wanted. */
  onState: (event: GuardEvent) => void;
}

export interface Guard {
  /** the latest state of each interface */
  states(): ReadonlyMap<string, SegmentState>;
  /** forgets why an interface is refused and probes anew; only on a person's word */
  probeAgain(interfaceName: string): void;
  /** ends every probe and capture; interfaces stay up, without an address from us */
  stop(): Promise<void>;
}

/** What changes while the guard runs. */
interface GuardState {
  /** all interfaces of this machine, as they were listed last */
  links: readonly Link[];
  ownMacs: ReadonlySet<MacAddress>;
  guarded: Map<string, { link: GuardedLink; index: number }>;
  /** the latest state of each interface */
  states: Map<string, SegmentState>;
  /** mark of its probes → name of the interface */
  probeOwners: Map<number, string>;
}

type Tell = (name: string, state: SegmentState) => void;

/**
 * Probes all interfaces side by side before anything is served there, reports each one's state, and keeps watching:
 * interfaces that appear, links that come and go, and foreign servers on segments that were quiet.
 * @throws ReconError `address-malformed` when `ownSubnets` are not subnets
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const { pollMs = 2000, log, onState } = options;
  const state: GuardState = { links: [], ownMacs: new Set(), guarded: new Map(), states: new Map(), probeOwners: new Map() };
  const vlans = options.vlan === undefined ? undefined : vlanLinks(options.vlan);
  const tell: Tell = (name, next) => {
    if (JSON.stringify(state.states.get(name)) === JSON.stringify(next)) return;
    state.states.set(name, next);
    onState({ interface: name, state: next });
  };
  const start = linkStarter(options, state, tell);
  const poll = async (): Promise<void> => {
    await listOwnLinks(state);
    const links = await linksToGuard(state, options.interfaces, vlans, tell);
    await endLostLinks(state, links, tell);
    for (const link of links) {
      const known = state.guarded.get(link.name);
      if (known === undefined) state.guarded.set(link.name, { link: start(link.name), index: link.index });
      else known.link.linkChanged(link);
    }
  };
  const stopping = new AbortController();
  await poll();
  const polling = keepPolling(poll, { pollMs, log, signal: stopping.signal });
  return {
    states: () => state.states,
    probeAgain: (name) => state.guarded.get(name)?.link.probeAgain(),
    stop: async () => {
      stopping.abort();
      await polling;
      await Promise.all([...state.guarded.values()].map(({ link }) => link.stop()));
      await vlans?.remove();
    },
  };
}

/** Makes a function that puts an interface under guard, with a mark of its own for its probes. */
function linkStarter(options: GuardOptions, state: GuardState, tell: Tell): (name: string) => GuardedLink {
  const { probeMs = 10_000, reprobeMs = 60_000, policy = { wanted: 'quiet' }, serves = true, flapLimits = FLAP_LIMITS, log } = options;
  const ownSubnets = subnetSet(options.ownSubnets);
  const fixed = {
    ...(policy.wanted === 'one-server' ? { ownAddress: policy.address } : {}),
    ...definedOnly({ isOurs: options.isOurs }),
  };
  const shared: SharedSegments = sharedSegments((other, name) => goesBefore(state, other, name));
  const newProbeId = probeIds(serves ? (options.storage ?? 'stick') : 'looker');
  return (name) => {
    const probeId = newProbeId();
    state.probeOwners.set(probeId, name);
    return startGuardedLink({
      ...{ name, probeId, probeMs, reprobeMs, policy, serves, shared, log },
      access: interfaceAccess(name),
      ownSubnets: options.ownSubnets,
      flaps: linkFlaps(flapLimits),
      surroundings: () => ({ ownMacs: state.ownMacs, ownSubnets, ...fixed }),
      ranges: (others) => options.ranges?.(name, others) ?? [],
      otherRanges: () => rangesOfOthers(state, name),
      ownerOf: (id) => state.probeOwners.get(id),
      onState: (next) => tell(name, next),
    });
  };
}

function rangesOfOthers({ states }: GuardState, name: string): Set<number> {
  const others = [...states]
    .filter(([other]) => other !== name)
    .map(([, one]) => (one.state === 'quiet' ? one.chosen?.range.number : undefined));
  return new Set(others.filter((number) => number !== undefined));
}

/** Of two interfaces on one segment, the one that serves already goes first, then the one with the lower index. */
function goesBefore({ states, links }: GuardState, other: string, name: string): boolean {
  const state = states.get(other);
  const indexOf = (wanted: string): number => links.find((link) => link.name === wanted)?.index ?? Number.POSITIVE_INFINITY;
  return state !== undefined && (isServable(state) || (state.state === 'probing' && indexOf(other) < indexOf(name)));
}

async function listOwnLinks(state: GuardState): Promise<void> {
  state.links = await listLinks();
  state.ownMacs = new Set(state.links.flatMap(({ mac }) => (mac === undefined ? [] : [mac])));
}

/** The interfaces themselves, or the sub-interfaces of the VLAN that is served. */
async function linksToGuard(
  state: GuardState,
  interfaces: readonly string[] | undefined,
  vlans: VlanLinks | undefined,
  tell: Tell,
): Promise<Link[]> {
  const parents = state.links.filter((link) => isGuarded(link, interfaces));
  if (vlans === undefined) return parents;
  const { names, failures } = await vlans.ensure(parents, state.links);
  for (const [name, why] of failures) tell(name, { state: 'refused', reasons: [objectionReason(name, { code: 'probe-failed', why })] });
  state.links = await listLinks();
  return state.links.filter(({ name }) => names.has(name));
}

/** An interface that is gone, or has another name now: the kernel's index stays the same then. */
async function endLostLinks({ guarded }: GuardState, links: readonly Link[], tell: Tell): Promise<void> {
  for (const [name, { link, index }] of guarded) {
    const now = links.find((one) => one.index === index);
    if (now?.name === name) continue;
    guarded.delete(name);
    await link.stop();
    tell(name, now === undefined ? { state: 'gone' } : { state: 'gone', renamedTo: now.name });
  }
}

async function keepPolling(
  poll: () => Promise<void>,
  { pollMs, log, signal }: { pollMs: number; log: Log; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await wait(pollMs, signal);
    if (signal.aborted) return;
    await poll().catch((error: unknown) => log.warn(`network interfaces cannot be listed: ${messageOf(error)}`));
  }
}

function isGuarded(link: Link, names: readonly string[] | undefined): boolean {
  if (!link.isEthernet) return false;
  return names === undefined
    ? link.isPhysical && link.master === undefined
    : names.includes(link.name) || (link.isPhysical && link.mac !== undefined && names.includes(link.mac));
}
