import type { FieldChange } from './field-changes.ts';
import { NETBOX_KINDS } from './kinds.ts';
import type { KnownIds } from './match.ts';
import type { PlanEntry } from './plan.ts';
import { refKey, type WantedValue } from './wanted.ts';

export type RequestBody = Readonly<Record<string, unknown>>;

/** What is sent to make an object; undefined while something that it names is not there. */
export function bodyToCreate({ wanted, farEnd }: PlanEntry, ids: KnownIds): RequestBody | undefined {
  const { first, facts, renewed } = wanted;
  const body = bodyOf(Object.entries({ ...first, ...renewed, ...facts }), ids);
  if (body === undefined || wanted.kind !== 'cable') return body;
  return farEnd === undefined ? undefined : { ...body, b_terminations: [{ object_type: NETBOX_KINDS.interface.model, object_id: farEnd }] };
}

/** What is sent to change one. */
export function bodyToChange(id: number, changes: readonly FieldChange[], ids: KnownIds): RequestBody | undefined {
  const body = bodyOf(
    changes.map(({ field, value }) => [field, value]),
    ids,
  );
  return body === undefined ? undefined : { id, ...body };
}

function bodyOf(fields: readonly (readonly [string, WantedValue])[], ids: KnownIds): RequestBody | undefined {
  const body: Record<string, unknown> = {};
  for (const [field, value] of fields) {
    const plain = typeof value === 'object' ? reference(value, ids) : value;
    if (plain === undefined) return undefined;
    body[field] = plain;
  }
  return body;
}

function reference(value: Exclude<WantedValue, string | number | boolean>, ids: KnownIds): unknown {
  const ref = 'idOf' in value ? value.idOf : value.endAt;
  const id = ids.get(refKey(ref));
  if (id === undefined || 'idOf' in value) return id;
  return [{ object_type: NETBOX_KINDS[ref.kind].model, object_id: id }];
}
