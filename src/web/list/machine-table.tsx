import { machineHash } from '../live/route.ts';
import type { ListFilter, ListRow, SortKey } from '../live/rows.ts';
import type { Actions } from '../live/state.ts';
import { agoText } from '../parts/numbers.ts';
import { type SortHead, SortHeads } from '../parts/sort-heads.tsx';
import { PHASE_WORDS, stepText, verdictText } from '../words/words.ts';

const HEADS: readonly SortHead<SortKey>[] = [
  { key: 'state', text: 'State' },
  { key: 'machine', text: 'Machine' },
  { key: 'stage', text: 'Stage', className: 'wide' },
  { key: 'address', text: 'Address', className: 'wide' },
  { key: 'findings', text: 'Findings', className: 'wide' },
  { key: 'seen', text: 'Last seen', className: 'wide' },
];

/** One page of the machines. On a narrow screen, what the hidden columns say stands below the machine's name. */
export function MachineList(props: { rows: readonly ListRow[]; wanted: ListFilter; actions: Actions; masterNowMs: number }) {
  const { rows, wanted, actions, masterNowMs } = props;
  return (
    <table class="machines rows">
      <caption class="unseen">Machines, the stuck ones first unless sorted otherwise</caption>
      <thead>
        <tr>
          <SortHeads heads={HEADS} wanted={wanted} want={actions.want} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MachineLine key={row.node.mac} row={row} masterNowMs={masterNowMs} />
        ))}
      </tbody>
    </table>
  );
}

function MachineLine({ row, masterNowMs }: { row: ListRow; masterNowMs: number }) {
  const { node, phase, name, seenMs } = row;
  const verdict = verdictText(row, masterNowMs);
  const { word, sign } = PHASE_WORDS[phase];
  const product = [node.vendor, node.product].filter((part) => part !== undefined).join(' ');
  return (
    <tr class={`row-${phase}`}>
      <td class="state">
        <span class={`badge badge-${phase}`}>
          <span aria-hidden="true">{sign} </span>
          {word}
        </span>
      </td>
      <th scope="row">
        <a href={machineHash(node.mac)} id={`machine-${node.mac.replaceAll(':', '-')}`}>
          {name ?? (product === '' ? <code>{node.mac}</code> : product)}
        </a>
        {node.isMaster && <span class="tag">master</span>}
        <span class="sub">
          {name !== undefined && product !== '' && <span>{product}</span>}
          {node.serial !== undefined && <span>{node.serial}</span>}
          {(name !== undefined || product !== '') && <code>{node.mac}</code>}
        </span>
        <span class="sub narrow">
          {verdict === undefined && <span>{stepText(row)}</span>}
          {node.address !== undefined && <code>{node.address}</code>}
          {seenMs > 0 && <span>{agoText(seenMs, masterNowMs)}</span>}
          <Findings row={row} />
        </span>
        {verdict === undefined &&
          node.notes?.map((note) => (
            <span key={note} class="note">
              {note}
            </span>
          ))}
        {verdict !== undefined && (
          <span class="verdict">
            {verdict.sentence} <span class="hint">{verdict.hint}</span>
          </span>
        )}
      </th>
      <td class="wide">{stepText(row)}</td>
      <td class="wide">
        <code>{node.address ?? '—'}</code>
      </td>
      <td class="wide">
        <Findings row={row} />
      </td>
      <td class="wide seen">{seenMs === 0 ? '—' : agoText(seenMs, masterNowMs)}</td>
    </tr>
  );
}

/** How many findings, the bad ones first. */
export function Findings({ row: { node } }: { row: ListRow }) {
  const { critical = 0, warning = 0, note = 0 } = node.findings ?? {};
  if (critical + warning + note === 0) return null;
  return (
    <span class="findings">
      {critical > 0 && <span class="critical">{critical} critical</span>}
      {warning > 0 && <span class="warning">{warning} to look at</span>}
      {note > 0 && <span>{note === 1 ? '1 note' : `${note} notes`}</span>}
    </span>
  );
}
