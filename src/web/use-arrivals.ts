import { useEffect, useRef } from 'preact/hooks';
import type { VisitSummary } from '../domain/web-api.ts';
import { askForVisit } from './live/ask-master.ts';
import type { Actions } from './live/state.ts';

/** The list of expected machines may be long: it is asked for when its counts have changed, and not more often than this. */
const EVERY_MS = 5000;

/** Keeps the list of expected machines up to date, where there is one. */
export function useArrivals(visit: VisitSummary | undefined, { learnArrivals }: Pick<Actions, 'learnArrivals'>): void {
  const { expected } = visit ?? {};
  const askedMs = useRef(Number.NEGATIVE_INFINITY);
  const sign = expected?.hasList === true ? JSON.stringify([expected, visit?.counts]) : '';
  useEffect(() => {
    if (sign === '') return;
    const ask = (): void => {
      askedMs.current = performance.now();
      // a failure is told by the link, and the next change asks again
      askForVisit().then(
        ({ arrivals }) => learnArrivals(arrivals),
        () => {},
      );
    };
    const timer = setTimeout(ask, Math.max(0, askedMs.current + EVERY_MS - performance.now()));
    return () => clearTimeout(timer);
  }, [sign, learnArrivals]);
}
