import { useState } from 'preact/hooks';
import type { UserLink, UserView } from '../../domain/pool/api-views.ts';
import { AskDialog } from '../change/ask-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import { sendHead } from '../live/ask-head.ts';
import { RightsFields, rightsBody, type TypedRights } from './rights-fields.tsx';

/** What is about to be done with users. */
export type UserTask = { kind: 'add' } | { kind: 'change' | 'link' | 'remove'; user: UserView };

interface UserDialogProps {
  task: UserTask;
  /** it is done; `link`: what is shown this once */
  onDone: (said: string, link?: UserLink) => void;
  onClose: () => void;
}

export function UserDialog(props: UserDialogProps) {
  const { task, onDone, onClose } = props;
  if (task.kind === 'add') return <AddDialog {...props} />;
  const { user } = task;
  if (task.kind === 'change') return <ChangeUserDialog {...props} user={user} />;
  if (task.kind === 'link')
    return (
      <AskDialog
        id="link"
        title={`New link for ${user.name}`}
        explain="It sets another password, once and within 30 minutes. The password that is there stays until then; who is signed in does it again."
        confirm="Make the link"
        send={async () => onDone(`${user.name} has a new link`, await sendHead<UserLink>('POST', `/users/${user.name}/link`))}
        onClose={onClose}
      />
    );
  return (
    <AskDialog
      id="remove-user"
      title={`Take ${user.name} away`}
      explain="Whoever is signed in as this user is so no more, and the tokens of this user are revoked."
      confirm="Take the user away"
      send={async () => {
        await sendHead('DELETE', `/users/${user.name}`);
        onDone(`${user.name} is gone`);
      }}
      onClose={onClose}
    />
  );
}

function AddDialog({ onDone, onClose }: UserDialogProps) {
  const [name, setName] = useState('');
  const [rights, setRights] = useState<TypedRights>({ role: 'operator', groups: '' });
  return (
    <AskDialog
      id="add-user"
      title="New user"
      explain="You are given a link, by which the user sets a password."
      confirm="Add the user"
      send={async () => {
        const link = await sendHead<UserLink>('POST', '/users', { name: name.trim(), ...rightsBody(rights) });
        onDone(`${link.user} is a user`, link);
      }}
      onClose={onClose}
    >
      <TextField label="Name" value={name} type={setName} />
      <RightsFields rights={rights} type={setRights} />
    </AskDialog>
  );
}

function ChangeUserDialog({ user, onDone, onClose }: UserDialogProps & { user: UserView }) {
  const [rights, setRights] = useState<TypedRights>({ role: user.role, groups: user.groups?.join(', ') ?? '' });
  return (
    <AskDialog
      id="change-user"
      title={`What ${user.name} may`}
      explain="Who is signed in as this user signs in again. Tokens of this user may no more than the user."
      confirm="Write it down"
      send={async () => {
        await sendHead('PUT', `/users/${user.name}`, rightsBody(rights));
        onDone(`${user.name} is ${rights.role}`);
      }}
      onClose={onClose}
    >
      <RightsFields rights={rights} type={setRights} />
    </AskDialog>
  );
}
