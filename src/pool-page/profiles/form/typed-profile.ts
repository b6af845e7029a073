import type { Profile, ProfileKind } from '../../../domain/pool/profile.ts';
import { PROFILE_FIELDS, type ProfileField } from './fields.ts';

/** A profile as it is typed: one text for each field, whatever the kind. */
export type TypedProfile = Readonly<Record<string, string>>;

export function typedProfile(profile: Profile): TypedProfile {
  const values: Readonly<Record<string, unknown>> = { ...profile };
  return Object.fromEntries(fieldsOf(profile.kind).map(([key]) => [key, textOf(values[key])]));
}

/** What is sent: of the fields of this kind those in which something stands. What the head does not take, it says itself. */
export function profileBody(kind: ProfileKind, typed: TypedProfile): Record<string, unknown> {
  const values = fieldsOf(kind).flatMap(([key, field]) => {
    const value = readValue(field, (typed[key] ?? '').trim());
    return value === undefined ? [] : [[key, value] as const];
  });
  return { kind, ...Object.fromEntries(values) };
}

/** The fields of a kind, in the order of the form. */
export function fieldsOf(kind: ProfileKind): [key: string, field: ProfileField][] {
  return Object.entries<ProfileField>(PROFILE_FIELDS[kind]);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.some((one) => typeof one === 'object') ? value.map(persistText).join('\n') : value.join(' ');
  // of the ways to begin a first boot there is one
  if (typeof value === 'object' && value !== null) return Object.entries(value)[0]?.join(' ') ?? '';
  return String(value);
}

function persistText({ path, from }: { path: string; from: string }): string {
  return `${path} ${from}`;
}

function readValue({ control }: ProfileField, text: string): unknown {
  if (text === '') return undefined;
  // no number stays a text, which the head refuses in its own words
  if (control === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (control === 'words' || control === 'profiles') return text.split(/\s+/);
  if (control === 'lines') return text.split(/\n+/).map(persistOf);
  if (control === 'first-boot') {
    const { how, what } = firstBootParts(text);
    return what === '' ? undefined : { [how]: what };
  }
  return text;
}

/** `script site.sh`: which way, and what it is given. */
export function firstBootParts(text: string): { how: string; what: string } {
  const [, how = '', what = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  return { how, what };
}

function persistOf(line: string): { path: string; from: string } {
  const [, path = '', from = ''] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  return { path, from };
}
