import type { EarlierVisit, VisitStart } from '../../domain/visit/visit-start.ts';
import { beginningWords, earlierWords, placeWords } from '../../domain/visit/words-of-visits.ts';
import type { KnownVisit } from '../../records/visit-log.ts';
import type { VisitDecision } from './decide-visit.ts';

export interface VisitWordsInput {
  decision: VisitDecision;
  /** the visit that this boot is of */
  start: VisitStart;
  earlier: readonly EarlierVisit[];
  /** records of this visit that are on the stick already */
  machines: number;
}

/** What the person before the screen must know of the visit; nothing when it is the stick's first, or the service was only started again. */
export function visitWords({ decision, start, earlier, machines }: VisitWordsInput): string[] {
  if (decision.reason === 'same-boot') return [];
  if (decision.decision === 'go-on')
    return [
      `VISIT ${start.number} GOES ON: begun ${beginningWords(start)}${whereWords(decision)}; ${hasWords(decision.visit, machines)}. ${WHY_ON[decision.reason]}`,
      ...earlierLines(earlier),
    ];
  if (earlier.length === 0 && decision.reason === 'first') return [];
  return [
    `NEW VISIT, number ${start.number} of this stick. ${WHY_NEW[decision.reason]}`,
    ...earlierLines(earlier),
    ...wayBack(decision.reason),
  ];
}

/** Where it was last, for who carried the stick on since. */
function whereWords({ visit: { places } }: Extract<VisitDecision, { decision: 'go-on' }>): string {
  const last = places.at(-1);
  const where = last === undefined ? '' : placeWords(last);
  return where === '' ? '' : `, last at ${where}`;
}

function hasWords({ places }: KnownVisit, machines: number): string {
  // with encryptRecords
  if (places.some(({ isHidden }) => isHidden === true))
    return 'which machines have their record nobody here can read, so each is inventoried again';
  return `${machines === 1 ? '1 machine has its' : `${machines} machines have their`} record already`;
}

const WHY_ON: Readonly<Record<'setting' | 'same-machine' | 'machine-of-visit', string>> = {
  setting: 'recon.yaml says visit: continue. At another place or for another inventory take that line out and start again.',
  'same-machine': 'It is the same machine and the same day.',
  'machine-of-visit': 'It is the same day, and this machine is one of that visit.',
};

const WHY_NEW: Readonly<Record<Extract<VisitDecision, { decision: 'begin' }>['reason'], string>> = {
  first: 'What is on the stick was stored by an older version of Recon, which wrote down no visits.',
  hidden: 'With encryptRecords each start of the stick is a visit of its own: nobody here can read what earlier ones stored.',
  'clock-unset': "This machine's clock is not set: it is before the time at which this image was built, so nobody knows which day it is.",
  'day-unknown': 'The visit before began by a clock that was not set, so nobody knows which day that was.',
  'other-day': 'The visit before was on another day.',
  'other-site': 'recon.yaml names another site than on the visit before.',
  portable: 'This machine is a portable one: it may have come from another hall, as the stick may.',
  'other-machine': 'The visit before was on another machine, and this one was not seen there: it may be another hall.',
};

function earlierLines(earlier: readonly EarlierVisit[]): string[] {
  if (earlier.length === 0) return [];
  return [
    `Earlier on this stick: ${earlierWords(earlier)}. Those records stay on it and count for nothing here; recon recover makes a tarball of them.`,
  ];
}

function wayBack(reason: Extract<VisitDecision, { decision: 'begin' }>['reason']): string[] {
  if (reason === 'first') return [];
  if (reason === 'other-day' || reason === 'other-site')
    return ['To go on with it instead, write  visit: continue  into recon.yaml and start again.'];
  return [
    'If it is the same hall and the same inventory, nothing is lost: recon merge makes one tarball of both visits.',
    'To go on with it instead, write  visit: continue  into recon.yaml and start again.',
  ];
}
