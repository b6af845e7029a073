import type { NodeRecord } from '../../domain/record/node-record.ts';
import { ScrollBox } from '../parts/scroll-box.tsx';
import { type Block, failedTools, recordText, type SectionText } from './record-text.ts';

/** Sections that are read first and are short. */
const OPEN = new Set(['system', 'cpu', 'memory', 'disks']);

/** The record of a machine, section by section. */
export function RecordView({ record }: { record: NodeRecord }) {
  const sections = recordText(record);
  const shown = sections.filter(({ status }) => status !== 'absent');
  const absent = sections.filter(({ status }) => status === 'absent');
  const failed = failedTools(record);
  return (
    <section aria-labelledby="record-title">
      <h3 id="record-title">Record</h3>
      {shown.map((section) => (
        <Section key={section.id} section={section} />
      ))}
      {absent.length > 0 && <p class="absent">Not there: {absent.map(({ title }) => title).join(', ')}.</p>}
      {failed.length > 0 && (
        <details>
          <summary>{failed.length === 1 ? '1 tool' : `${failed.length} tools`} did not work</summary>
          <ul>
            {failed.map(({ id, status, reason }) => (
              <li key={id}>
                <code>{id}</code>: {status}
                {reason === '' ? '' : `, ${reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Section({ section: { id, title, status, reason, count, blocks } }: { section: SectionText }) {
  return (
    <details class={`section section-${status}`} open={OPEN.has(id) || status === 'failed'}>
      <summary>
        {title}
        {count === undefined ? '' : ` (${count})`}
        {status === 'failed' && <span class="critical"> could not be read</span>}
      </summary>
      {reason !== undefined && <p>{reason}</p>}
      {status === 'ok' && blocks.length === 0 && <p>Nothing was reported.</p>}
      {blocks.map((block, at) => (
        <BlockView key={`${at} ${block.kind}`} block={block} title={title} />
      ))}
    </details>
  );
}

function BlockView({ block, title }: { block: Block; title: string }) {
  if (block.kind === 'facts') {
    return (
      <dl class="facts">
        {block.facts.map(([name, text], at) => (
          <div key={`${at} ${name}`}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    );
  }
  if (block.kind === 'long') {
    return (
      <details class="long">
        <summary>{block.title}</summary>
        <p>{block.text}</p>
      </details>
    );
  }
  const label = block.title === '' ? title : `${title}: ${block.title}`;
  return (
    <>
      {block.title !== '' && <h4>{block.title}</h4>}
      <ScrollBox label={label}>
        <table aria-label={label}>
          <thead>
            <tr>
              {block.heads.map((head, at) => (
                <th key={`${at} ${head}`} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((text, column) => (
                  <td key={`${column} ${block.heads[column]}`}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
