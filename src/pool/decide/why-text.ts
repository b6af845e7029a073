import type { Decision, DecisionLine } from './decide.ts';
import { decidedChoice } from './decide.ts';

/** The answer to "why does it boot that": the line that decides, those that would have, and why the others say nothing. */
export function whyText(machine: string, decision: Decision): string {
  const width = Math.max(...decision.because.map((line) => nameOf(line).length));
  const rows = decision.because.map((line) => `  ${MARKS[line.outcome]} ${nameOf(line).padEnd(width)}  ${said(line)}`);
  const groups = decision.groups.length === 0 ? '' : `, in ${decision.groups.join(', ')}`;
  return [`${machine}${groups} boots ${decidedChoice(decision)}${decision.isOnce ? ', once' : ''}`, '', ...rows, ''].join('\n');
}

const MARKS: Record<DecisionLine['outcome'], string> = { decides: '→', would: '·', 'says-nothing': ' ' };

function nameOf({ by, name }: DecisionLine): string {
  return {
    once: 'one-shot',
    'loop-guard': 'loop guard',
    node: 'node',
    group: `group ${name}`,
    rule: `rule ${name}`,
    default: 'default',
    unknown: 'unknown',
  }[by];
}

function said({ says, why, place, outcome }: DecisionLine): string {
  const word = { decides: 'decides', would: 'would say', 'says-nothing': '' }[outcome];
  const parts = [says === undefined ? '' : `${word} ${says}`, why ?? '', place === undefined ? '' : `(${place})`];
  return parts
    .filter((part) => part !== '')
    .join(says === undefined ? ' ' : '; ')
    .replace('; (', ' (');
}
