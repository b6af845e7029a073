import { z } from 'zod';
import { planIpv6, planSegment, proxySegment, type Segment } from '../domain/network.ts';
import { DEFAULT_NETWORK_SETTINGS, type NetworkSettings } from '../domain/network-settings.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { SegmentState } from '../master/guard/segment-state.ts';
import { stateWords } from '../master/guard/state-words.ts';
import type { Master } from '../master/master.ts';
import { readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { dropAddresses, takeAddresses } from './segment-addresses.ts';

/** Interface → number of its subnet. */
const Numbers = z.record(z.string(), z.int().nonnegative());

export interface SegmentKeeper {
  /** brings what is served in line with an interface's latest state; states are worked off in order */
  note(interfaceName: string, state: SegmentState): void;
  /** takes our addresses off all interfaces */
  close(): Promise<void>;
}

/**
 * Serves an interface exactly while its latest state allows it: `quiet` with our own DHCP, `proxy-dhcp` with ProxyDHCP, never with
 * look-only. The number of an interface's subnet stays the same over a restart of the service and over a new name, because the peers have
 * their addresses already.
 */
export async function keepSegments(options: {
  master: Pick<Master, 'addSegment' | 'stopSegment'>;
  numbersFile: string;
  settings?: NetworkSettings;
  log: Log;
}): Promise<SegmentKeeper> {
  const { master, numbersFile, settings = DEFAULT_NETWORK_SETTINGS, log } = options;
  const numbers = await readNumbers(numbersFile);
  const latest = new Map<string, SegmentState>();
  const served = new Map<string, Segment>();
  let chain: Promise<void> = Promise.resolve();

  const settle = async (name: string): Promise<void> => {
    const state = latest.get(name);
    if (state === undefined) return;
    const segment = served.get(name);
    if (isServed(state, settings)) {
      if (segment === undefined) await serve(name);
      return;
    }
    if (segment !== undefined) {
      served.delete(name);
      await master.stopSegment(name, reasonInWords(name, state));
    }
    if (state.state === 'gone' && state.renamedTo !== undefined) await follow(name, state.renamedTo);
    const nameNow = state.state === 'gone' ? state.renamedTo : name;
    if (segment !== undefined && nameNow !== undefined) await dropAddresses({ ...segment, interface: nameNow });
  };

  const serve = async (name: string): Promise<void> => {
    const planned = await plan(name);
    const ready = await takeAddresses(planned.segment, planned.ipv6, log);
    served.set(name, ready);
    await master.addSegment(ready);
  };

  const plan = async (name: string) => {
    if (settings.mode === 'proxy-dhcp') return { segment: proxySegment(name, settings.address ?? ''), ipv6: undefined };
    const number = numberOf(numbers, name);
    await saveNumbers();
    return { segment: planSegment(name, number, settings), ipv6: settings.ipv6 ? planIpv6(number) : undefined };
  };

  const follow = async (name: string, renamedTo: string): Promise<void> => {
    const number = numbers.get(name);
    if (number === undefined) return;
    numbers.delete(name);
    numbers.set(renamedTo, number);
    await saveNumbers();
  };

  const saveNumbers = (): Promise<void> => writeAtomic(numbersFile, JSON.stringify(Object.fromEntries(numbers)));

  return {
    note: (name, state) => {
      latest.set(name, state);
      chain = chain.then(() => settle(name)).catch((error: unknown) => log.warn(`${name}: ${messageOf(error)}`));
    },
    close: async () => {
      await chain;
      for (const segment of served.values()) await dropAddresses(segment).catch(() => {});
    },
  };
}

function isServed({ state }: SegmentState, { mode }: NetworkSettings): boolean {
  return (mode === 'own-dhcp' && state === 'quiet') || (mode === 'proxy-dhcp' && state === 'proxy-dhcp');
}

function reasonInWords(name: string, state: SegmentState): string {
  return stateWords(name, state)
    .map(({ sentence }) => sentence)
    .join(' ');
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const next = Math.max(-1, ...numbers.values()) + 1;
  numbers.set(name, next);
  return next;
}

async function readNumbers(path: string): Promise<Map<string, number>> {
  const text = (await readOrUndefined(path))?.toString('utf8');
  if (text === undefined) return new Map();
  try {
    return new Map(Object.entries(Numbers.parse(JSON.parse(text))));
  } catch {
    // a master with other subnets is better than none
    return new Map();
  }
}
