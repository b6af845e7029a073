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
  /** every line in its order; exactly one decides */
  because: DecisionLine[];
}

/**
 * What a machine boots next, and which line says so: one-shot, loop guard, the node's own, its groups, rules, default, unknown.
 * Pure. `nowMs` and the times of the history are of one clock.
 * @throws ReconError `pool-broken` when the line that decides names a profile that is not there: a pool is checked when it is written
 */
export function decideBoot(pool: Pool, said: BootingMachine, history: BootHistory, nowMs: number): Decision {
  const name = nodeOf(pool, said.mac);
  const node = name === undefined ? undefined : pool.nodes.get(name);
  const facts = withRecord(node, said);
  const groups = groupsOf(pool, node, facts);
  const lines = [
    ...(name === undefined || node === undefined ? [] : [onceLine(pool, name, node, history)]),
    loopLine(history, nowMs),
    ...(name === undefined || node === undefined ? [] : [nodeLine(pool, name, node)]),
    ...groups.map((group) => groupLine(pool, group)),
    ...ruleLines(pool, node, facts),
    node === undefined
      ? { by: 'unknown' as const, says: pool.settings.unknown, why: 'no node has this card', ...placeOf(pool, 'unknown') }
      : { by: 'default' as const, says: pool.settings.default, ...placeOf(pool, 'default') },
  ];
  const first = lines.findIndex(({ says }) => says !== undefined);
  const because = lines.map(
    (line, at): DecisionLine => ({ ...line, outcome: at === first ? 'decides' : line.says === undefined ? 'says-nothing' : 'would' }),
  );
  const choice = parseBootChoice(lines[first]?.says ?? '');
  const profile = pool.profiles.get(choice?.profile ?? '');
  if (choice === undefined || profile === undefined)
    throw new ReconError('pool-broken', `there is no profile ${choice?.profile ?? ''}, which ${facts.mac} would boot`, {
      hint: 'recon pool check',
    });
  return {
    ...definedOnly({ node: name, imageVersion: choice.imageVersion }),
    ...{ profileName: choice.profile, profile, isOnce: lines[first]?.by === 'once', groups, because },
  };
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

function ruleLines(pool: Pool, node: PoolNode | undefined, facts: BootingMachine): Line[] {
  return pool.settings.rules.map((rule, index) => {
    const why = whyNoMatch(rule, facts, node?.tags ?? []);
    const line = { ...{ by: 'rule' as const, name: String(index + 1) }, ...placeOf(pool, `rule ${index + 1}`) };
    return why === undefined ? { ...line, says: rule.boot } : { ...line, why };
  });
}

/** The node's own groups and those of the rules that match, by priority; of equal ones in the order in which they were written. */
function groupsOf(pool: Pool, node: PoolNode | undefined, facts: BootingMachine): string[] {
  const byRule = pool.settings.rules.filter((rule) => whyNoMatch(rule, facts, node?.tags ?? []) === undefined);
  const names = new Set([...(node?.groups ?? []), ...byRule.flatMap(({ group }) => group ?? [])]);
  const priority = (name: string): number => pool.groups.get(name)?.priority ?? 0;
  return [...names].sort((a, b) => priority(b) - priority(a));
}

/** For words about a decision: `compute@3`. */
export function decidedChoice({ profileName, imageVersion }: Pick<Decision, 'profileName' | 'imageVersion'>): string {
  const choice: BootChoice = { profile: profileName, ...definedOnly({ imageVersion }) };
  return bootChoiceText(choice);
}
