import { ReconError } from '../../domain/errors.ts';
import { type BootChoice, bootChoiceText, parseBootChoice } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type BootHistory, MOST_ONCE_CLAIMS } from './boot-history.ts';
import type { BootingMachine } from './booting-machine.ts';
import { nodeOf, withRecord } from './known-node.ts';
import { isInLoop, LOOP_GUARD, scriptsWithoutUp } from './loop-guard.ts';
import { whyNoMatch } from './match-rule.ts';

/** One line that could say what a machine boots. */
export interface DecisionLine {
  by: 'once' | 'loop-guard' | 'node' | 'group' | 'rule' | 'default' | 'unknown';
  /** which of its kind: the group's name, the number of the rule (from 1) */
  name?: string;
  /** where it was written, as `nodes.yaml line 12` */
  place?: string;
  /** what it says, as `compute@3`; missing when it says nothing */
  says?: string;
  /** `would`: if no line before it had decided */
  outcome: 'decides' | 'would' | 'says-nothing';
  /** why it says nothing, or what is to be known of it */
  why?: string;
}

export interface Decision {
  /** missing for a machine that is no node */
  node?: string;
  profileName: string;
  profile: Profile;
  /** of the profile's image, when the choice names one; the profile's own counts otherwise */
  imageVersion?: number | 'newest';
  /** whether this boot carries the one-shot */
  isOnce: boolean;
  /** groups that the machine is in, by its node and by rules that match; first the one that counts most */
  groups: string[];
  decidedBy: DecisionLine;
  /** every line in its order; exactly one decides */
  readonly because: DecisionLine[];
}

/**
 * What a machine boots next, and which line says so: one-shot, loop guard, the node's own, its groups, rules, default, unknown.
 * Pure. `nowMs` and the times of the history are of one clock.
 * @throws ReconError `pool-broken` when the line that decides names a profile that is not there: a pool is checked when it is written
 */
export function decideBoot(pool: Pool, said: BootingMachine, history: BootHistory, nowMs: number): Decision {
  return bootDecider(pool, said)(history, nowMs);
}

/** The same for more than one history of a machine, which is held against the rules once. */
export function bootDecider(pool: Pool, said: BootingMachine): (history: BootHistory, nowMs: number) => Decision {
  const name = nodeOf(pool, said.mac);
  const node = name === undefined ? undefined : pool.nodes.get(name);
  const facts = withRecord(node, said);
  const misses = pool.settings.rules.map((rule) => whyNoMatch(rule, facts, node?.tags ?? []));
  const groups = groupsOf(pool, node, misses);
  return (history, nowMs) => decisionOf({ pool, name, node, mac: facts.mac, misses, groups }, history, nowMs);
}

interface HeldAgainstRules {
  pool: Pool;
  name: string | undefined;
  node: PoolNode | undefined;
  mac: string;
  /** for each rule, why it does not match; undefined when it does */
  misses: readonly (string | undefined)[];
  groups: string[];
}

function decisionOf(held: HeldAgainstRules, history: BootHistory, nowMs: number): Decision {
  const { pool, name, mac, groups } = held;
  const first = firstLines(held, history, nowMs);
  const said = first.find(({ says }) => says !== undefined) ?? firstRule(held) ?? lastLine(held);
  const choice = parseBootChoice(said.says ?? '');
  const profile = pool.profiles.get(choice?.profile ?? '');
  if (choice === undefined || profile === undefined)
    throw new ReconError('pool-broken', `there is no profile ${choice?.profile ?? ''}, which ${mac} would boot`, {
      hint: 'recon pool check',
    });
  let lines: DecisionLine[] | undefined;
  return {
    ...definedOnly({ node: name, imageVersion: choice.imageVersion }),
    ...{ profileName: choice.profile, profile, isOnce: said.by === 'once', groups, decidedBy: { ...said, outcome: 'decides' } },
    // thousands of machines ask at once, and who asks why is a person
    get because() {
      lines ??= withOutcomes([...first, ...ruleLines(held), lastLine(held)]);
      return lines;
    },
  };
}

/** What counts before the rules, in its order. */
function firstLines({ pool, name, node, groups }: HeldAgainstRules, history: BootHistory, nowMs: number): Line[] {
  return [
    ...(name === undefined || node === undefined ? [] : [onceLine(pool, name, node, history)]),
    loopLine(history, nowMs),
    ...(name === undefined || node === undefined ? [] : [nodeLine(pool, name, node)]),
    ...groups.map((group) => groupLine(pool, group)),
  ];
}

function lastLine({ pool, node }: HeldAgainstRules): Line {
  return node === undefined
    ? { by: 'unknown', says: pool.settings.unknown, why: 'no node has this card', ...placeOf(pool, 'unknown') }
    : { by: 'default', says: pool.settings.default, ...placeOf(pool, 'default') };
}

function withOutcomes(lines: readonly Line[]): DecisionLine[] {
  const first = lines.findIndex(({ says }) => says !== undefined);
  return lines.map((line, at) => ({ ...line, outcome: at === first ? 'decides' : line.says === undefined ? 'says-nothing' : 'would' }));
}

type Line = Omit<DecisionLine, 'outcome'>;

function placeOf(pool: Pool, key: string): { place?: string } {
  return definedOnly({ place: pool.places.get(key) });
}

function onceLine(pool: Pool, name: string, { once }: PoolNode, { onceClaims, isOnceOver }: BootHistory): Line {
  const line = { by: 'once' as const, ...placeOf(pool, `node ${name}`) };
  if (once === undefined) return { ...line, why: 'none is armed' };
  if (isOnceOver === true) return { ...line, why: `${once} is over: the boot that carried it has succeeded, or it was dropped` };
  if (onceClaims < MOST_ONCE_CLAIMS)
    return { ...line, says: once, ...(onceClaims === 0 ? {} : { why: `boot ${onceClaims + 1} of ${MOST_ONCE_CLAIMS}` }) };
  return { ...line, why: `${once} was dropped: ${onceClaims} boots carried it, and none succeeded` };
}

function loopLine(history: BootHistory, nowMs: number): Line {
  const count = scriptsWithoutUp(history, nowMs);
  if (!isInLoop(history, nowMs))
    return { by: 'loop-guard', why: count === 0 ? 'it does not go round in circles' : `${count} scripts without coming up` };
  return {
    ...{ by: 'loop-guard', says: 'hold' },
    why: `${count} scripts in ${LOOP_GUARD.withinMinutes} minutes, and it did not come up after any of them`,
  };
}

function nodeLine(pool: Pool, name: string, { boot }: PoolNode): Line {
  return {
    ...{ by: 'node', name },
    ...placeOf(pool, `node ${name}`),
    ...(boot === undefined ? { why: 'the node says nothing' } : { says: boot }),
  };
}

function groupLine(pool: Pool, name: string): Line {
  const group = pool.groups.get(name);
  return {
    ...{ by: 'group', name },
    ...placeOf(pool, `group ${name}`),
    ...(group?.boot === undefined ? { why: 'the group says nothing' } : { says: group.boot, why: `priority ${group.priority}` }),
  };
}

function ruleLines(held: HeldAgainstRules): Line[] {
  return held.pool.settings.rules.map((_rule, index) => ruleLine(held, index));
}

function firstRule(held: HeldAgainstRules): Line | undefined {
  const index = held.misses.indexOf(undefined);
  return index === -1 ? undefined : ruleLine(held, index);
}

function ruleLine({ pool, misses }: HeldAgainstRules, index: number): Line {
  const why = misses[index];
  const line = { ...{ by: 'rule' as const, name: String(index + 1) }, ...placeOf(pool, `rule ${index + 1}`) };
  return why === undefined ? { ...line, ...definedOnly({ says: pool.settings.rules[index]?.boot }) } : { ...line, why };
}

/** The node's own groups and those of the rules that match, by priority; of equal ones in the order in which they were written. */
function groupsOf(pool: Pool, node: PoolNode | undefined, misses: HeldAgainstRules['misses']): string[] {
  const byRule = pool.settings.rules.filter((_rule, index) => misses[index] === undefined);
  const names = new Set([...(node?.groups ?? []), ...byRule.flatMap(({ group }) => group ?? [])]);
  const priority = (name: string): number => pool.groups.get(name)?.priority ?? 0;
  return [...names].sort((a, b) => priority(b) - priority(a));
}

/** For words about a decision: `compute@3`. */
export function decidedChoice({ profileName, imageVersion }: Pick<Decision, 'profileName' | 'imageVersion'>): string {
  const choice: BootChoice = { profile: profileName, ...definedOnly({ imageVersion }) };
  return bootChoiceText(choice);
}
