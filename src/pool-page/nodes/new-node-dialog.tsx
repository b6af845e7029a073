import { useState } from 'preact/hooks';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { defaultNames } from '../words/default-names.ts';
import { NOTHING_TYPED, newNodeBody } from './typed-node.ts';
import { NodeFields } from './written-fields.tsx';

/** A node whose card is known before it was ever switched on. */
export function NewNodeDialog({ known, actions, onClose }: { known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const taken = known.nodes.map((node) => node.name);
  const [name, setName] = useState(defaultNames(taken, 1)[0] ?? '');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  return (
    <ChangeDialog
      {...{ id: 'new-node', title: 'New node', confirm: 'Add it', actions, onClose, isBroad: true }}
      refusal={taken.includes(name) ? `There is a node ${name} already.` : undefined}
      order={() => ({ method: 'POST', path: '/nodes', body: newNodeBody(name, typed), revision: known.revision })}
    >
      <TextField label="Name" hint="small letters, digits, hyphens" value={name} type={setName} isName />
      <NodeFields typed={typed} type={setTyped} />
    </ChangeDialog>
  );
}
