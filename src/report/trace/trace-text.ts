import { counted } from '../../domain/values/counted.ts';
import type { PartPlace } from './part-places.ts';

/** Where a part was, visit by visit. */
export interface Trace {
  wanted: string;
  /** UTC, ISO 8601; null when it was seen at no visit */
  lastSeenAt: string | null;
  /** in the order of their times */
  visits: TracedVisit[];
}

export interface TracedVisit {
  path: string;
  site: string;
  at: string;
  /** false: by a clock that was not set */
  isDayKnown: boolean;
  /** empty: it was not there */
  places: (PartPlace & { seenAt: string })[];
}

/** A trace for the terminal. What machines say about themselves cannot steer it. */
export function traceText({ wanted, lastSeenAt, visits }: Trace): string {
  const seen = visits.filter(({ places }) => places.length > 0).length;
  const of = counted(visits.length, 'visit');
  const head =
    lastSeenAt === null ? `${wanted} was seen at none of ${of}.` : `${wanted} was seen at ${seen} of ${of}, last on ${time(lastSeenAt)}.`;
  const blocks = visits.map(({ path, site, at, isDayKnown, places }) => [
    `${isDayKnown ? time(at) : 'clock not set'}  ${site} (${path})`,
    ...(places.length === 0 ? ['  not seen'] : places.flatMap(placeLines)),
  ]);
  return `${[[head], ...blocks].map((lines) => lines.map(printable).join('\n')).join('\n\n')}\n`;
}

function placeLines({ kind, label, place, machine, switchPorts }: PartPlace): string[] {
  return [
    `  ${kind} ${label}`,
    ...(kind === 'machine' ? [] : [`    in ${machine.label === '' ? 'a machine' : machine.label} (${machine.mac})`]),
    ...(place === undefined || place === '' ? [] : [`    at ${place}`]),
    ...(switchPorts.length === 0 ? [] : [`    switch port ${switchPorts.join(', ')}`]),
  ];
}

function time(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function printable(line: string): string {
  return line.replaceAll(/[\0-\x1f\x7f-\x9f]/g, '?');
}
