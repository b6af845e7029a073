import type { JSX } from 'preact';
import { useAnswer } from '../live/use-answer.ts';
import { AskedLine } from '../words/asked-line.tsx';

interface WhyLine {
  by: string;
  name?: string;
  place?: string;
  says?: string;
  outcome: string;
  why?: string;
}

/** Which line decides what it boots, and which would have, in their order. */
export function Why({ name, sign }: { name: string; sign: string }) {
  const { answer, fault } = useAnswer<{ because: WhyLine[] }>(`/nodes/${name}/why`, sign);
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">Why it boots that</h3>
      <AskedLine answer={answer} fault={fault} />
      {answer !== undefined && (
        <table class="why">
          <caption class="unseen">Lines that may say what it boots, in their order; the first that says something decides</caption>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Says</th>
              <th scope="col">Because</th>
            </tr>
          </thead>
          <tbody>
            {answer.because.map((line, at) => (
              // the order is the point, and lines have no other name
              <tr key={`${at}`} class={line.outcome}>
                <th scope="row">
                  {lineName(line)} {line.place !== undefined && <Place text={line.place} />}
                </th>
                <td>
                  {line.outcome === 'decides' && <span class="badge state-running">✓ decides</span>}{' '}
                  {line.says !== undefined && <span class="choice-text">{line.says}</span>}
                  {line.outcome === 'would' && <span class="hint"> would, if nothing above did</span>}
                </td>
                <td class="hint">{line.why ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** `nodes.d/rack1.yaml line 2`: on a phone it breaks between the parts of its path and before the line, and not within a name. */
function Place({ text }: { text: string }): JSX.Element {
  const [, path = text, line = ''] = /^(.*) (line \d+)$/.exec(text) ?? [];
  const folders = path.split('/');
  return (
    <code class="sub">
      <span>{folders.map((part, at) => (at === 0 ? part : [<wbr key={part} />, `/${part}`]))}</span> <span>{line}</span>
    </code>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  once: 'One-shot',
  'loop-guard': 'Loop guard',
  node: 'The node',
  group: 'Group',
  rule: 'Rule',
  default: 'Default',
  unknown: 'Unknown machines',
};

function lineName({ by, name }: WhyLine): string {
  const word = NAMES[by] ?? by;
  return by === 'group' || by === 'rule' ? `${word} ${name ?? ''}` : word;
}
