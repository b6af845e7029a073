import type { KnownIds } from './match.ts';
import { isEmptyField, type NetboxObject, plainField, saysField, shownField } from './netbox-object.ts';
import { refKey, type WantedFields, type WantedObject, type WantedValue } from './wanted.ts';

/** A field that is to say something else. */
export interface FieldChange {
  field: string;
  /** what NetBox shows now, for people; empty: nothing */
  from: string;
  to: string;
  value: WantedValue;
}

/**
 * What is to be changed of an object of NetBox: facts that it does not say, and fields in which it has nothing. What a person has written stays, unless it is about a
 * part that is another one now. An object that is not there yet says nothing.
 */
export function changesOf(
  object: NetboxObject | undefined,
  { first, facts = {}, renewed = {} }: WantedObject,
  ids: KnownIds,
): FieldChange[] {
  const isWrong = (field: string, value: WantedValue): boolean => object === undefined || !isSaid(object, field, value, ids);
  const isMissing = (field: string): boolean => object === undefined || isEmptyField(object, field);
  const wrong = entries(facts).filter(([field, value]) => isWrong(field, value));
  const again = entries(renewed).filter(([field, value]) => isMissing(field) || (wrong.length > 0 && isWrong(field, value)));
  const missing = entries(first).filter(([field]) => isMissing(field));
  return [...wrong, ...again, ...missing].map(([field, value]) => ({
    ...{ field, value, to: shownValue(value) },
    from: object === undefined ? '' : shownField(object, field),
  }));
}

function entries(fields: WantedFields): [string, WantedValue][] {
  return Object.entries(fields);
}

/** A field that NetBox does not show cannot be told to be wrong. */
function isSaid(object: NetboxObject, field: string, value: WantedValue, ids: KnownIds): boolean {
  if (plainField(object, field) === undefined && object[field] === undefined) return true;
  if (typeof value !== 'object') return saysField(object, field, value);
  const id = 'idOf' in value ? ids.get(refKey(value.idOf)) : undefined;
  return id !== undefined && plainField(object, field) === id;
}

/** What a person reads of a value. */
export function shownValue(value: WantedValue): string {
  if (typeof value !== 'object') return String(value);
  return 'idOf' in value ? value.idOf.words : value.endAt.words;
}
