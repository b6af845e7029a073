import { useState } from 'preact/hooks';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { OptionField } from '../change/option-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { nodesText } from '../words/node-words.ts';

/** Puts the chosen nodes into a group, or takes them out of one. */
export function GroupsDialog(props: { names: readonly string[]; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { names, known, actions, onClose } = props;
  const groups = Object.keys(known.groups);
  const [group, setGroup] = useState(groups[0] ?? '');
  const [way, setWay] = useState('add');
  const members = new Set(known.nodes.flatMap((node) => (node.groups?.includes(group) === true ? [node.name] : [])));
  const inside = names.filter((name) => members.has(name)).length;
  return (
    <ChangeDialog
      {...{
        id: 'groups',
        title: `Groups of ${nodesText(names)}`,
        confirm: way === 'add' ? 'Put them in' : 'Take them out',
        actions,
        onClose,
      }}
      refusal={groups.length === 0 ? 'There is no group yet: make one under Groups.' : undefined}
      order={() => ({ method: 'POST', path: `/groups/${group}/members`, body: { [way]: names }, revision: known.revision })}
    >
      <OptionField label="Group" value={group} options={groups.map((name) => ({ value: name, text: name }))} choose={setGroup} />
      <OptionField label="They" value={way} options={WAYS} choose={setWay} />
      <p class="hint" aria-live="polite">
        {inside === 0
          ? 'None of them is in it now.'
          : inside === names.length
            ? 'All of them are in it now.'
            : `${inside} of them are in it now.`}
      </p>
    </ChangeDialog>
  );
}

const WAYS = [
  { value: 'add', text: 'come in' },
  { value: 'remove', text: 'leave' },
];
