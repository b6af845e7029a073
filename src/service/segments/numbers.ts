import { z } from 'zod';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';

/** Interface → number of its subnet. */
const Numbers = z.record(z.string(), z.int().nonnegative());

/**
 * The number of each interface's subnet. It stays the same over a restart of the service and over a new name of the interface, because
 * the peers have their addresses already.
 */
export interface SegmentNumbers {
  /** the interface's number; a new one is written down first */
  of(interfaceName: string): Promise<number>;
  /** the interface gets this number, which nobody else has */
  take(interfaceName: string, number: number): Promise<void>;
  /** numbers that it may get: its own, if it has one, then `count` that nobody has */
  candidates(interfaceName: string, others: ReadonlySet<number>, count: number): number[];
  /** an interface without a number gets none by this */
  rename(interfaceName: string, renamedTo: string): Promise<void>;
}

export async function openSegmentNumbers(path: string): Promise<SegmentNumbers> {
  const numbers = await readNumbers(path);
  const save = (): Promise<void> => writeAtomic(path, JSON.stringify(Object.fromEntries(numbers)));
  return {
    of: async (name) => {
      const number = numbers.get(name) ?? Math.max(-1, ...numbers.values()) + 1;
      numbers.set(name, number);
      await save();
      return number;
    },
    take: async (name, number) => {
      numbers.set(name, number);
      await save();
    },
    candidates: (name, others, count) => {
      const own = numbers.get(name);
      const elsewhere = new Set([...others, ...[...numbers].flatMap(([other, number]) => (other === name ? [] : [number]))]);
      const row = Array.from({ length: elsewhere.size + count + 1 }, (_, number) => number);
      const free = row.filter((number) => number !== own && !elsewhere.has(number)).slice(0, count);
      return own === undefined ? free : [own, ...free];
    },
    rename: async (name, renamedTo) => {
      const number = numbers.get(name);
      if (number === undefined) return;
      numbers.delete(name);
      numbers.set(renamedTo, number);
      await save();
    },
  };
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
