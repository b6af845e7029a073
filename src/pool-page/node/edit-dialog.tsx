import { useState } from 'preact/hooks';
import type { NodeView } from '../../domain/pool/api-views.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { nodePatch, typedNode } from './typed-node.ts';

/** What is written of a node. Only what was changed is sent; when somebody else edited it meanwhile, for the revision that they did not know. */
export function EditDialog(props: { node: NodeView; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { known, actions, onClose } = props;
  const [first] = useState({ node: props.node, revision: known.revision });
  const [typed, setTyped] = useState(typedNode(first.node));
  const now = known.nodes.find(({ name }) => name === first.node.name);
  const isOvertaken = now === undefined || JSON.stringify(typedNode(now)) !== JSON.stringify(typedNode(first.node));
  const field = (key: keyof typeof typed, label: string, hint?: string) => (
    <TextField label={label} value={typed[key]} type={(text) => setTyped({ ...typed, [key]: text })} {...definedOnly({ hint })} />
  );
  return (
    <ChangeDialog
      {...{ id: 'edit', title: `Edit ${first.node.name}`, confirm: 'Write it down', actions, onClose }}
      order={() => ({
        ...{ method: 'PATCH', path: `/nodes/${first.node.name}`, revision: isOvertaken ? first.revision : known.revision },
        body: nodePatch(first.node, typed),
      })}
    >
      {field('macs', 'MAC addresses', 'any of them is this node')}
      {field('address', 'Address')}
      {field('groups', 'Groups', 'with commas between them')}
      {field('tags', 'Tags', 'with commas between them')}
      {field('serial', 'Serial number')}
      {field('note', 'Note')}
    </ChangeDialog>
  );
}
