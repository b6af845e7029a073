import { PHASES, type Phase } from '../../domain/phase.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { ListFilter } from '../live/rows.ts';
import type { Actions } from '../live/state.ts';
import { PHASE_WORDS } from '../words/words.ts';

/** Who needs somebody comes first. */
const ORDER: readonly Phase[] = ['stuck', ...PHASES.filter((phase) => phase !== 'stuck')];

/** Which machines to show: by phase, and by words. */
export function Filters({ visit: { counts }, wanted, actions }: { visit: VisitSummary; wanted: ListFilter; actions: Actions }) {
  return (
    <search class="filters">
      <fieldset>
        <legend class="unseen">Show machines that are</legend>
        <button type="button" class="phase" aria-pressed={wanted.phase === 'all'} onClick={() => actions.want({ phase: 'all' })}>
          All <b>{counts.total}</b>
        </button>
        {ORDER.map((phase) => (
          <button
            key={phase}
            type="button"
            class={`phase phase-${phase}${counts[phase] === 0 ? ' none' : ''}`}
            aria-pressed={wanted.phase === phase}
            onClick={() => actions.want({ phase: wanted.phase === phase ? 'all' : phase })}
          >
            <span aria-hidden="true">{PHASE_WORDS[phase].sign} </span>
            {PHASE_WORDS[phase].word} <b>{counts[phase]}</b>
          </button>
        ))}
      </fieldset>
      <label class="search">
        <span>Search</span>
        <input
          type="search"
          value={wanted.search}
          placeholder="MAC, serial, product, address, name"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => actions.want({ search: event.currentTarget.value })}
        />
      </label>
    </search>
  );
}
