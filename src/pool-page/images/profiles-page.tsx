import { useState } from 'preact/hooks';
import type { Profile } from '../../domain/pool/profile.ts';
import type { ViewProps } from '../live/view-props.ts';
import { profileOptions } from '../words/boot-options.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { NodeCount } from './node-count.tsx';
import { ProfileDialog } from './profile-dialog.tsx';

/** What can be booted, and by whom it is. */
export function ProfilesPage({ known, actions, rights }: ViewProps) {
  const [edited, setEdited] = useState<string | undefined>();
  const { profiles, nodes } = known;
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Profiles" />
      <p class="hint">What can be booted. Files of the pool&apos;s folder hold them; those that are built in need none.</p>
      <table class="rows">
        <caption class="unseen">Profiles, those that somebody wrote first</caption>
        <thead>
          <tr>
            <th scope="col">Profile</th>
            <th scope="col">Boots</th>
            <th scope="col">Nodes</th>
            {rights.mayEdit && (
              <td>
                <span class="unseen">Edit</span>
              </td>
            )}
          </tr>
        </thead>
        <tbody>
          {profileOptions(profiles).map(({ value: name }) => {
            const profile = profiles[name];
            if (profile === undefined) return null;
            const assigned = nodes.filter(({ assigned: one }) => one.split('@')[0] === name).map((node) => node.name);
            return (
              <tr key={name}>
                <th scope="row">
                  <strong>{name}</strong>
                  <span class="sub">
                    <span>{profile.kind}</span>
                    {profile.title !== undefined && <span>{profile.title}</span>}
                  </span>
                </th>
                <td>
                  <ProfileText profile={profile} />
                </td>
                <td>{assigned.length === 0 ? '—' : <NodeCount names={assigned} one="is assigned" many="are assigned" />}</td>
                {rights.mayEdit && (
                  <td>
                    {'image' in profile && profile.image !== undefined && (
                      <button type="button" aria-label={`Edit ${name}`} onClick={() => setEdited(name)}>
                        Edit …
                      </button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {edited !== undefined && profiles[edited] !== undefined && (
        <ProfileDialog {...{ known, actions }} name={edited} profile={profiles[edited]} onClose={() => setEdited(undefined)} />
      )}
    </section>
  );
}

/** What a profile says besides its kind. */
function ProfileText({ profile }: { profile: Profile }) {
  const { kind: _kind, title: _title, ...rest } = profile;
  const entries = Object.entries(rest).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  if (entries.length === 0) return <span class="hint">built in</span>;
  return (
    <ul class="plain-list">
      {entries.map(([key, value]) => (
        <li key={key}>
          <span class="hint">{key}:</span> <code>{textOf(value)}</code>
        </li>
      ))}
    </ul>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
