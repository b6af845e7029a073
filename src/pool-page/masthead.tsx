import { LinkLine, LostNotice } from '../web/parts/link-line.tsx';
import { sendHead } from './live/ask-head.ts';
import type { PoolRoute } from './live/route.ts';
import { type PoolActions, type PoolPageState, rightsOf } from './live/state.ts';

/** What stands on top of every view: where one may go, who one is, and whether it is up to date. */
export function PoolMasthead({ state, actions }: { state: PoolPageState; actions: PoolActions }) {
  const { session, known, link } = state;
  return (
    <header class="masthead">
      <h1>
        <a href="#/">Boot pool</a>
      </h1>
      {session.state === 'in' && (
        <div class="person">
          <LinkLine link={link} />
          <span>
            {session.person.name} <span class="hint">({session.person.role})</span>
          </span>
          <button type="button" class="plain" onClick={() => void signOut(actions)}>
            Sign out
          </button>
        </div>
      )}
      {known !== undefined && <Views state={state} />}
      <p class="said" role="status">
        {state.said}
      </p>
      {session.state === 'in' && <LostNotice link={link} server="head" />}
      {known !== undefined && known.overview.mistakes.length > 0 && <Mistakes known={known} />}
      {known?.overview.uncommitted !== undefined && (
        <p class="notice">Git does not get the pool's changes, which stand: {known.overview.uncommitted}</p>
      )}
      {known?.overview.certificate !== undefined && <p class="notice">Certificate of this page: {known.overview.certificate}</p>}
    </header>
  );
}

const VIEWS: readonly { page: PoolRoute['page']; text: string; hash: string; isForEditors?: boolean }[] = [
  { page: 'nodes', text: 'Nodes', hash: '#/' },
  { page: 'groups', text: 'Groups', hash: '#/groups' },
  { page: 'profiles', text: 'Profiles', hash: '#/profiles' },
  { page: 'images', text: 'Images', hash: '#/images' },
  { page: 'history', text: 'History', hash: '#/history' },
  { page: 'import', text: 'Import', hash: '#/import', isForEditors: true },
  { page: 'audit', text: 'Audit', hash: '#/audit', isForEditors: true },
  { page: 'people', text: 'People', hash: '#/people', isForEditors: true },
  { page: 'own', text: 'Your tokens', hash: '#/own' },
];

function Views({ state: { route, session } }: { state: PoolPageState }) {
  const { mayEdit } = rightsOf(session);
  const here = route.page === 'node' ? 'nodes' : route.page === 'revision' ? 'history' : route.page;
  return (
    <nav class="views" aria-label="Views">
      {VIEWS.filter(({ isForEditors }) => mayEdit || isForEditors !== true).map(({ page, text, hash }) => (
        <a key={page} href={hash} aria-current={page === here ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}

function Mistakes({ known: { overview } }: { known: NonNullable<PoolPageState['known']> }) {
  return (
    <div class="notice bad" role="alert">
      <strong>The pool's folder has mistakes; revision {overview.revision} serves meanwhile, and nothing can be changed here.</strong>
      <ul>
        {overview.mistakes.map(({ file, line, message, hint }) => (
          <li key={`${file} ${line} ${message}`}>
            <code>
              {file} line {line}
            </code>
            : {message} {hint !== undefined && <span class="hint">{hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

async function signOut(actions: PoolActions): Promise<void> {
  await sendHead('DELETE', '/session').catch(() => {});
  actions.signedOut('You are signed out.');
}
