import { PHASES, type Phase } from '../../domain/phase.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { ListFilter } from '../live/rows.ts';
import type { Actions } from '../live/state.ts';
import { type Choice, Choices } from '../parts/choices.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { PHASE_WORDS } from '../words/words.ts';

/** Who needs somebody comes first. */
const ORDER: readonly Phase[] = ['stuck', ...PHASES.filter((phase) => phase !== 'stuck')];

/** Which machines to show: by phase, and by words. */
export function Filters({ visit: { counts }, wanted, actions }: { visit: VisitSummary; wanted: ListFilter; actions: Actions }) {
  const choices: Choice<Phase | 'all'>[] = [
    { key: 'all', word: 'All', count: counts.total },
    ...ORDER.map((phase) => ({ key: phase, ...PHASE_WORDS[phase], className: `phase-${phase}`, count: counts[phase] })),
  ];
  return (
    <search class="filters">
      <Choices legend="Show machines that are" choices={choices} chosen={wanted.phase} choose={(phase) => actions.want({ phase })} />
      <SearchField value={wanted.search} placeholder="MAC, serial, product, address, name" search={(search) => actions.want({ search })} />
    </search>
  );
}
