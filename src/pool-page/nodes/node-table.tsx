import { type SortHead, SortHeads } from '../../web/parts/sort-heads.tsx';
import type { KnownPool } from '../live/known.ts';
import type { NodeFilter, NodeRow, NodeSortKey } from '../live/node-rows.ts';
import { type NodeSelection, withPressed } from '../live/selection.ts';
import { mayAssignNode, type PoolActions, type Rights } from '../live/state.ts';
import { NodeLine } from './node-line.tsx';

const HEADS: readonly SortHead<NodeSortKey>[] = [
  { key: 'name', text: 'Node' },
  { key: 'runs', text: 'Runs' },
  { key: 'assigned', text: 'Assigned', className: 'wide' },
  { key: 'next', text: 'Next boot', className: 'wide' },
  { key: 'seen', text: 'Last seen', className: 'wide' },
  { key: 'place', text: 'Where', className: 'wide' },
];

/** One page of the nodes. On a narrow screen, what the hidden columns say stands below the node's name. */
export function NodeTable(props: {
  rows: readonly NodeRow[];
  known: KnownPool;
  wanted: NodeFilter;
  selection: NodeSelection;
  actions: PoolActions;
  rights: Rights;
  headNowMs: number;
}) {
  const { rows, known, wanted, selection, actions, rights, headNowMs } = props;
  const shown = rows.map(({ node }) => node).filter((node) => mayAssignNode(rights, node));
  return (
    <table class="nodes rows">
      <caption class="unseen">Nodes, with what each runs, what is assigned and what it boots next</caption>
      <thead>
        <tr>
          {rights.mayAssign && (
            <td class="tick">
              <span class="unseen">Chosen</span>
            </td>
          )}
          <SortHeads heads={HEADS} wanted={wanted} want={actions.want} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <NodeLine
            key={row.node.name}
            row={row}
            headNowMs={headNowMs}
            tick={
              rights.mayAssign
                ? {
                    isOn: selection.chosen.has(row.node.name),
                    may: mayAssignNode(rights, row.node),
                    press: (isRange) =>
                      actions.select((before) => withPressed(before, { node: row.node, isRange, shown, revision: known.revision })),
                  }
                : undefined
            }
          />
        ))}
      </tbody>
    </table>
  );
}
