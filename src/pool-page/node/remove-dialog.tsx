import type { NodeView } from '../../domain/pool/api-views.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';

export function RemoveDialog(props: { node: NodeView; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { node, known, actions, onClose } = props;
  return (
    <ChangeDialog
      {...{ id: 'remove', title: `Take ${node.name} out`, actions, onClose }}
      explain={`At its next boot its machine is unknown, and boots ${known.overview.unknown}. History brings it back.`}
      confirm="Take it out"
      order={() => ({ method: 'DELETE', path: `/nodes/${node.name}`, revision: known.revision })}
      onDone={() => {
        location.hash = '#/';
      }}
    />
  );
}
