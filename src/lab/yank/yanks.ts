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

/**
 * Moments all over the log, the models in turn; in the order of the log. Half of the moments are spread over the requests, which are many and
 * small while records come in, and half over the bytes, which are those of tarballs.
 */
export function chooseYanks(requests: readonly LoggedRequest[], count: number, seed: string): Yank[] {
  const random = seededNumbers(seed, 'moments');
  const endsBytes: number[] = [];
  for (const { sizeBytes } of requests) endsBytes.push((endsBytes.at(-1) ?? 0) + sizeBytes);
  const momentByBytes = (): number => {
    const bytes = random.next() * (endsBytes.at(-1) ?? 0);
    return 1 + endsBytes.findIndex((end) => end > bytes);
  };
  const moments = Array.from({ length: count }, () => (random.next() < 0.5 ? 1 + random.below(requests.length) : momentByBytes()));
  return moments
    .sort((a, b) => a - b)
    .map((at, index) => ({ number: index + 1, model: LOSS_MODELS[index % LOSS_MODELS.length] ?? 'all written', at }));
}

/** What of the log an image holds: the first requests, and some later ones. */
export interface Survivors {
  upTo: number;
  /** places in the log, and how much of the request was written: 1 for all of it */
  others: readonly { place: number; share: number }[];
}

/** Of the requests that survive, so many were only begun. */
const TORN = 0.2;

/** Which requests survive. A disk that says "flushed" has written whatever it was told before; the order of the rest is its own. */
export function survivorsOf(requests: readonly LoggedRequest[], { model, at, number }: Yank, seed: string): Survivors {
  if (model === 'all written') return { upTo: at, others: [] };
  const upTo = requests.slice(0, at).findLastIndex(({ kind }) => kind === 'flush') + 1;
  if (model === 'up to the last flush') return { upTo, others: [] };
  const random = seededNumbers(seed, 'survivors', number);
  const others: { place: number; share: number }[] = [];
  for (let place = upTo; place < at; place += 1)
    if (random.next() < 0.5) others.push({ place, share: random.next() < TORN ? random.next() : 1 });
  return { upTo, others };
}
