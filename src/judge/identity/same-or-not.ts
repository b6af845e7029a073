import type { Collision, IdentityKey, SameMachine } from '../../domain/record/identity.ts';
import { type IdentityMatch, sameMachine } from './same-machine.ts';

/** What is needed of a machine to compare it with others. */
export interface KnownMachine {
  name: string;
  /** the greater, the newer the record */
  order: number;
  keys: readonly IdentityKey[];
}

/** Records of one machine, and machines that share a key and are not one. */
export interface SameOrNot {
  same: SameMachine[];
  collisions: Collision[];
}

/** A key that so many machines have tells nothing; comparing them all with each other would take hours. */
const SHARED_BY_MOST = 40;

/**
 * Which of these records are of one machine, and which machines share a key and are not one. Only records that share a key are
 * compared. Nothing is merged that is not the same beyond doubt, or that differs from any record of the group it would join.
 */
export function sameOrNot(machines: readonly KnownMachine[]): SameOrNot {
  const holders = holdersOfKeys(machines);
  const groups = new Map(machines.map((machine) => [machine, [machine]]));
  const verdicts = verdictMemory();
  for (const { machines: sharing } of holders) {
    if (sharing.length > SHARED_BY_MOST) continue;
    for (const [one, other] of pairs(sharing)) {
      const [ours, theirs] = [groups.get(one) ?? [one], groups.get(other) ?? [other]];
      if (ours === theirs || verdicts(one, other).verdict !== 'same') continue;
      if (ours.some((left) => theirs.some((right) => verdicts(left, right).verdict === 'different'))) continue;
      const joined = [...ours, ...theirs];
      for (const member of joined) groups.set(member, joined);
    }
  }
  const merged = [...new Set(groups.values())].filter((group) => group.length > 1);
  const leaders = new Map([...groups].map(([machine, group]) => [machine, newestFirst(group)[0] ?? machine]));
  return {
    same: merged.map((group) => {
      const ordered = newestFirst(group);
      const [newest, ...others] = ordered;
      const reasons = newest === undefined ? [] : others.flatMap((other) => verdicts(newest, other).reasons);
      return { machines: ordered.map(({ name }) => name), reasons: [...new Set(reasons)] };
    }),
    collisions: collisionsOf(holders, leaders, verdicts),
  };
}

interface Holder {
  key: IdentityKey;
  machines: KnownMachine[];
}

/** Keys that more than one machine has. */
function holdersOfKeys(machines: readonly KnownMachine[]): Holder[] {
  const holders = new Map<string, Holder>();
  for (const machine of machines) {
    for (const key of machine.keys) {
      const name = `${key.kind} ${key.value}`;
      const holder = holders.get(name);
      if (holder === undefined) holders.set(name, { key: { kind: key.kind, value: key.value }, machines: [machine] });
      else holder.machines.push(machine);
    }
  }
  return [...holders.values()].filter((holder) => holder.machines.length > 1);
}

/** Those who share the same keys share a line: a hundred disks of a common shelf are one matter. */
function collisionsOf(holders: readonly Holder[], leaders: ReadonlyMap<KnownMachine, KnownMachine>, verdicts: Compare): Collision[] {
  const found = new Map<string, { machines: KnownMachine[]; keys: IdentityKey[] }>();
  for (const { key, machines } of holders) {
    const distinct = [...new Set(machines.map((machine) => leaders.get(machine) ?? machine))];
    if (distinct.length < 2) continue;
    const name = distinct.map((machine) => machine.name).join(' ');
    const collision = found.get(name) ?? { machines: distinct, keys: [] };
    collision.keys.push(key);
    found.set(name, collision);
  }
  return [...found.values()].map(({ machines, keys }) => {
    const [first, ...others] = machines;
    const compared = first === undefined ? [] : others.slice(0, SHARED_BY_MOST).map((other) => verdicts(first, other));
    const verdict = compared.every((one) => one.verdict === 'different') ? 'different' : 'unclear';
    return { machines: machines.map((machine) => machine.name), keys, verdict, reasons: compared[0]?.reasons ?? [] };
  });
}

type Compare = (left: KnownMachine, right: KnownMachine) => IdentityMatch;

/** Each pair is compared once, however many keys it shares. */
function verdictMemory(): Compare {
  const known = new Map<KnownMachine, Map<KnownMachine, IdentityMatch>>();
  return (left, right) => {
    const before = known.get(left)?.get(right) ?? known.get(right)?.get(left);
    if (before !== undefined) return before;
    const verdict = sameMachine(left.keys, right.keys);
    const row = known.get(left) ?? new Map<KnownMachine, IdentityMatch>();
    known.set(left, row.set(right, verdict));
    return verdict;
  };
}

function* pairs<T>(list: readonly T[]): Generator<[T, T]> {
  for (const [at, one] of list.entries()) for (const other of list.slice(at + 1)) yield [one, other];
}

/** Of equally new ones the later in the list. */
function newestFirst(group: readonly KnownMachine[]): KnownMachine[] {
  return group.toReversed().sort((a, b) => b.order - a.order);
}
