import { counted } from '../../domain/values/counted.ts';
import type { Change, ChangeKind } from './machine-changes.ts';
import type { DiffSection } from './section.ts';
import type { NamedMachine, VisitDiff } from './visits.ts';

/** A change that so many machines share is told once. */
const TOLD_ONCE = 3;

/** What belongs together for a reader, in the order in which it is asked for. */
const SECTIONS: readonly (readonly [heading: string, kinds: readonly ChangeKind[]])[] = [
  ['Moved to another switch port', ['moved']],
  ['Disks', ['disk-swapped', 'disk-added', 'disk-removed', 'disk-moved']],
  ['Volumes', ['volume']],
  ['Memory modules', ['dimm-swapped', 'dimm-added', 'dimm-removed', 'dimm-moved']],
  ['Network ports', ['port-added', 'port-removed']],
  ['Firmware', ['firmware']],
  ['Other changes', ['cpu', 'memory', 'bmc', 'identity', 'listed-as']],
  ['Not compared', ['not-compared']],
];

/** Changes by kind; one that many machines share is one entry with the list of machines. `wordsOf` says a change. */
export function changeSections(
  changed: VisitDiff['changed'],
  wordsOf: (change: Change) => string,
  titleOf: (machine: NamedMachine) => string,
): DiffSection[] {
  return SECTIONS.flatMap(([heading, kinds]) => {
    const told = changed.flatMap((machine) =>
      machine.changes.filter(({ kind }) => kinds.includes(kind)).map((change) => ({ machine, words: wordsOf(change) })),
    );
    if (told.length === 0) return [];
    const shared = [...Map.groupBy(told, ({ words }) => words)]
      .filter(([, alike]) => alike.length >= TOLD_ONCE)
      .sort(([, a], [, b]) => b.length - a.length);
    const once = new Set(shared.map(([words]) => words));
    const own = Map.groupBy(
      told.filter(({ words }) => !once.has(words)),
      ({ machine }) => machine,
    );
    const machines = new Set(told.map(({ machine }) => machine)).size;
    return [
      {
        heading: `${heading}: ${counted(machines, 'machine')}`,
        entries: [
          ...shared.map(([words, alike]) => ({
            title: `${words}: ${alike.length} machines`,
            lines: alike.map(({ machine }) => titleOf(machine)),
            isLong: true,
          })),
          ...[...own].map(([machine, changes]) => ({ title: titleOf(machine), lines: changes.map(({ words }) => words) })),
        ],
      },
    ];
  });
}
