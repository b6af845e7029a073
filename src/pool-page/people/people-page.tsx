import { useState } from 'preact/hooks';
import type { TokenView, UserLink, UserView } from '../../domain/pool/api-views.ts';
import type { ViewProps } from '../live/view-props.ts';
import { moment } from '../words/moment.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { groupsText } from './rights-fields.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { TokenTable } from './token-table.tsx';
import { useList } from './use-list.ts';
import { UserDialog, type UserTask } from './user-dialogs.tsx';

/** Who may use this head, and by which tokens programs do. */
export function PeoplePage(view: ViewProps) {
  if (!view.rights.mayEdit) return <p class="waiting">Only an administrator sees who may what.</p>;
  return <People {...view} />;
}

function People({ actions }: ViewProps) {
  const users = useList<UserView>('/users');
  const tokens = useList<TokenView>('/tokens');
  const [task, setTask] = useState<UserTask | undefined>();
  const [link, setLink] = useState<UserLink | undefined>();
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="People" />
      {users.fault !== '' && (
        <p class="notice warn" role="alert">
          {users.fault}
        </p>
      )}
      <p class="buttons">
        <button type="button" class="action" onClick={() => setTask({ kind: 'add' })}>
          New user …
        </button>
      </p>
      <UserTable users={users.entries} begin={setTask} />
      <h3>Tokens</h3>
      <p class="hint">Of programs, and of all users. One that belongs to nobody is made by recon token create.</p>
      <TokenTable tokens={tokens.entries} path="/tokens" actions={actions} onRevoked={tokens.reload} />
      {task !== undefined && (
        <UserDialog
          task={task}
          onDone={(said, made) => {
            actions.say(`Done: ${said}.`);
            setLink(made);
            users.reload();
            tokens.reload();
            // whoever changed their own rights signs in again
            void actions.refresh().catch(() => {});
          }}
          onClose={() => setTask(undefined)}
        />
      )}
      {link !== undefined && task === undefined && (
        <SecretDialog
          title={`The link for ${link.user}`}
          explain={`It is shown this once. It sets the password of ${link.user}, once and until ${moment(link.until)}.`}
          label="Link"
          text={`${location.origin}/#setup=${link.secret}`}
          onClose={() => setLink(undefined)}
        />
      )}
    </section>
  );
}

function UserTable({ users, begin }: { users: readonly UserView[]; begin: (task: UserTask) => void }) {
  return (
    <table class="rows">
      <caption class="unseen">Users</caption>
      <thead>
        <tr>
          <th scope="col">User</th>
          <th scope="col">May</th>
          <td>
            <span class="unseen">Change</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.name}>
            <th scope="row">
              <strong>{user.name}</strong>
              <span class="sub">{passwordText(user)}</span>
            </th>
            <td>
              {user.role} <span class="sub">{groupsText(user.groups)}</span>
            </td>
            <td>
              <span class="line-buttons">
                <button type="button" aria-label={`Change ${user.name}`} onClick={() => begin({ kind: 'change', user })}>
                  Change …
                </button>
                <button type="button" aria-label={`New link for ${user.name}`} onClick={() => begin({ kind: 'link', user })}>
                  New link …
                </button>
                <button type="button" aria-label={`Take ${user.name} away`} onClick={() => begin({ kind: 'remove', user })}>
                  Take away …
                </button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function passwordText({ hasPassword, linkUntil }: UserView): string {
  const link = linkUntil === undefined ? '' : `a link counts until ${moment(linkUntil)}`;
  return hasPassword ? link : `has set no password yet${link === '' ? '; make a new link' : `, ${link}`}`;
}
