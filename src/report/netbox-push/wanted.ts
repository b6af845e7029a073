import type { NetboxKind } from './kinds.ts';

/** Another object that is wanted. */
export interface WantedRef {
  kind: NetboxKind;
  /** among those of its kind */
  key: string;
  /** what NetBox shows of it, for people */
  words: string;
}

/** A value of a field; another object is said by its number in NetBox, which it may not have yet, and the end of a cable by a list with one. */
export type WantedValue = string | number | boolean | { idOf: WantedRef } | { endAt: WantedRef };
export type WantedFields = Readonly<Record<string, WantedValue>>;

/** What NetBox is to hold. */
export interface WantedObject {
  kind: NetboxKind;
  key: string;
  /** for people, without its kind: `sn-abc123 eno1` */
  words: string;
  /** key of the device that it is a part of */
  device?: string;
  /** NetBox may know it by another name: the MAC address of a port, the serial number of a drive */
  number?: string;
  /** said when it is made; later only where NetBox has nothing in the field */
  first: WantedFields;
  /** what was seen: NetBox is corrected */
  facts?: WantedFields;
  /** said when it is made, where NetBox has nothing, and anew when a fact has changed, because it is another part then */
  renewed?: WantedFields;
  /** no object, but more fields of this one, which can be said only when others are there */
  of?: WantedRef;
  /** of a cable: what LLDP calls its other end, which is taken where NetBox has it */
  farEnd?: { device: string; port: string };
}

/** One word for a reference, as keys of maps. */
export function refKey({ kind, key }: Pick<WantedRef, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}

export function refTo({ kind, key, words }: WantedObject): { idOf: WantedRef } {
  return { idOf: { kind, key, words } };
}

/** The other objects that one names. */
export function refsOf({ first, facts = {}, renewed = {}, of }: WantedObject): WantedRef[] {
  const values = [first, facts, renewed].flatMap((fields) => Object.values(fields));
  const named = values.flatMap((value) => (typeof value !== 'object' ? [] : 'idOf' in value ? [value.idOf] : [value.endAt]));
  return of === undefined ? named : [...named, of];
}
