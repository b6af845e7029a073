import type { Pool } from '../../domain/pool/pool.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { nodeOf } from '../decide/known-node.ts';
import { type KeyIndex, keyIndex } from '../decide/lookalike.ts';
import { notLater } from './not-later.ts';
import { WatchedMachine } from './watched-machine.ts';

/** Where what was seen is kept. */
export interface Rows {
  all(): Iterable<readonly [key: string, text: string]>;
  put(key: string, text: string): void;
  remove(key: string): void;
}

/** Whose history it is: that of a node, whichever of its cards asks; or of a card that no node has. */
export interface Asker {
  mac: MacAddress;
  node?: string | undefined;
}

/** What was seen of every machine: boots, signs of life, facts. */
export interface BootBook {
  of(asker: Asker): WatchedMachine | undefined;
  /** every machine, the one that was seen last at the end */
  machines(): WatchedMachine[];
  /** nodes by what they said of themselves when they booted last */
  seen: Pick<KeyIndex, 'nodesLike'>;
  /**
   * The pool has changed: what was seen of a machine goes with its card, to the name that its node has now, or had by another edit; of one that is no node any
   * more it stays with the card.
   */
  follow(pool: Pick<Pool, 'nodes'>): void;
  /** writes down what is new of a machine */
  note(asker: Asker, change: (before: WatchedMachine) => Partial<WatchedMachine>): WatchedMachine;
}

/** Machines that are no nodes may be made up; beyond this the one that was quiet for longest is forgotten. */
const MOST_STRANGERS = 5000;

export interface BootBookOptions {
  now?: () => Date;
  mostStrangers?: number;
  /** called with each machine of which something is new */
  onNote?: (machine: WatchedMachine) => void;
}

export function openBootBook(rows: Rows, options: BootBookOptions = {}): BootBook {
  const { now = () => new Date(), mostStrangers = MOST_STRANGERS, onNote } = options;
  const machines = new Map<string, WatchedMachine>();
  const read = [...rows.all()].flatMap(([key, text]) => {
    const parsed = WatchedMachine.safeParse(jsonOf(text));
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  for (const [key, machine] of read.sort(([, a], [, b]) => a.lastSeenAt.localeCompare(b.lastSeenAt))) machines.set(key, machine);
  const strangers = new Set([...machines].filter(([, { node }]) => node === undefined).map(([key]) => key));
  const seen = keyIndex();
  for (const { node, facts } of machines.values()) if (node !== undefined) seen.put(node, facts);
  return {
    seen,
    of: (asker) => machines.get(keyOf(asker)),
    machines: () => [...machines.values()],
    follow: (pool) => {
      for (const [key, machine] of [...machines]) {
        if (machine.node !== undefined && pool.nodes.has(machine.node)) continue;
        const node = nodeOf(pool, machine.mac);
        const now = keyOf({ mac: machine.mac, node });
        if (now === key) continue;
        machines.delete(key);
        strangers.delete(key);
        rows.remove(key);
        // what the node did under its name counts more than what its card did before it had one
        if (machines.has(now)) continue;
        const moved = { ...machine, node };
        machines.set(now, moved);
        rows.put(now, JSON.stringify(moved));
        if (node === undefined) strangers.add(now);
        else seen.put(node, moved.facts);
      }
    },
    note: (asker, change) => {
      const [key, time] = [keyOf(asker), now()];
      const at = time.toISOString();
      const known = machines.get(key);
      const before = known === undefined ? newMachine(asker, at) : notLater(known, time);
      const after: WatchedMachine = { ...before, ...change(before), mac: asker.mac, node: asker.node, lastSeenAt: at };
      // the one that was quiet for longest comes first
      machines.delete(key);
      strangers.delete(key);
      machines.set(key, after);
      rows.put(key, JSON.stringify(after));
      if (asker.node === undefined) strangers.add(key);
      else if (after.facts !== before.facts) seen.put(asker.node, after.facts);
      const [quietest] = strangers.size > mostStrangers ? strangers : [];
      if (quietest !== undefined) {
        strangers.delete(quietest);
        machines.delete(quietest);
        rows.remove(quietest);
      }
      onNote?.(after);
      return after;
    },
  };
}

function newMachine({ mac, node }: Asker, at: string): WatchedMachine {
  return { mac, node, firstSeenAt: at, lastSeenAt: at, facts: {}, history: { scripts: [], onceClaims: 0 } };
}

/** Names of nodes have no colons. */
function keyOf({ mac, node }: Asker): string {
  return node ?? mac;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
