import type { NodeView } from '../../domain/pool/api-views.ts';
import { agoText } from '../../web/parts/numbers.ts';
import type { NodeRow, NodeState } from '../live/node-rows.ts';
import { nodeHash } from '../live/route.ts';
import { byText, productText, STATE_WORDS, stageText, troubleText, wouldRunText } from '../words/node-words.ts';

/** What the box before a node does; `may: false`: another group's. */
export interface Tick {
  isOn: boolean;
  may: boolean;
  press: (isRange: boolean) => void;
}

export function NodeLine({ row, headNowMs, tick }: { row: NodeRow; headNowMs: number; tick: Tick | undefined }) {
  const { node, state, place, seenMs } = row;
  const { name, macs, seen, assigned, next, once } = node;
  const trouble = troubleText(node, state, headNowMs);
  const product = productText(seen);
  const serial = seen?.serial ?? node.serial;
  return (
    <tr class={`row-${state}${tick?.isOn === true ? ' chosen' : ''}`}>
      {tick !== undefined && <td class="tick">{tick.may && <TickBox name={name} tick={tick} />}</td>}
      <th scope="row">
        <a href={nodeHash(name)}>{name}</a>
        <span class="sub">
          {product !== '' && <span>{product}</span>}
          {serial !== undefined && <span>{serial}</span>}
          {macs.map((mac) => (
            <code key={mac}>{mac}</code>
          ))}
        </span>
        <span class="sub narrow">
          <span>assigned {assigned}</span>
          <span>{seenMs === 0 ? 'never seen' : agoText(seenMs, headNowMs)}</span>
          {place !== '' && <span>{place}</span>}
        </span>
        {trouble !== undefined && (
          <span class="trouble">
            {trouble.sentence} <span class="hint">{trouble.hint}</span>
          </span>
        )}
      </th>
      <td>
        <StateBadge state={state} /> <RunsText node={node} />
        {state === 'booting' && <span class="sub">{stageText(seen?.stage)}</span>}
        <span class="sub narrow">
          <span>
            next <strong>{next.choice}</strong>
          </span>
          <span>{wouldRunText(node)}</span>
          <span>{byText(next)}</span>
        </span>
      </td>
      <td class="wide choice-text">{assigned}</td>
      <td class="wide">
        <span class="choice-text">{next.choice}</span>
        <span class="sub">
          {wouldRunText(node) !== '' && <span>{wouldRunText(node)}</span>}
          <span>{byText(next)}</span>
        </span>
        {once !== undefined && next.by !== 'once' && <span class="sub">once {once}: over</span>}
      </td>
      <td class="wide seen">{seenMs === 0 ? '—' : agoText(seenMs, headNowMs)}</td>
      <td class="wide">{place === '' ? '—' : place}</td>
    </tr>
  );
}

export function StateBadge({ state }: { state: NodeState }) {
  const { word, sign } = STATE_WORDS[state];
  return (
    <span class={`badge state-${state}`}>
      <span aria-hidden="true">{sign} </span>
      {word}
    </span>
  );
}

/** What it runs, or what it was given when it cannot say so itself. */
function RunsText({ node: { seen } }: { node: NodeView }) {
  if (seen?.runs !== undefined) return <span class="choice-text">{seen.runs}</span>;
  return seen?.given === undefined ? null : <span class="hint">was given {seen.given}</span>;
}

function TickBox({ name, tick: { isOn, press } }: { name: string; tick: Tick }) {
  return (
    <input
      type="checkbox"
      class="row-box"
      checked={isOn}
      aria-label={`Choose ${name}`}
      onClick={(event) => press(event.shiftKey)}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const boxes = [...document.querySelectorAll<HTMLInputElement>('input.row-box')];
        const next = boxes[boxes.indexOf(event.currentTarget) + step];
        next?.focus();
        // with Shift the way is chosen, as in a list of files
        if (event.shiftKey && next !== undefined && !next.checked) next.click();
      }}
    />
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
