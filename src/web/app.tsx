import { useEffect } from 'preact/hooks';
import { titleText } from './announcement.ts';
import { ListPage } from './list/list-page.tsx';
import { type Actions, masterNow, type PageState } from './live/state.ts';
import { MachinePage } from './machine/machine-page.tsx';
import { Masthead } from './masthead.tsx';
import { useArrivals } from './use-arrivals.ts';

export interface PageProps {
  state: PageState;
  actions: Actions;
  /** our own clock */
  nowMs: number;
}

/** The whole page. */
export function App({ state, actions, nowMs }: PageProps) {
  const { visit } = state.known;
  useArrivals(visit, actions);
  const title = titleText(visit?.counts, visit?.expected?.expectedCount);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const { route } = state;
  return (
    <>
      <button type="button" class="skip" onClick={skipToMain}>
        Skip to the machines
      </button>
      <Masthead state={state} nowMs={nowMs} />
      <main id="main" tabIndex={-1}>
        {route.page === 'machine' ? (
          <MachinePage key={route.mac} mac={route.mac} state={state} masterNowMs={masterNow(state, nowMs)} />
        ) : (
          <ListPage state={state} actions={actions} masterNowMs={masterNow(state, nowMs)} />
        )}
      </main>
    </>
  );
}

/** Not a link: the part behind `#` says which machine is shown, and a jump must not change it. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}
