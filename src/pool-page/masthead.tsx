import { LinkLine, LostNotice } from '../web/parts/link-line.tsx';
import { sendHead } from './live/ask-head.ts';
import type { PoolActions, PoolPageState } from './live/state.ts';

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
      <p class="said" role="status">
        {state.said}
      </p>
      {session.state === 'in' && <LostNotice link={link} server="head" />}
      {known !== undefined && known.overview.mistakes.length > 0 && <Mistakes known={known} />}
    </header>
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
