import { type Ipv6Segment, planIpv6, planSegment, proxySegment, type Segment } from '../../domain/network.ts';
import { DEFAULT_NETWORK_SETTINGS, type NetworkSettings } from '../../domain/network-settings.ts';
import { type SegmentRange, segmentRange } from '../../domain/segment-range.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { SegmentState } from '../../master/guard/segment-state.ts';
import { stateWords } from '../../master/guard/state-words.ts';
import type { Master } from '../../master/master.ts';
import type { Log } from '../../platform/log.ts';
import { dropAddresses, takeAddresses } from './addresses.ts';
import { openSegmentNumbers, type SegmentNumbers } from './numbers.ts';

export interface SegmentKeeper {
  /** brings what is served in line with an interface's latest state; states are worked off in order */
  note(interfaceName: string, state: SegmentState): void;
  /** the ranges that an interface may be served with, best first; a subnet of recon.yaml's own choice is not left */
  ranges(interfaceName: string, others: ReadonlySet<number>): SegmentRange[];
  /** takes our addresses off all interfaces */
  close(): Promise<void>;
}

interface SegmentOptions {
  master: Pick<Master, 'addSegment' | 'stopSegment'>;
  settings: NetworkSettings;
  /** recon.yaml says which subnet: then no other is taken by itself */
  isSubnetChosen?: boolean;
  log: Log;
}

/** So many ranges are asked for at once, so that a network that has one of them costs no second look. */
const ASKED_RANGES = 5;

interface Kept extends SegmentOptions {
  numbers: SegmentNumbers;
  /** by the name that its interface had when it was served */
  served: Map<string, Segment>;
}

/**
 * Serves an interface exactly while its latest state allows it: `quiet` with our own DHCP, `proxy-dhcp` with ProxyDHCP, never with
 * look-only.
 */
export async function keepSegments(
  options: Omit<SegmentOptions, 'settings'> & { numbersFile: string; settings?: NetworkSettings },
): Promise<SegmentKeeper> {
  const { master, numbersFile, settings = DEFAULT_NETWORK_SETTINGS, isSubnetChosen = false, log } = options;
  const kept: Kept = { master, settings, log, numbers: await openSegmentNumbers(numbersFile), served: new Map() };
  const latest = new Map<string, SegmentState>();
  let chain: Promise<void> = Promise.resolve();
  const settle = async (name: string): Promise<void> => {
    const state = latest.get(name);
    if (state === undefined) return;
    if (!mayBeServed(state, settings)) await stopServing(kept, name, state);
    else if (!kept.served.has(name)) await serve(kept, name, state);
  };
  return {
    note: (name, state) => {
      latest.set(name, state);
      chain = chain.then(() => settle(name)).catch((error: unknown) => log.warn(`${name}: ${messageOf(error)}`));
    },
    ranges: (name, others) =>
      kept.numbers
        .candidates(name, others, ASKED_RANGES)
        .flatMap((number) => segmentRange(number, settings) ?? [])
        .slice(0, isSubnetChosen ? 1 : undefined),
    close: async () => {
      await chain;
      for (const segment of kept.served.values()) await dropAddresses(segment).catch(() => {});
    },
  };
}

function mayBeServed({ state }: SegmentState, { mode }: NetworkSettings): boolean {
  return (mode === 'own-dhcp' && state === 'quiet') || (mode === 'proxy-dhcp' && state === 'proxy-dhcp');
}

/** Our address first: the master answers only where it has one. */
async function serve({ master, settings, numbers, served, log }: Kept, name: string, state: SegmentState): Promise<void> {
  if (state.state === 'quiet' && state.chosen !== undefined) await numbers.take(name, state.chosen.range.number);
  const { segment, ipv6 } = await plan(name, settings, numbers);
  const ready = await takeAddresses(segment, ipv6, log);
  served.set(name, ready);
  await master.addSegment(ready);
}

async function plan(
  name: string,
  settings: NetworkSettings,
  numbers: SegmentNumbers,
): Promise<{ segment: Segment; ipv6: Ipv6Segment | undefined }> {
  if (settings.mode === 'proxy-dhcp') return { segment: proxySegment(name, settings.address ?? ''), ipv6: undefined };
  const number = await numbers.of(name);
  return { segment: planSegment(name, number, settings), ipv6: settings.ipv6 ? planIpv6(number) : undefined };
}

/** The master stops answering while it still has the address, which goes then; on an interface that has another name now, there. */
async function stopServing({ master, numbers, served }: Kept, name: string, state: SegmentState): Promise<void> {
  const segment = served.get(name);
  if (segment !== undefined) {
    served.delete(name);
    await master.stopSegment(name, reasonInWords(name, state));
  }
  if (state.state === 'gone' && state.renamedTo !== undefined) await numbers.rename(name, state.renamedTo);
  const nameNow = state.state === 'gone' ? state.renamedTo : name;
  if (segment !== undefined && nameNow !== undefined) await dropAddresses({ ...segment, interface: nameNow });
}

function reasonInWords(name: string, state: SegmentState): string {
  return stateWords(name, state)
    .map(({ sentence }) => sentence)
    .join(' ');
}
