import type { z } from 'zod';
import type { Pool } from '../../domain/pool/pool.ts';
import { PoolSettings } from '../../domain/pool/pool-settings.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import type { Turns } from '../../platform/in-turns.ts';
import { cutEntries } from '../../settings/cut-entries.ts';
import { type EntriesOutcome, type EntrySettings, entrySettings } from '../../settings/entry-settings.ts';
import { type LocatedOutcome, locatedSettings } from '../../settings/settings-text.ts';

/** What is remembered of a file is what it said last, by its path. */
const read = new Map<string, { text: string; schema: z.ZodType; located: LocatedOutcome<unknown> }>();
const listed = new Map<string, { text: string; schema: z.ZodType; found: EntriesOutcome<unknown> }>();
const MOST_FILES = 5000;

/** What a file of the folder says; one that nobody changed is not read again, and says the same object. */
export function fileSettings<T>(path: string, text: string, schema: z.ZodType<T>): LocatedOutcome<T> {
  const before = read.get(path);
  if (before?.text === text && before.schema === schema) return before.located as LocatedOutcome<T>;
  const located = locatedSettings(text, schema);
  if (read.size >= MOST_FILES) read.clear();
  read.set(path, { text, schema, located });
  return located;
}

/** The entries of a file that is a list of them: each by itself, or, where that cannot be, all of them at once. */
export function* fileEntries<T>(path: string, text: string, schema: z.ZodType<Record<string, T>>): Turns<EntriesOutcome<T>> {
  const cut = cutEntries(text);
  yield;
  const apart = cut === undefined ? undefined : yield* entrySettings(cut.entries, schema);
  if (apart !== undefined) return apart;
  const before = listed.get(path);
  if (before?.text === text && before.schema === schema) return before.found as EntriesOutcome<T>;
  const whole = locatedSettings(text, schema);
  const found: EntriesOutcome<T> = whole.outcome === 'wrong' ? whole : { outcome: 'ok', entries: entriesOf(whole, whole.settings, []) };
  if (listed.size >= MOST_FILES) listed.clear();
  listed.set(path, { text, schema, found });
  return found;
}

export function entriesOf<T>(
  file: { lineOf: (path: readonly PropertyKey[]) => number | undefined } | undefined,
  found: Record<string, T>,
  below: readonly string[],
): EntrySettings<T>[] {
  return Object.entries(found).map(([key, settings]) => ({ key, settings, line: file?.lineOf([...below, key]) ?? 1 }));
}

type Settings = Pool['settings'];

/** The same object for the same words, so that what was judged with it is not judged again. */
export function settingsOf(written: PoolSettings | undefined): Settings {
  const { nodes: _nodes, groups: _groups, ...settings } = written ?? NOTHING;
  const words = JSON.stringify(settings);
  if (lastSettings?.words !== words) lastSettings = { words, settings };
  return lastSettings.settings;
}

const NOTHING = PoolSettings.parse({});
let lastSettings: { words: string; settings: Settings } | undefined;

/** The menu of pool.yaml as a profile. */
export function menuProfile(menu: NonNullable<Settings['menu']>): Profile {
  const profile = menus.get(menu) ?? { kind: 'menu', ...menu };
  menus.set(menu, profile);
  return profile;
}

const menus = new WeakMap<object, Profile>();
