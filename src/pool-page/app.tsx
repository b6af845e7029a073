import { useEffect } from 'preact/hooks';
import type { KnownPool } from './live/known.ts';
import { headNow, type PoolActions, type PoolPageState, rightsOf } from './live/state.ts';
import { PoolMasthead } from './masthead.tsx';
import { OneNode } from './node/one-node.tsx';
import { NodesPage } from './nodes/nodes-page.tsx';
import { SetUp } from './session/set-up.tsx';
import { SignIn, SignInAgain } from './session/sign-in.tsx';

interface PoolPageProps {
  state: PoolPageState;
  actions: PoolActions;
  /** our own clock */
  nowMs: number;
}

/** The whole page. */
export function PoolPage({ state, actions, nowMs }: PoolPageProps) {
  const { session, known, route } = state;
  const title = titleText(known);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <PoolMasthead state={state} actions={actions} />
      <main id="main" tabIndex={-1}>
        {route.page === 'set-up' ? (
          <SetUp link={route.link} actions={actions} />
        ) : known !== undefined ? (
          <View known={known} state={state} actions={actions} nowMs={nowMs} />
        ) : session.state === 'out' ? (
          <SignIn sentence={session.sentence} actions={actions} />
        ) : (
          <p class="waiting">Asking the head …</p>
        )}
      </main>
      {route.page !== 'set-up' && known !== undefined && session.state === 'out' && (
        <SignInAgain sentence={session.sentence} actions={actions} />
      )}
    </>
  );
}

function View({ known, state, actions, nowMs }: PoolPageProps & { known: KnownPool }) {
  const [rights, headNowMs] = [rightsOf(state.session), headNow(state, nowMs)];
  const view = { known, state, actions, rights, headNowMs };
  const { route } = state;
  if (route.page === 'node') return <OneNode key={route.name} {...view} name={route.name} />;
  return <NodesPage {...view} />;
}

function titleText(known: KnownPool | undefined): string {
  if (known === undefined) return 'Boot pool';
  const { nodes, newMachines } = known;
  return `${nodes.length} nodes${newMachines.length === 0 ? '' : `, ${newMachines.length} new`} – Boot pool`;
}
