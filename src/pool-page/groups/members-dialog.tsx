import { useState } from 'preact/hooks';
import { counted } from '../../domain/values/counted.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { memberChange } from './typed-group.ts';

/** Which nodes are in a group, as a list of names that may be edited or pasted. */
export function MembersDialog(props: {
  name: string;
  members: readonly string[];
  known: KnownPool;
  actions: PoolActions;
  onClose: () => void;
}) {
  const { name, known, actions, onClose } = props;
  const [first] = useState({ members: props.members, revision: known.revision });
  const [text, setText] = useState(first.members.join('\n'));
  const { add, remove } = memberChange(first.members, text);
  const isOvertaken = props.members.join() !== first.members.join();
  return (
    <ChangeDialog
      {...{ id: 'members', title: `Nodes of ${name}`, actions, onClose }}
      explain="Names of nodes, one a line or with blanks between them. Many at once: tick them in the list of nodes, and choose Groups there."
      confirm="Write it down"
      order={() => ({
        ...{ method: 'POST', path: `/groups/${name}/members`, body: { add, remove } },
        revision: isOvertaken ? first.revision : known.revision,
      })}
    >
      <TextField label="Nodes" value={text} type={setText} rows={8} />
      <p class="hint" aria-live="polite">
        {add.length + remove.length === 0 ? counted(first.members.length, 'node') : `${add.length} come in, ${remove.length} leave`}
      </p>
    </ChangeDialog>
  );
}
