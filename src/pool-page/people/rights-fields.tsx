import type { PoolRole } from '../../domain/pool/person.ts';
import { OptionField } from '../change/option-field.tsx';
import { TextField } from '../change/text-field.tsx';

/** As it is typed: no groups mean all nodes. */
export interface TypedRights {
  role: PoolRole;
  groups: string;
}

const ROLES: readonly { value: PoolRole; text: string }[] = [
  { value: 'viewer', text: 'viewer: looks' },
  { value: 'operator', text: 'operator: says what nodes boot' },
  { value: 'admin', text: 'admin: everything' },
];

/** Role and groups of a user or token. `most`: no role beyond this one. */
export function RightsFields(props: { rights: TypedRights; type: (rights: TypedRights) => void; most?: PoolRole }) {
  const { rights, type, most = 'admin' } = props;
  const roles = ROLES.slice(0, ROLES.findIndex(({ value }) => value === most) + 1);
  return (
    <>
      <OptionField label="Role" value={rights.role} options={roles} choose={(role) => type({ ...rights, role: role as PoolRole })} />
      <TextField
        label="Only nodes of these groups"
        hint="with commas between them; empty: all nodes"
        value={rights.groups}
        type={(groups) => type({ ...rights, groups })}
      />
    </>
  );
}

/** As the head takes them. */
export function rightsBody({ role, groups }: TypedRights): { role: PoolRole; groups?: string[] } {
  const names = groups.split(/[\s,;]+/).filter(Boolean);
  return { role, ...(names.length === 0 ? {} : { groups: names }) };
}

export function groupsText(groups: readonly string[] | undefined): string {
  return groups === undefined ? 'all nodes' : `nodes of ${groups.join(', ') || 'no group'}`;
}
