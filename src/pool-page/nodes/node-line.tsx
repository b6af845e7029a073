import { agoText } from '../../web/parts/numbers.ts';
import type { NodeRow } from '../live/node-rows.ts';
import { nodeHash } from '../live/route.ts';
import { byText, productText, runsText, STATE_WORDS, troubleText } from '../words/node-words.ts';

/** What the box before a node does; `may: false`: another group's. */
export interface Tick {
  isOn: boolean;
  may: boolean;
  press: (isRange: boolean) => void;
}

export function NodeLine({ row, headNowMs, tick }: { row: NodeRow; headNowMs: number; tick: Tick | undefined }) {
  const { node, state, place, seenMs } = row;
  const { name, macs, seen, assigned, next, once } = node;
  const { word, sign } = STATE_WORDS[state];
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
        <span class={`badge state-${state}`}>
          <span aria-hidden="true">{sign} </span>
          {word}
        </span>{' '}
        <span class="choice-text">{runsText(node)}</span>
      </td>
      <td class="wide choice-text">{assigned}</td>
      <td>
        <span class="choice-text">{next.choice}</span>
        <span class="sub">{byText(next)}</span>
        {once !== undefined && next.by !== 'once' && <span class="sub">once {once}: over</span>}
      </td>
      <td class="wide seen">{seenMs === 0 ? '—' : agoText(seenMs, headNowMs)}</td>
      <td class="wide">{place === '' ? '—' : place}</td>
    </tr>
  );
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
