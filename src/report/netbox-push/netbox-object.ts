/** An object as NetBox's API shows it. */
export type NetboxObject = Readonly<Record<string, unknown>> & { id: number };

/** A field without the words around it: of a choice its value, of another object its number; undefined where NetBox does not show the field. */
export function plainField(object: NetboxObject, field: string): string | number | boolean | null | undefined {
  const value = object[field];
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return undefined;
  const { id, value: choice } = value as { id?: unknown; value?: unknown };
  const plain = choice ?? id;
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : undefined;
}

/** A field as text; empty where there is none. */
export function textField(object: NetboxObject, field: string): string {
  return String(plainField(object, field) ?? '');
}

/** An object within an object, such as the device of an interface. */
export function nestedObject(object: NetboxObject, field: string): NetboxObject | undefined {
  const value = object[field];
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'number'
    ? (value as NetboxObject)
    : undefined;
}

/** What a person reads of a field. */
export function shownField(object: NetboxObject, field: string): string {
  const nested = nestedObject(object, field);
  if (nested === undefined) return textField(object, field);
  return textField(nested, 'display') || textField(nested, 'name') || textField(nested, 'model') || String(nested.id);
}

/** NetBox has nothing in the field; false where it does not show it. */
export function isEmptyField(object: NetboxObject, field: string): boolean {
  const value = plainField(object, field);
  return value === null || value === '';
}

/** Whether the field says that already: numbers by their value (`1.0`), MAC addresses in either case. */
export function saysField(object: NetboxObject, field: string, wanted: string | number | boolean): boolean {
  const has = plainField(object, field);
  if (has === undefined || has === null) return false;
  if (typeof wanted === 'number') return Number(has) === wanted;
  return field === 'mac_address' ? String(has).toLowerCase() === String(wanted).toLowerCase() : has === wanted;
}
