import { counted } from '../../domain/values/counted.ts';
import { wantedRows } from '../live/rows.ts';
import { type Actions, allRows, type PageState } from '../live/state.ts';
import { pageOf } from '../parts/paging.ts';
import { Turner } from '../parts/turner.tsx';
import { ArrivalList } from './arrivals.tsx';
import { Controls } from './controls.tsx';
import { Filters } from './filters.tsx';
import { MachineList } from './machine-table.tsx';
import { Networks } from './networks.tsx';
import { ProgressBar } from './progress.tsx';
import { StickSaid } from './stick-said.tsx';
import { VisitLine } from './visit-line.tsx';

/** All machines. */
export function ListPage({ state, actions, masterNowMs }: { state: PageState; actions: Actions; masterNowMs: number }) {
  const { visit } = state.known;
  if (visit === undefined)
    return <p class="waiting">{state.link.state === 'lost' ? 'Nothing was heard of the master yet.' : 'Asking the master …'}</p>;
  const rows = allRows(state, masterNowMs);
  const fitting = wantedRows(rows, state.wanted);
  const page = pageOf(fitting, state.page, state.isPrinting ? Math.max(1, fitting.length) : undefined);
  const isFiltered = state.wanted.phase !== 'all' || state.wanted.search.trim() !== '';
  return (
    <>
      <ProgressBar visit={visit} actions={actions} />
      <VisitLine visit={visit} />
      <Networks visit={visit} onlyTrouble />
      <section aria-labelledby="machines-title">
        <h2 id="machines-title" tabIndex={-1}>
          Machines
        </h2>
        <Filters visit={visit} wanted={state.wanted} actions={actions} />
        {isFiltered && (
          <p class="fitting">
            {counted(fitting.length, 'machine')} of {rows.length} {fitting.length === 1 ? 'fits' : 'fit'}.{' '}
            <button type="button" class="plain" onClick={() => showAll(actions)}>
              Show all
            </button>
          </p>
        )}
        {rows.length === 0 ? (
          <p class="waiting">No machine has asked for an address yet. Power them on and let them boot from the network.</p>
        ) : (
          <MachineList rows={page.rows} wanted={state.wanted} actions={actions} masterNowMs={masterNowMs} />
        )}
        <Turner page={page} total={fitting.length} turnTo={actions.turnTo} />
      </section>
      <ArrivalList state={state} />
      <Controls visit={visit} actions={actions} />
      <StickSaid visit={visit} />
      <Networks visit={visit} />
    </>
  );
}

/** The button goes away with the filter; whoever uses the keyboard goes on at the list. */
function showAll(actions: Actions): void {
  actions.want({ phase: 'all', search: '' });
  document.getElementById('machines-title')?.focus();
}
