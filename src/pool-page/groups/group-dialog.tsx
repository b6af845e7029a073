import { useState } from 'preact/hooks';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { OptionField } from '../change/option-field.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { choiceOptions } from '../words/boot-options.ts';
import { groupBody, typedGroup } from './typed-group.ts';

/** A group, new or as it is to be. `name` is missing for a new one. */
export function GroupDialog(props: { name?: string; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { known, actions, onClose } = props;
  const [first] = useState({ group: props.name === undefined ? undefined : known.groups[props.name], revision: known.revision });
  const [name, setName] = useState(props.name ?? '');
  const [typed, setTyped] = useState(typedGroup(first.group));
  const isOvertaken = JSON.stringify(known.groups[name]) !== JSON.stringify(first.group);
  const isTaken = props.name === undefined && Object.hasOwn(known.groups, name);
  return (
    <ChangeDialog
      {...{ id: 'group', confirm: 'Write it down', actions, onClose }}
      title={props.name === undefined ? 'New group' : `Edit ${props.name}`}
      refusal={isTaken ? `There is a group ${name} already: edit that one, or call this one otherwise.` : undefined}
      order={() => ({
        ...{ method: 'PUT', path: `/groups/${name}`, body: groupBody(typed) },
        revision: isOvertaken ? first.revision : known.revision,
      })}
    >
      {props.name === undefined && <TextField label="Name" hint="small letters, digits, hyphens" value={name} type={setName} isName />}
      <OptionField
        label="Boots"
        hint="nodes with a line of their own do not ask their groups"
        value={typed.boot}
        options={[{ value: '', text: 'says nothing' }, ...choiceOptions(known, typed.boot)]}
        choose={(boot) => setTyped({ ...typed, boot })}
      />
      <TextField
        label="Priority"
        hint="of several groups of a node the highest counts; empty: 0"
        value={typed.priority}
        type={(priority) => setTyped({ ...typed, priority })}
      />
      <TextField
        label="Kernel arguments"
        hint="with blanks between them"
        value={typed.words}
        type={(words) => setTyped({ ...typed, words })}
      />
      <TextField label="Note" value={typed.note} type={(note) => setTyped({ ...typed, note })} />
    </ChangeDialog>
  );
}
