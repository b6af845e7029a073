import { useState } from 'preact/hooks';
import type { NodeView } from '../../domain/pool/api-views.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import { nodeHash } from '../live/route.ts';
import type { PoolActions } from '../live/state.ts';

export function RenameDialog(props: { node: NodeView; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { node, known, actions, onClose } = props;
  const [to, setTo] = useState(node.name);
  const isTaken = to !== node.name && known.nodes.some(({ name }) => name === to);
  return (
    <ChangeDialog
      {...{ id: 'rename', title: `Rename ${node.name}`, confirm: 'Rename it', actions, onClose }}
      explain="History, groups, cards and address stay with it. Its machine learns the name at its next boot."
      refusal={isTaken ? `There is a node ${to} already.` : undefined}
      order={() => ({ method: 'POST', path: `/nodes/${node.name}/rename`, body: { to }, revision: known.revision })}
      onDone={() => {
        location.hash = nodeHash(to);
      }}
    >
      <TextField label="Name" hint="small letters, digits, hyphens" value={to} type={setTo} isName />
    </ChangeDialog>
  );
}
