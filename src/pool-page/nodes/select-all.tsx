import type { KnownPool } from '../live/known.ts';
import type { NodeRow } from '../live/node-rows.ts';
import { NOTHING_CHOSEN, type NodeSelection, withAll } from '../live/selection.ts';
import { mayAssignNode, type PoolActions, type Rights } from '../live/state.ts';

/** Chooses every node that fits, on other pages of the table too. */
export function SelectAll(props: {
  known: KnownPool;
  fitting: readonly NodeRow[];
  selection: NodeSelection;
  actions: PoolActions;
  rights: Rights;
}) {
  const { known, fitting, selection, actions, rights } = props;
  const nodes = fitting.map(({ node }) => node).filter((node) => mayAssignNode(rights, node));
  const isAll = nodes.length > 0 && nodes.every(({ name }) => selection.chosen.has(name));
  return (
    <p class="select-all">
      <button
        type="button"
        aria-disabled={nodes.length === 0}
        onClick={() => actions.select((before) => (isAll ? NOTHING_CHOSEN : withAll(before, nodes, known.revision)))}
      >
        {isAll ? 'Select none' : `Select all ${nodes.length} shown`}
      </button>
      <span class="hint wide">Or tick one and, with Shift, another one: all between them. Arrow keys go from row to row.</span>
    </p>
  );
}
