import { useState } from 'preact/hooks';
import type { Profile } from '../../domain/pool/profile.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import type { KnownPool } from '../live/known.ts';
import type { ViewProps } from '../live/view-props.ts';
import { profileOptions } from '../words/boot-options.ts';
import { NodeCount } from '../words/node-count.tsx';
import { ViewTitle } from '../words/view-title.tsx';
import { KIND_WORDS } from './form/fields.ts';
import { ProfileDialog } from './form/profile-dialog.tsx';
import { fieldsOf, typedProfile } from './form/typed-profile.ts';
import { otherUsers } from './profile-users.ts';

type OpenDialog = { what: 'new' } | { what: 'edit' | 'remove'; name: string };

/** What can be booted, and by whom it is. */
export function ProfilesPage({ known, actions, rights }: ViewProps) {
  const [asked, setAsked] = useState<OpenDialog | undefined>();
  const close = (): void => setAsked(undefined);
  const { mayEdit } = rights;
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Profiles" />
      <p class="hint">
        What can be booted. Each one that you write is a file in the pool&apos;s folder; those that are built in need none.
      </p>
      {mayEdit && (
        <p class="buttons">
          <button type="button" class="action" onClick={() => setAsked({ what: 'new' })}>
            New profile …
          </button>
        </p>
      )}
      <table class="rows">
        <caption class="unseen">Profiles, those that somebody wrote first</caption>
        <thead>
          <tr>
            <th scope="col">Profile</th>
            <th scope="col" class="wide">
              Boots
            </th>
            <th scope="col">Used by</th>
            {mayEdit && (
              <td>
                <span class="unseen">Edit</span>
              </td>
            )}
          </tr>
        </thead>
        <tbody>
          {profileOptions(known.profiles).map(({ value: name }) => (
            <ProfileLine key={name} {...{ name, known }} ask={mayEdit ? (what) => setAsked({ what, name }) : undefined} />
          ))}
        </tbody>
      </table>
      {asked?.what === 'new' && <ProfileDialog {...{ known, actions }} onClose={close} />}
      {asked?.what === 'edit' && <ProfileDialog {...{ known, actions }} name={asked.name} onClose={close} />}
      {asked?.what === 'remove' && (
        <ChangeDialog
          {...{ id: 'remove', title: `Delete ${asked.name}`, confirm: 'Delete it', actions, onClose: close }}
          explain="Its file goes; history brings it back. While something names it, it stays."
          order={() => ({ method: 'DELETE', path: `/profiles/${asked.name}`, revision: known.revision })}
        />
      )}
    </section>
  );
}

function ProfileLine(props: { name: string; known: KnownPool; ask: ((what: 'edit' | 'remove') => void) | undefined }) {
  const { name, known, ask } = props;
  const profile = known.profiles[name];
  if (profile === undefined) return null;
  const assigned = known.nodes.filter((node) => isOf(node.assigned, name)).map((node) => node.name);
  const once = known.nodes.filter((node) => node.once !== undefined && isOf(node.once, name)).map((node) => node.name);
  const others = otherUsers(known, name);
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong>
        <span class="sub">
          <span>{profile.kind}</span>
          {profile.title !== undefined && <span>{profile.title}</span>}
        </span>
        <span class="narrow-only">
          <ProfileText {...{ name, profile }} />
        </span>
      </th>
      <td class="wide">
        <ProfileText {...{ name, profile }} />
      </td>
      <td>
        {assigned.length + once.length + others.length === 0 && <span class="hint">nobody</span>}
        <NodeCount names={assigned} one="is assigned" many="are assigned" />
        <span class="sub">
          <NodeCount names={once} one="boots it once" many="boot it once" />
          {others.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </span>
      </td>
      {ask !== undefined && (
        <td>
          <span class="line-buttons">
            <button type="button" aria-label={`Edit ${name}`} onClick={() => ask('edit')}>
              Edit …
            </button>
            {!isBuiltIn(name, profile) && (
              <button type="button" class="danger" aria-label={`Delete ${name}`} onClick={() => ask('remove')}>
                Delete …
              </button>
            )}
          </span>
        </td>
      )}
    </tr>
  );
}

/** What a profile says besides its kind, in the words of its form. */
function ProfileText({ name, profile }: { name: string; profile: Profile }) {
  const typed = typedProfile(profile);
  const said = fieldsOf(profile.kind).filter(([key]) => key !== 'title' && typed[key] !== '' && USUAL[key] !== typed[key]);
  if (said.length === 0) return <span class="hint">{isBuiltIn(name, profile) ? 'built in' : KIND_WORDS[profile.kind]}</span>;
  return (
    <ul class="plain-list">
      {said.map(([key, { label }]) => (
        <li key={key}>
          <span class="hint">{label}:</span> <code>{typed[key]}</code>
        </li>
      ))}
    </ul>
  );
}

/** Values that are meant when nothing is said need not be read. */
const USUAL: Readonly<Record<string, string>> = { root: 'squashfs', disks: 'read-only', timeoutSeconds: '8' };

/** Nothing of it was written: it has the name of its kind, and says no more than that. */
function isBuiltIn(name: string, profile: Profile): boolean {
  return name === profile.kind && Object.keys(profile).length === 1;
}

function isOf(choice: string, name: string): boolean {
  return choice.split('@')[0] === name;
}
