import type { NodeView } from '../../domain/pool/api-views.ts';
import { STAGE_WORDS } from '../../domain/stage-words.ts';
import { agoText } from '../../web/parts/numbers.ts';
import type { NodeState } from '../live/node-rows.ts';

/** The word of a state; the sign stands before it, so that no colour has to be told apart. */
export const STATE_WORDS: Record<NodeState, { word: string; sign: string }> = {
  alarm: { word: 'Alarm', sign: '!' },
  held: { word: 'Held', sign: '!' },
  stuck: { word: 'Stuck', sign: '!' },
  silent: { word: 'Silent', sign: '?' },
  differs: { word: 'Runs other', sign: '≠' },
  booting: { word: 'Boots', sign: '↓' },
  running: { word: 'Runs', sign: '✓' },
  quiet: { word: 'Quiet', sign: '○' },
  never: { word: 'Not seen', sign: '–' },
};

const LINES: Record<NodeView['next']['by'], string> = {
  once: 'once',
  'loop-guard': 'held by the loop guard',
  node: 'its own line',
  group: 'group',
  rule: 'rule',
  default: 'the default',
  unknown: 'for unknown machines',
};

/** Which line says what a node boots next. */
export function byText({ by, name }: NodeView['next']): string {
  return by === 'group' || by === 'rule' ? `${LINES[by]} ${name ?? ''}`.trim() : LINES[by];
}

/** What it will run, where the profile alone does not say it: `compute@newest` is compute@4 today. */
export function wouldRunText({ next, wouldRun }: Pick<NodeView, 'next' | 'wouldRun'>): string {
  return wouldRun === next.choice ? '' : `as ${wouldRun}`;
}

/** What keeps a node from being as it should, and what to try; undefined when nothing does. */
export function troubleText(node: NodeView, state: NodeState, nowMs: number): { sentence: string; hint: string } | undefined {
  const { seen } = node;
  if (state === 'alarm')
    return {
      sentence: `It is given no files any more: ${seen?.frozen?.why ?? 'somebody else has asked for them'}.`,
      hint: 'Is the machine the right one, and its port the right port? An administrator lets it go on.',
    };
  if (state === 'held')
    return {
      sentence: 'It asked for its script again and again and did not come up: it is held, and waits.',
      hint: 'Look at its screen. It goes on when you assign something else, or let it go on.',
      ...(seen?.problem === undefined ? {} : heldText(seen.problem)),
    };
  if (state === 'stuck' && seen?.problem !== undefined) return { sentence: saidText(seen.problem), hint: seen.problem.hint };
  if (state === 'silent')
    return {
      sentence: `Its last sign of life was ${agoText(Date.parse(seen?.aliveAt ?? seen?.runsSince ?? ''), nowMs)}.`,
      hint: 'Is it on, and its cable in?',
    };
  return undefined;
}

type Problem = NonNullable<NonNullable<NodeView['seen']>['problem']>;

/** A machine's own words begin in the midst of a line of its log. */
function saidText({ sentence }: Problem): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.?!]$/.test(sentence) ? '' : '.'}`;
}

function heldText(problem: Problem): { sentence: string; hint: string } {
  return { sentence: `It did not come up, again and again: it is held, and waits. ${saidText(problem)}`, hint: problem.hint };
}

/** How far it is on its way, in the words of the stages and its own; empty when it runs, or when nothing is known. */
export function stageText(stage: NonNullable<NodeView['seen']>['stage']): string {
  if (stage === undefined || stage.name === 'up' || stage.name === 'gone') return '';
  return `${STAGE_WORDS[stage.name]}${stage.detail === undefined ? '' : `: ${stage.detail}`}`;
}

/** How many nodes, in the words of a button. */
export function nodesText(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length === 1) return first;
  return names.length === 2 ? `${first} and ${second}` : `${names.length} nodes`;
}

/** Vendor and product, as far as firmware said them. */
export function productText(seen: { vendor?: string; product?: string } | undefined): string {
  return [seen?.vendor, seen?.product].filter((part) => part !== undefined).join(' ');
}
