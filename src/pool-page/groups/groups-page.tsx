import { useState } from 'preact/hooks';
import { counted } from '../../domain/values/counted.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import type { KnownPool } from '../live/known.ts';
import type { ViewProps } from '../live/view-props.ts';
import { NodeCount } from '../words/node-count.tsx';
import { ViewTitle } from '../words/view-title.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { MembersDialog } from './members-dialog.tsx';

type AskedOfOne = 'edit' | 'members' | 'remove';
type OpenDialog = { what: 'new' } | { what: AskedOfOne; name: string };

/** Groups, what they boot, and which nodes are in each. */
export function GroupsPage({ known, actions, rights }: ViewProps) {
  const [asked, setAsked] = useState<OpenDialog | undefined>();
  const close = (): void => setAsked(undefined);
  const names = Object.keys(known.groups);
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Groups" />
      <p class="hint">
        What a group boots, all its nodes boot that have no line of their own. Of several groups of a node the one with the highest priority
        counts.
      </p>
      {rights.mayEdit && (
        <p class="buttons">
          <button type="button" class="action" onClick={() => setAsked({ what: 'new' })}>
            New group …
          </button>
        </p>
      )}
      {names.length === 0 ? (
        <p class="waiting">
          There is no group yet. A rack is one, or all machines with the same cards: one line then says what they boot, and people may be
          limited to it.
        </p>
      ) : (
        <GroupTable {...{ known, names }} ask={rights.mayEdit ? (what, name) => setAsked({ what, name }) : undefined} />
      )}
      {asked?.what === 'new' && <GroupDialog {...{ known, actions }} onClose={close} />}
      {asked?.what === 'edit' && <GroupDialog {...{ known, actions }} name={asked.name} onClose={close} />}
      {asked?.what === 'members' && (
        <MembersDialog {...{ known, actions }} name={asked.name} members={membersOf(known, asked.name)} onClose={close} />
      )}
      {asked?.what === 'remove' && (
        <ChangeDialog
          {...{ id: 'remove', title: `Delete ${asked.name}`, confirm: 'Delete it', actions, onClose: close }}
          explain="While a node is in it, a rule names it, or somebody is limited to it, it stays. History brings it back."
          order={() => ({ method: 'DELETE', path: `/groups/${asked.name}`, revision: known.revision })}
        />
      )}
    </section>
  );
}

function GroupTable(props: { known: KnownPool; names: readonly string[]; ask: ((what: AskedOfOne, name: string) => void) | undefined }) {
  const { known, names, ask } = props;
  return (
    <table class="rows">
      <caption class="unseen">Groups, in the order of their files</caption>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Boots</th>
          <th scope="col" class="wide">
            Priority
          </th>
          <th scope="col" class="wide">
            Nodes
          </th>
          {ask !== undefined && (
            <td>
              <span class="unseen">Edit</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <GroupLine key={name} {...{ known, name }} ask={ask === undefined ? undefined : (what) => ask(what, name)} />
        ))}
      </tbody>
    </table>
  );
}

function GroupLine(props: { known: KnownPool; name: string; ask: ((what: AskedOfOne) => void) | undefined }) {
  const { known, name, ask } = props;
  const { boot, priority = 0, note, arguments: words = [] } = known.groups[name] ?? {};
  const members = membersOf(known, name);
  const rules = known.overview.rules.flatMap(({ group }, at) => (group === name ? [`rule ${at + 1}`] : []));
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong>
        <span class="sub">
          {note !== undefined && <span>{note}</span>}
          {words.length > 0 && <code>{words.join(' ')}</code>}
        </span>
        <span class="sub narrow">
          <span>priority {priority}</span>
          <span>{counted(members.length, 'node')}</span>
        </span>
      </th>
      <td>{boot === undefined ? <span class="hint">says nothing</span> : <span class="choice-text">{boot}</span>}</td>
      <td class="wide">{priority}</td>
      <td class="wide">
        {members.length + rules.length === 0 && <span class="hint">none</span>}
        <NodeCount names={members} one="" many="" />
        {rules.length > 0 && <span class="sub">by {rules.join(', ')}</span>}
      </td>
      {ask !== undefined && (
        <td>
          <span class="line-buttons">
            <button type="button" aria-label={`Nodes of ${name}`} onClick={() => ask('members')}>
              Nodes …
            </button>
            <button type="button" aria-label={`Edit ${name}`} onClick={() => ask('edit')}>
              Edit …
            </button>
            <button type="button" class="danger" aria-label={`Delete ${name}`} onClick={() => ask('remove')}>
              Delete …
            </button>
          </span>
        </td>
      )}
    </tr>
  );
}

function membersOf({ nodes }: KnownPool, name: string): string[] {
  return nodes.filter(({ groups }) => groups?.includes(name) === true).map((node) => node.name);
}
