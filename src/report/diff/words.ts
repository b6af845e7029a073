import { expectedWords } from '../../domain/expected-machines.ts';
import { counted } from '../../domain/values/counted.ts';
import { isTimePossible } from '../../domain/visit/possible-time.ts';
import type { VisitStart } from '../../domain/visit/visit-start.ts';
import { visitStartWords } from '../../domain/visit/words-of-visits.ts';
import type { ExpectedDiff } from './expected.ts';
import { changeSections } from './kinds.ts';
import type { Change, ChangeKind } from './machine-changes.ts';
import type { DiffSection } from './section.ts';
import type { DiffHead, NamedMachine, VisitDiff } from './visits.ts';

export interface DiffWords {
  title: string;
  /** the two sides, and what cannot be trusted */
  head: readonly string[];
  warnings: readonly string[];
  sections: readonly DiffSection[];
}

/** Said before a change, unless its heading says it. */
const KINDS: Readonly<Record<ChangeKind, string>> = {
  moved: '',
  'disk-swapped': 'disk swapped',
  'disk-added': 'disk added',
  'disk-removed': 'disk removed',
  'disk-moved': 'disk moved',
  'dimm-swapped': 'DIMM swapped',
  'dimm-added': 'DIMM added',
  'dimm-removed': 'DIMM removed',
  'dimm-moved': 'DIMM moved',
  'port-added': 'port added',
  'port-removed': 'port removed',
  firmware: '',
  volume: '',
  cpu: 'CPU',
  memory: 'memory',
  bmc: 'BMC',
  identity: 'identity',
  'listed-as': 'address',
  'not-compared': 'not compared',
};

/** Two visits in words. */
export function visitDiffWords(diff: VisitDiff): DiffWords {
  const { before, after, arrived, gone, changed, unchanged, unclear, faults } = diff;
  return {
    title: before.site === after.site ? `What changed in ${after.site}` : `From ${before.site} to ${after.site}`,
    head: [
      sideWords('Before', before),
      sideWords('After', after),
      ...orderWords(before, after),
      `Arrived: ${arrived.length}, gone: ${gone.length}, changed: ${changed.length}, unchanged: ${unchanged}${unclear.length === 0 ? '' : `, not clear: ${unclear.length}`}`,
    ],
    warnings: faults,
    sections: [
      { heading: `Arrived: ${arrived.length}`, entries: arrived.map(entryOf) },
      { heading: `Gone: ${gone.length}`, entries: gone.map(entryOf) },
      ...changeSections(changed, changeWords, titleOf),
      {
        heading: `Not clear, look at them: ${unclear.length}`,
        entries: unclear.map((group) => ({
          title: `${group.before.map(titleOf).join(', ')} and ${group.after.map(titleOf).join(', ')}`,
          lines: group.reasons,
        })),
      },
    ],
  };
}

/** A list and a visit in words. */
export function expectedDiffWords({ list, visit, found, missing, unexpected, unclear, faults }: ExpectedDiff): DiffWords {
  return {
    title: `${visit.site} against the list`,
    head: [`List: ${counted(list.machines, 'machine')} (${list.path})`, sideWords('Visit', visit), `Found: ${found} of ${list.machines}`],
    warnings: faults,
    sections: [
      {
        heading: `On the list and not found: ${missing.length}`,
        entries: missing.map((row) => ({ title: expectedWords(row), lines: noteOf(row) })),
      },
      { heading: `Found and not on the list: ${unexpected.length}`, entries: unexpected.map(entryOf) },
      {
        heading: `Not clear, look at them: ${unclear.length}`,
        entries: unclear.map(({ row, machines, reason }) => ({ title: expectedWords(row), lines: [reason, ...machines.map(titleOf)] })),
      },
    ],
  };
}

/** How the two stand to each other, where that is not as one thinks. */
function orderWords(before: DiffHead, after: DiffHead): string[] {
  if (before.visit !== undefined && before.visit.id === after.visit?.id) return ['Both are of one visit: what differs came in its course.'];
  const later = new Set(startsOf(after).map(({ id }) => id));
  const both = startsOf(before).filter(({ id }) => later.has(id));
  return [
    ...(both.length === 0 ? [] : [`In both: ${both.map(visitStartWords).join('; ')}.`]),
    ...clockWords(before, after),
    ...(isPossible(before) && isPossible(after) && after.createdAt < before.createdAt
      ? ['The first was made after the second: what arrived is gone, and what is gone arrived.']
      : []),
  ];
}

function isPossible({ createdAt, visit }: DiffHead): boolean {
  return isTimePossible({ at: createdAt, visit });
}

function clockWords(before: DiffHead, after: DiffHead): string[] {
  const unset = [before, after].filter((head) => !isPossible(head)).map(({ path }) => path);
  return unset.length === 0 ? [] : [`The clock of the master was not set: ${unset.join(', ')}. Which one is earlier is what you said.`];
}

function startsOf({ visit, merged = [] }: DiffHead): readonly VisitStart[] {
  return visit === undefined ? merged : [visit];
}

function sideWords(name: string, { path, site, createdAt, visit, merged = [], machines }: DiffHead): string {
  const start =
    visit !== undefined
      ? `; ${visitStartWords(visit)}`
      : merged.length === 0
        ? ''
        : `; merged of ${merged.map(visitStartWords).join('; ')}`;
  return `${name}: ${site}, ${createdAt}, ${counted(machines, 'machine')} (${path})${start}`;
}

function changeWords({ kind, what, before, after }: Change): string {
  if (kind === 'not-compared')
    return `${what} not compared: ${before === undefined ? 'the second' : 'the first'} visit does not report them`;
  const place = KINDS[kind] === '' ? what : `${KINDS[kind]}: ${what}`;
  if (before === undefined) return `${place}: ${after ?? ''}`;
  return after === undefined ? `${place}: ${before}` : `${place}: ${before} -> ${after}`;
}

function entryOf(machine: NamedMachine): DiffSection['entries'][number] {
  return { title: titleOf(machine), lines: noteOf(machine) };
}

function titleOf({ mac, label }: NamedMachine): string {
  return label === '' ? mac : `${mac} ${label}`;
}

function noteOf({ note }: { note?: string }): string[] {
  return note === undefined ? [] : [note];
}
