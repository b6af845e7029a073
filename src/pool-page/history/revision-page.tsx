import { useState } from 'preact/hooks';
import type { PoolDiff, RevisionSummary } from '../../domain/pool/api-views.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { DiffLines } from '../change/diff-lines.tsx';
import { useAnswer } from '../live/use-answer.ts';
import type { ViewProps } from '../live/view-props.ts';
import { AskedLine } from '../words/asked-line.tsx';
import { moment } from '../words/moment.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { nearLines } from './near-lines.ts';

/** One accepted state: what it changed, and what going back to it would change now. */
export function RevisionPage({ known, actions, rights, revision }: ViewProps & { revision: number }) {
  const [isAsked, setAsked] = useState(false);
  const newest = known.overview.revision;
  const { answer: summary, fault } = useAnswer<RevisionSummary>(`/pool/revisions/${revision}`, '');
  return (
    <section aria-labelledby="view-title">
      <p class="back">
        <a href="#/history">← History</a>
      </p>
      <ViewTitle text={`Revision ${revision}`} />
      <AskedLine answer={summary} fault={fault} />
      {summary !== undefined && (
        <p>
          {moment(summary.at)}, <strong>{summary.by}</strong>: {summary.what}
        </p>
      )}
      {revision > 1 && <Diff title="What it changed" from={revision - 1} to={revision} />}
      {revision !== newest && (
        <>
          <Diff title={`What going back to it would change now (revision ${newest})`} from={newest} to={revision} />
          {rights.mayEdit && (
            <p class="buttons">
              <button type="button" class="action" onClick={() => setAsked(true)}>
                Go back to revision {revision} …
              </button>
            </p>
          )}
        </>
      )}
      {isAsked && (
        <ChangeDialog
          {...{ id: 'rollback', title: `Go back to revision ${revision}`, actions }}
          explain="It becomes the newest revision, as it was. Nothing is lost: the one that is there now stays in the history."
          confirm="Go back"
          order={() => ({ method: 'POST', path: '/pool/rollback', body: { revision }, revision: newest })}
          onDone={() => {
            location.hash = '#/history';
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}

function Diff({ title, from, to }: { title: string; from: number; to: number }) {
  const { answer, fault } = useAnswer<PoolDiff>(`/pool/diff?from=${from}&to=${to}`, '');
  return (
    <>
      <h3>{title}</h3>
      {fault !== '' && <p class="hint">{fault}</p>}
      {answer?.files.length === 0 && <p>Nothing.</p>}
      {answer?.files.map(({ path, lines }) => (
        <DiffLines key={path} path={path} lines={nearLines(lines)} />
      ))}
    </>
  );
}
