import { useState } from 'preact/hooks';
import type { AuditCheck, AuditEntry } from '../../domain/pool/api-views.ts';
import { pageOf } from '../../web/parts/paging.ts';
import { SearchField } from '../../web/parts/search-field.tsx';
import { Turner } from '../../web/parts/turner.tsx';
import { useAnswer } from '../live/use-answer.ts';
import type { ViewProps } from '../live/view-props.ts';
import { AskedLine } from '../words/asked-line.tsx';
import { moment } from '../words/moment.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { auditTurned } from './audit-lines.ts';

/** Who did what, from where, the newest first; and whether nobody took a line out. */
export function AuditPage({ known }: ViewProps) {
  const [search, setSearch] = useState('');
  const [number, setNumber] = useState(0);
  const { answer, fault } = useAnswer<AuditEntry[]>('/audit', known.overview.revision);
  const { answer: check } = useAnswer<AuditCheck>('/audit/check', known.overview.revision);
  const lines = auditTurned(answer ?? [], search);
  const page = pageOf(lines, number);
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Audit" />
      {check !== undefined && <CheckLine check={check} />}
      <AskedLine answer={answer} fault={fault} />
      <search class="filters">
        <SearchField
          value={search}
          placeholder="Name, address, node, word"
          search={(text) => {
            setSearch(text);
            setNumber(0);
          }}
        />
      </search>
      <table class="rows">
        <caption class="unseen">What was done, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col" class="wide">
              From
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map(({ number: line, at, who, what, from, revision }) => (
            <tr key={line}>
              <td>{moment(at)}</td>
              <th scope="row">{who}</th>
              <td>
                {what} {revision !== undefined && <a href={`#/history/${revision}`}>revision {revision}</a>}
              </td>
              <td class="wide">
                <code>{from}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Turner page={page} total={lines.length} turnTo={setNumber} />
    </section>
  );
}

function CheckLine({ check: { lines, brokenAt, torn } }: { check: AuditCheck }) {
  if (brokenAt === undefined)
    return (
      <p class="hint">
        {lines} lines, each with the sum of the line before{torn.length === 0 ? '' : `; a power cut ended line ${torn.join(', ')}`}.
      </p>
    );
  return (
    <div class="notice bad" role="alert">
      <strong>Line {brokenAt} does not carry the sum of the line before: somebody changed the audit, or took something out of it.</strong>
    </div>
  );
}
