import { useState } from 'preact/hooks';
import type { Profile, ProfileKind } from '../../../domain/pool/profile.ts';
import { ChangeDialog } from '../../change/change-dialog.tsx';
import { OptionField } from '../../change/option-field.tsx';
import { TextField } from '../../change/text-field.tsx';
import type { PoolOrder } from '../../live/ask-head.ts';
import type { KnownPool } from '../../live/known.ts';
import type { PoolActions } from '../../live/state.ts';
import { FieldInput } from './field-input.tsx';
import { KIND_WORDS, PROFILE_FIELDS } from './fields.ts';
import { fieldsOf, profileBody, typedProfile } from './typed-profile.ts';

const KINDS = (Object.keys(PROFILE_FIELDS) as ProfileKind[]).map((kind) => ({ value: kind, text: `${kind}: ${KIND_WORDS[kind]}` }));

/** A profile, new or as it is to be. `name` is missing for a new one. */
export function ProfileDialog(props: { name?: string; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { known, actions, onClose } = props;
  const [first] = useState({ profile: props.name === undefined ? undefined : known.profiles[props.name], revision: known.revision });
  const [name, setName] = useState(props.name ?? '');
  const [kind, setKind] = useState<ProfileKind>(first.profile?.kind ?? 'compute');
  const [typed, setTyped] = useState(first.profile === undefined ? {} : typedProfile(first.profile));
  const order = (): PoolOrder => ({
    ...{ method: 'PUT', path: `/profiles/${name}`, body: profileBody(kind, typed) },
    revision: isOvertaken(known.profiles[name], first.profile) ? first.revision : known.revision,
  });
  const isTaken = props.name === undefined && Object.hasOwn(known.profiles, name);
  return (
    <ChangeDialog
      {...{ id: 'profile', confirm: 'Write it down', actions, onClose, order, isBroad: true }}
      title={props.name === undefined ? 'New profile' : `Edit ${props.name}`}
      refusal={isTaken ? `There is a profile ${name} already: edit that one, or call this one otherwise.` : undefined}
    >
      {props.name === undefined && <TextField label="Name" hint="small letters, digits, hyphens" value={name} type={setName} isName />}
      <OptionField label="Kind" value={kind} options={KINDS} choose={(value) => setKind(value as ProfileKind)} />
      {fieldsOf(kind).map(([key, field]) => (
        <FieldInput
          key={`${kind} ${key}`}
          {...{ field, known }}
          value={typed[key] ?? ''}
          type={(text) => setTyped({ ...typed, [key]: text })}
        />
      ))}
    </ChangeDialog>
  );
}

/** Somebody else wrote it since the form was opened: then the head tells both sides. */
function isOvertaken(now: Profile | undefined, first: Profile | undefined): boolean {
  return JSON.stringify(now) !== JSON.stringify(first);
}
