import type { IdentityKey } from '../../domain/record/identity.ts';
import { sameMachine } from '../../judge/identity/same-machine.ts';
import type { DiffMachine } from './facts.ts';

/** Machines that may or may not be one: a person has to look. */
export interface Unclear {
  before: readonly DiffMachine[];
  after: readonly DiffMachine[];
  reasons: readonly string[];
}

export interface MatchedMachines {
  pairs: readonly (readonly [before: DiffMachine, after: DiffMachine])[];
  gone: readonly DiffMachine[];
  arrived: readonly DiffMachine[];
  unclear: readonly Unclear[];
}

/** A key that so many machines have tells nothing; comparing them all with each other would take hours. */
const SHARED_BY_MOST = 40;

interface LikelyPair {
  before: DiffMachine;
  after: DiffMachine;
  verdict: 'same' | 'unclear';
  reasons: readonly string[];
}

/** Finds the machines of one visit in another by their identity keys. Where more than one fits, or too much differs, none is chosen. */
export function matchMachines(before: readonly DiffMachine[], after: readonly DiffMachine[]): MatchedMachines {
  const links = findLinks(before, after);
  const same = links.filter(({ verdict }) => verdict === 'same');
  const [sameOf, sameFrom] = [Map.groupBy(same, (link) => link.before), Map.groupBy(same, (link) => link.after)];
  const sure = same.filter((link) => sameOf.get(link.before)?.length === 1 && sameFrom.get(link.after)?.length === 1);
  const paired = new Set(sure.flatMap((link) => [link.before, link.after]));
  // a disk that went from one known machine to another links them, and makes neither unclear
  const doubtful = links.filter((link) => !paired.has(link.before) && !paired.has(link.after));
  const unclear = groupsOf(doubtful);
  const settled = new Set([...paired, ...unclear.flatMap((group) => [...group.before, ...group.after])]);
  return {
    pairs: sure.map((link) => [link.before, link.after] as const),
    gone: before.filter((machine) => !settled.has(machine)),
    arrived: after.filter((machine) => !settled.has(machine)),
    unclear,
  };
}

function findLinks(before: readonly DiffMachine[], after: readonly DiffMachine[]): LikelyPair[] {
  const [held, holders] = [holdersOf(before), holdersOf(after)];
  return before.flatMap((machine) => {
    const candidates = new Set(
      lookupsOf(machine).flatMap((key) => {
        const found = holders.get(key) ?? [];
        return found.length > SHARED_BY_MOST || (held.get(key)?.length ?? 0) > SHARED_BY_MOST ? [] : found;
      }),
    );
    return [...candidates].flatMap((other): LikelyPair[] => {
      const { verdict, reasons } = sameMachine(machine.keys, other.keys);
      if (verdict === 'different') return [];
      const told = reasons.length > 0 ? reasons : [`both came under ${other.mac}, and nothing else tells them`];
      return [{ before: machine, after: other, verdict, reasons: told }];
    });
  });
}

function holdersOf(machines: readonly DiffMachine[]): Map<string, DiffMachine[]> {
  const holders = new Map<string, DiffMachine[]>();
  for (const machine of machines) {
    for (const key of lookupsOf(machine)) holders.set(key, [...(holders.get(key) ?? []), machine]);
  }
  return holders;
}

/** The address that a machine is listed by leads to candidates, too: a record may be too poor to have any key. */
function lookupsOf({ keys, mac }: DiffMachine): string[] {
  return [...new Set([...keys.map(({ kind, value }: IdentityKey) => `${kind} ${value}`), `nic ${mac}`])];
}

/** Links that hang together, as one group each. */
function groupsOf(links: readonly LikelyPair[]): Unclear[] {
  const groups: { before: Set<DiffMachine>; after: Set<DiffMachine>; reasons: Set<string> }[] = [];
  for (const link of links) {
    const touching = groups.filter((group) => group.before.has(link.before) || group.after.has(link.after));
    const joined = {
      before: new Set([...touching.flatMap((group) => [...group.before]), link.before]),
      after: new Set([...touching.flatMap((group) => [...group.after]), link.after]),
      reasons: new Set([...touching.flatMap((group) => [...group.reasons]), ...link.reasons]),
    };
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map(({ before, after, reasons }) => ({ before: [...before], after: [...after], reasons: [...reasons] }));
}
