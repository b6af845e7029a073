import { lastSeenMs, type Phase } from '../../domain/phase.ts';
import { STAGE_WORDS } from '../../domain/stage-words.ts';
import type { ListRow } from '../live/rows.ts';

/** The words on buttons and in the table; the sign stands before them, so that no colour has to be told apart. */
export const PHASE_WORDS: Record<Phase, { word: string; sign: string }> = {
  found: { word: 'Found', sign: '○' },
  loading: { word: 'Loading', sign: '↓' },
  inventorying: { word: 'Inventory', sign: '◔' },
  done: { word: 'Done', sign: '✓' },
  stuck: { word: 'Stuck', sign: '!' },
};

/** What a machine is doing, with how far it is. */
export function stepText({ node, phase }: Pick<ListRow, 'node' | 'phase'>): string {
  if ((node.stage === 'handover' || node.stage === 'up') && !node.hasReceipt) return `${STAGE_WORDS[node.stage]}, by the pool`;
  if (phase === 'done' && node.stage === 'own-disk') return 'record stored; it was sent to its own disk';
  if (phase === 'done' && node.stage !== 'power-off') return 'record stored';
  const words = STAGE_WORDS[node.stage] ?? node.stage;
  const { bytes, totalBytes } = node;
  if (phase === 'done' || bytes === undefined || totalBytes === undefined || totalBytes === 0) return words;
  return `${words}, ${Math.floor((bytes / totalBytes) * 100)} %`;
}

/** Why a machine is stuck and what to try; of a machine that only fell silent we know no more than that. */
export function verdictText(
  { node, phase }: Pick<ListRow, 'node' | 'phase'>,
  nowMs: number,
): { sentence: string; hint: string } | undefined {
  if (phase !== 'stuck') return undefined;
  if (node.verdict !== undefined) return node.verdict;
  const minutes = Math.floor((nowMs - lastSeenMs(node)) / 60_000);
  return {
    sentence: `Nothing was heard of it for ${minutes} minutes. The last stage was: ${STAGE_WORDS[node.stage] ?? node.stage}.`,
    hint: 'Look at its screen: is it on, is the cable in, does it wait for a key?',
  };
}
