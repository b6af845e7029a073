import type { ImportLine, ImportPreview } from '../../domain/pool/api-views.ts';
import { counted } from '../../domain/values/counted.ts';

/** More lines than these are counted: the refused ones are always shown. */
const SHOWN = 200;

/** What each line of a list would do, the refused ones first. */
export function ListPreview({ preview }: { preview: ImportPreview }) {
  const { lines, mistakes } = preview;
  const ordered = [...lines].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const shown = ordered.slice(0, Math.max(SHOWN, countOf(lines, 'refused')));
  return (
    <section aria-labelledby="preview-title">
      <h3 id="preview-title">What it would do</h3>
      <p role="status">{summaryText(preview)}</p>
      {mistakes.length > 0 && (
        <ul class="notice bad">
          {mistakes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <table class="rows">
        <caption class="unseen">Lines of the list, the refused ones first</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Node</th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line, at) => (
            // two lines may have the same number: one line may hold two mistakes
            <PreviewLine key={`${at}`} line={line} />
          ))}
        </tbody>
      </table>
      {shown.length < lines.length && <p class="hint">and {counted(lines.length - shown.length, 'line')} more</p>}
    </section>
  );
}

function PreviewLine({ line: { line, name, macs = [], outcome, says } }: { line: ImportLine }) {
  const { word, sign, className } = OUTCOMES[outcome];
  return (
    <tr>
      <td>{line ?? '—'}</td>
      <th scope="row">
        {name ?? '—'}
        <span class="sub">
          {macs.map((mac) => (
            <code key={mac}>{mac}</code>
          ))}
        </span>
      </th>
      <td>
        <span class={`badge ${className}`}>
          <span aria-hidden="true">{sign} </span>
          {word}
        </span>
        {says.map((text) => (
          <span key={text} class={outcome === 'refused' ? 'trouble' : 'sub'}>
            {text}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** How many of each, in a sentence. */
export function summaryText({ lines, mistakes }: ImportPreview): string {
  const parts = ORDER.flatMap((outcome) => {
    const count = countOf(lines, outcome);
    return count === 0 ? [] : [`${count} ${OUTCOMES[outcome].word.toLowerCase()}`];
  });
  const isRefused = countOf(lines, 'refused') + mistakes.length > 0;
  return `${parts.join(', ')}. ${isRefused ? 'Nothing is taken until the refused lines are mended or left out.' : 'Nothing was written yet.'}`;
}

function countOf(lines: readonly ImportLine[], outcome: ImportLine['outcome']): number {
  return lines.filter((one) => one.outcome === outcome).length;
}

const ORDER: readonly ImportLine['outcome'][] = ['refused', 'changed', 'added', 'same'];
const OUTCOMES: Readonly<Record<ImportLine['outcome'], { word: string; sign: string; className: string }>> = {
  refused: { word: 'Refused', sign: '!', className: 'state-alarm' },
  changed: { word: 'Changed', sign: '≠', className: 'state-differs' },
  added: { word: 'Added', sign: '+', className: 'state-running' },
  same: { word: 'As it is', sign: '=', className: 'state-quiet' },
};
