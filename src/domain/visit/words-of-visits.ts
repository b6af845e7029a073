import { knownWords } from '../values/known-words.ts';
import type { EarlierVisit, VisitPlace, VisitStart } from './visit-start.ts';

// apart from the schemas, which would make the web page five times as large

/** When a visit began, for people: `2026-06-03 08:12 UTC`. */
export function beginningWords({ begunAt, isDayKnown }: Pick<VisitStart, 'begunAt' | 'isDayKnown'>): string {
  const time = `${begunAt.slice(0, 10)} ${begunAt.slice(11, 16)} UTC`;
  return isDayKnown ? time : `${time} by a clock that was not set`;
}

/** Where a visit was, for people; empty when nothing is known of it. */
export function placeWords({ site, product, serial }: Pick<VisitPlace, 'site' | 'product' | 'serial'>): string {
  const machine = knownWords([product, serial]);
  // a firmware's own words, on a terminal
  return knownWords([site, machine], ' on ').replaceAll(/[\0-\x1f\x7f-\x9f]/g, '?');
}

/** A visit in words: `visit 2, begun 2026-06-03 08:12 UTC (hall-3 on PowerEdge R640 ABC1234)`. */
export function visitStartWords({ number, place, ...start }: VisitStart): string {
  const where = placeWords(place);
  return `visit ${number}, begun ${beginningWords(start)}${where === '' ? '' : ` (${where})`}`;
}

/** Earlier visits in words, the oldest first: `40 machines of 2026-05-03`; with the time where two began on one day. */
export function earlierWords(earlier: readonly EarlierVisit[]): string {
  const days = earlier.map(({ visit }) => dayWords(visit));
  return earlier
    .map(({ visit, machines, isUnread }, at) => {
      const isAlone = days.filter((day) => day === days[at]).length === 1;
      const time = isAlone || visit === undefined ? '' : ` ${visit.begunAt.slice(11, 16)}`;
      if (isUnread === true) return `a visit of ${days[at]}${time} that is not read`;
      return `${machines === 1 ? '1 machine' : `${machines} machines`} of ${days[at]}${time}`;
    })
    .join(', ');
}

function dayWords(visit: EarlierVisit['visit']): string {
  if (visit === undefined) return 'an older version of Recon';
  return visit.isDayKnown ? visit.begunAt.slice(0, 10) : `visit ${visit.number} (its day is unknown)`;
}
