import { z } from 'zod';
import { planSegment, type Segment } from '../domain/network.ts';
import type { SegmentState } from '../master/guard/segment.ts';
import type { Master } from '../master/master.ts';
import { readOrUndefined, writeAtomic } from '../platform/files.ts';
import { addAddress, removeAddress } from '../platform/interfaces.ts';
import type { Log } from '../platform/log.ts';

/** Interface → number of its subnet. */
const Numbers = z.record(z.string(), z.int().nonnegative());

export interface SegmentKeeper {
  /** brings what is served in line with an interface's latest state; states are worked off in order */
  note(interfaceName: string, state: SegmentState): void;
  /** takes our addresses off all interfaces */
  close(): Promise<void>;
}

/**
 * Serves an interface exactly while its latest state is `quiet`. The number of an interface's subnet stays the same over a restart of the
 * service, because the peers have their addresses already.
 */
export async function keepSegments(options: { master: Master; numbersFile: string; log: Log }): Promise<SegmentKeeper> {
  const { master, numbersFile, log } = options;
  const numbers = await readNumbers(numbersFile);
  const latest = new Map<string, SegmentState>();
  const served = new Map<string, Segment>();
  let chain: Promise<void> = Promise.resolve();

  const settle = async (name: string): Promise<void> => {
    const state = latest.get(name);
    if (state === undefined) return;
    const segment = served.get(name);
    if (state.state === 'quiet' && segment === undefined) {
      const planned = planSegment(name, numberOf(numbers, name));
      await writeAtomic(numbersFile, JSON.stringify(Object.fromEntries(numbers)));
      await addAddress(name, planned.address, planned.prefixLength);
      served.set(name, planned);
      await master.addSegment(planned);
    } else if (state.state !== 'quiet' && segment !== undefined) {
      served.delete(name);
      await master.stopSegment(name, state.state === 'refused' ? state.reasons.map((reason) => reason.sentence).join(' ') : state.state);
      if (state.state !== 'gone') await removeAddress(name, segment.address, segment.prefixLength);
    }
  };

  return {
    note: (name, state) => {
      latest.set(name, state);
      chain = chain
        .then(() => settle(name))
        .catch((error: unknown) => log.warn(`${name}: ${error instanceof Error ? error.message : String(error)}`));
    },
    close: async () => {
      await chain;
      for (const { interface: name, address, prefixLength } of served.values())
        await removeAddress(name, address, prefixLength).catch(() => {});
    },
  };
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
