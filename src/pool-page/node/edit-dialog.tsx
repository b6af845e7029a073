import { useState } from 'preact/hooks';
import type { NodeView } from '../../domain/pool/api-views.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { nodePatch, typedNode } from '../nodes/typed-node.ts';
import { NodeFields } from '../nodes/written-fields.tsx';

/** What is written of a node. Only what was changed is sent; when somebody else edited it meanwhile, for the revision that they did not know. */
export function EditDialog(props: { node: NodeView; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { known, actions, onClose } = props;
  const [first] = useState({ node: props.node, revision: known.revision });
  const [typed, setTyped] = useState(typedNode(first.node));
  const now = known.nodes.find(({ name }) => name === first.node.name);
  const isOvertaken = now === undefined || JSON.stringify(typedNode(now)) !== JSON.stringify(typedNode(first.node));
  return (
    <ChangeDialog
      {...{ id: 'edit', title: `Edit ${first.node.name}`, confirm: 'Write it down', actions, onClose, isBroad: true }}
      order={() => ({
        ...{ method: 'PATCH', path: `/nodes/${first.node.name}`, revision: isOvertaken ? first.revision : known.revision },
        body: nodePatch(first.node, typed),
      })}
    >
      <NodeFields typed={typed} type={setTyped} />
    </ChangeDialog>
  );
}
