import { useEffect } from 'preact/hooks';
import { counted } from '../domain/values/counted.ts';
import { GroupsPage } from './groups/groups-page.tsx';
import { AuditPage } from './history/audit-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { RevisionPage } from './history/revision-page.tsx';
import { ImagesPage } from './images/images-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import type { KnownPool } from './live/known.ts';
import { headNow, type PoolActions, type PoolPageState, rightsOf } from './live/state.ts';
import { PoolMasthead } from './masthead.tsx';
import { OneNode } from './node/one-node.tsx';
import { NodesPage } from './nodes/nodes-page.tsx';
import { OwnPage } from './people/own-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { ProfilesPage } from './profiles/profiles-page.tsx';
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
  if (route.page === 'images') return <ImagesPage {...view} />;
  if (route.page === 'groups') return <GroupsPage {...view} />;
  if (route.page === 'profiles') return <ProfilesPage {...view} />;
  if (route.page === 'history') return <HistoryPage {...view} />;
  if (route.page === 'revision') return <RevisionPage key={route.revision} {...view} revision={route.revision} />;
  if (route.page === 'import') return <ImportPage {...view} />;
  if (route.page === 'audit') return <AuditPage {...view} />;
  if (route.page === 'people') return <PeoplePage {...view} />;
  if (route.page === 'own') return <OwnPage {...view} />;
  return <NodesPage {...view} />;
}

function titleText(known: KnownPool | undefined): string {
  if (known === undefined) return 'Boot pool';
  const { nodes, newMachines } = known;
  return `${counted(nodes.length, 'node')}${newMachines.length === 0 ? '' : `, ${newMachines.length} new`} – Boot pool`;
}
