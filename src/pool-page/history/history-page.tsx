import type { RevisionSummary } from '../../domain/pool/api-views.ts';
import { revisionHash } from '../live/route.ts';
import { useAnswer } from '../live/use-answer.ts';
import type { ViewProps } from '../live/view-props.ts';
import { AskedLine } from '../words/asked-line.tsx';
import { moment } from '../words/moment.ts';
import { ViewTitle } from '../words/view-title.tsx';

/** The accepted states of the pool, the newest first. */
export function HistoryPage({ known }: ViewProps) {
  const { answer, fault } = useAnswer<RevisionSummary[]>('/pool/history?limit=200', known.overview.revision);
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="History" />
      <p class="hint">Each change that was accepted is a revision, whoever made it and wherever: here, by a command, or in a file.</p>
      <AskedLine answer={answer} fault={fault} />
      {answer !== undefined && (
        <table class="rows">
          <caption class="unseen">Revisions of the pool, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Revision</th>
              <th scope="col">What</th>
              <th scope="col" class="wide">
                Who
              </th>
              <th scope="col" class="wide">
                When
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.map(({ revision, at, by, what }) => (
              <tr key={revision}>
                <th scope="row">
                  <a href={revisionHash(revision)} aria-label={`Revision ${revision}`}>
                    {revision}
                  </a>
                </th>
                <td>
                  {what}
                  <span class="sub narrow">
                    <span>{by}</span>
                    <span>{moment(at)}</span>
                  </span>
                </td>
                <td class="wide">{by}</td>
                <td class="wide seen">{moment(at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
