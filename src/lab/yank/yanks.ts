import { seededNumbers } from './guest/seeded-numbers.ts';
import type { LoggedRequest } from './write-log.ts';

/** What a stick that lost its power still has of the writes that it was told. */
export const LOSS_MODELS = ['all written', 'up to the last flush', 'half of the unflushed'] as const;
export type LossModel = (typeof LOSS_MODELS)[number];

/** One loss of power. */
export interface Yank {
  number: number;
  model: LossModel;
  /** so many requests of the log were done when the power went */
  at: number;
}

/** Moments all over the log, the models in turn; in the order of the log. */
export function chooseYanks(requests: readonly LoggedRequest[], count: number, seed: string): Yank[] {
  const random = seededNumbers(seed, 'moments');
  const moments = Array.from({ length: count }, () => 1 + random.below(requests.length)).sort((a, b) => a - b);
  return moments.map((at, index) => ({ number: index + 1, model: LOSS_MODELS[index % LOSS_MODELS.length] ?? 'all written', at }));
}

/** What of the log an image holds: the first requests, and some later ones (their places in the log). */
export interface Survivors {
  upTo: number;
  others: readonly number[];
}

/** Which requests survive. A disk that says "flushed" has written whatever it was told before; the order of the rest is its own. */
export function survivorsOf(requests: readonly LoggedRequest[], { model, at, number }: Yank, seed: string): Survivors {
  if (model === 'all written') return { upTo: at, others: [] };
  const upTo = requests.slice(0, at).findLastIndex(({ kind }) => kind === 'flush') + 1;
  if (model === 'up to the last flush') return { upTo, others: [] };
  const random = seededNumbers(seed, 'survivors', number);
  return { upTo, others: Array.from({ length: at - upTo }, (_, index) => upTo + index).filter(() => random.next() < 0.5) };
}
