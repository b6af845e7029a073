import type { z } from 'zod';
import type { Pool } from '../../domain/pool/pool.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { type PoolGroup, PoolGroups, type PoolNode, PoolNodes, PoolSettings } from '../../domain/pool/pool-settings.ts';
import { BUILT_IN_PROFILES, Profile } from '../../domain/pool/profile.ts';
import { atOnce, type Turns } from '../../platform/in-turns.ts';
import { cutEntries } from '../../settings/cut-entries.ts';
import { type EntriesOutcome, type EntrySettings, entrySettings } from '../../settings/entry-settings.ts';
import { locatedSettings, type SettingsMistake } from '../../settings/settings-text.ts';
import { contradictions } from './contradictions.ts';

export type FileMistake = SettingsMistake & { file: string };
export type PoolOutcome = { outcome: 'ok'; pool: Pool } | { outcome: 'wrong'; mistakes: FileMistake[] };

/** Which files of a pool's folder say what is wanted; others (files/, a README) say nothing here. */
export function isPoolFile(path: string): boolean {
  return /^((pool|nodes|groups)|(nodes\.d|profiles)\/[^/.][^/]*)\.yaml$/.test(path);
}

/**
 * A pool from the texts of its files, by their path in its folder. Pure. All mistakes are told at once: a folder is taken whole or not at
 * all. An empty folder is a pool in which every machine keeps what it has.
 * @param files never changed afterwards: the same ones are read once
 */
export function poolFromFiles(files: ReadonlyMap<string, string>): PoolOutcome {
  return atOnce(poolInTurns(files));
}

/** The same work, for a head that answers machines meanwhile. */
export function* poolInTurns(files: ReadonlyMap<string, string>): Turns<PoolOutcome> {
  const outcome = outcomes.get(files) ?? (yield* readFiles(files));
  outcomes.set(files, outcome);
  return outcome;
}

/** A change is thought out on a pool, checked, and served: ten thousand nodes are read once for all of it. */
const outcomes = new WeakMap<ReadonlyMap<string, string>, PoolOutcome>();

function* readFiles(files: ReadonlyMap<string, string>): Turns<PoolOutcome> {
  const reader = folderReader(files);
  const settings = yield* reader.addSettings();
  for (const path of [...files.keys()].sort()) {
    if (/^(nodes\.yaml|nodes\.d\/.*)$/.test(path)) yield* reader.addFile('node', path);
    if (path === 'groups.yaml') yield* reader.addFile('group', path);
    if (path.startsWith('profiles/')) reader.addProfile(path);
    yield;
  }
  const { mistakes, nodes, groups, profiles, places } = reader;
  // the menu of pool.yaml is a profile of that name, unless somebody wrote another
  if (settings.menu !== undefined && !profiles.has('menu')) profiles.set('menu', { kind: 'menu', ...settings.menu });
  if (mistakes.length > 0) return { outcome: 'wrong', mistakes };
  const pool = { settings, nodes, groups, profiles, places };
  const found = yield* contradictions(pool);
  if (found.length === 0) return { outcome: 'ok', pool };
  return { outcome: 'wrong', mistakes: found.map(({ of, message, hint }) => ({ ...positionOf(places.get(of)), message, hint })) };
}

interface FolderReader {
  mistakes: FileMistake[];
  nodes: Map<string, PoolNode>;
  groups: Map<string, PoolGroup>;
  profiles: Map<string, Profile>;
  places: Map<string, string>;
  /** pool.yaml, and the nodes and groups in it */
  addSettings(): Turns<Pool['settings']>;
  addFile(kind: 'node' | 'group', path: string): Turns<void>;
  addProfile(path: string): void;
}

function folderReader(files: ReadonlyMap<string, string>): FolderReader {
  const mistakes: FileMistake[] = [];
  const places = new Map<string, string>();
  const [nodes, groups] = [new Map<string, PoolNode>(), new Map<string, PoolGroup>()];
  const profiles = new Map(BUILT_IN_PROFILES);
  const read = <T>(file: string, schema: z.ZodType<T>, text = files.get(file)): FileSettings<T> | undefined => {
    if (text === undefined) return undefined;
    const result = locatedSettings(text, schema);
    if (result.outcome === 'ok') return result;
    mistakes.push(...result.mistakes.map((mistake) => ({ file, ...mistake })));
    return undefined;
  };
  function* addEntries<T>(kind: 'node' | 'group', file: string, entries: Iterable<EntrySettings<T>>): Turns<void> {
    const all: Map<string, unknown> = { node: nodes, group: groups }[kind];
    for (const { key: name, settings, line } of entries) {
      const before = places.get(`${kind} ${name}`);
      if (before === undefined) places.set(`${kind} ${name}`, placeText(file, line));
      else mistakes.push({ file, line, message: `${kind} ${name} is in ${before} already`, hint: 'take one of the two out' });
      all.set(name, settings);
      yield;
    }
  }
  return {
    ...{ mistakes, nodes, groups, profiles, places },
    addSettings: function* () {
      const { rest, entries } = (yield* inlineNodes(files.get('pool.yaml'))) ?? { rest: undefined, entries: [] };
      const found = read('pool.yaml', PoolSettings, rest);
      const { nodes: inNodes = {}, groups: inGroups = {}, ...settings } = found?.settings ?? PoolSettings.parse({});
      const note = (key: string, path: readonly PropertyKey[]): void => {
        const line = found?.lineOf(path);
        if (line !== undefined) places.set(key, placeText('pool.yaml', line));
      };
      for (const key of ['default', 'unknown', 'menu', 'networks']) note(key, [key]);
      for (const name of Object.keys(settings.networks ?? {})) note(`network ${name}`, ['networks', name]);
      for (const index of settings.rules.keys()) note(`rule ${index + 1}`, ['rules', index]);
      yield* addEntries('node', 'pool.yaml', rest === undefined ? listed(inNodes, found, ['nodes']) : entries);
      yield* addEntries('group', 'pool.yaml', listed(inGroups, found, ['groups']));
      return settings;
    },
    addFile: function* (kind, file) {
      const schema: z.ZodType<Record<string, PoolNode | PoolGroup>> = { node: PoolNodes, group: PoolGroups }[kind];
      const found = yield* entriesOf(files.get(file) ?? '', schema);
      if (found.outcome === 'wrong') mistakes.push(...found.mistakes.map((mistake) => ({ file, ...mistake })));
      else yield* addEntries(kind, file, found.entries);
    },
    addProfile: (file) => {
      const name = file.slice('profiles/'.length, -'.yaml'.length);
      const named = PoolName.safeParse(name);
      if (!named.success)
        mistakes.push({ file, line: 1, message: `${name} is no name of a profile`, hint: named.error.issues[0]?.message });
      const profile = read(file, Profile)?.settings;
      if (profile === undefined) return;
      places.set(`profile ${name}`, placeText(file, 1));
      profiles.set(name, profile);
    },
  };
}

/** Each by itself, or, where that cannot be, all of them at once. */
function* entriesOf<T>(text: string, schema: z.ZodType<Record<string, T>>): Turns<EntriesOutcome<T>> {
  const cut = cutEntries(text);
  const apart = cut === undefined ? undefined : yield* entrySettings(cut.entries, schema);
  if (apart !== undefined) return apart;
  const whole = locatedSettings(text, schema);
  return whole.outcome === 'wrong' ? whole : { outcome: 'ok', entries: listed(whole.settings, whole, []) };
}

interface FileSettings<T> {
  settings: T;
  lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

function listed<T>(
  found: Record<string, T>,
  file: Pick<FileSettings<T>, 'lineOf'> | undefined,
  below: readonly string[],
): EntrySettings<T>[] {
  return Object.entries(found).map(([key, settings]) => ({ key, settings, line: file?.lineOf([...below, key]) ?? 1 }));
}

/** The nodes of pool.yaml, each by itself, and what is left of the file without them, line by line where it was. */
function* inlineNodes(text: string | undefined): Turns<{ rest: string; entries: EntrySettings<PoolNode>[] } | undefined> {
  const cut = text === undefined ? undefined : cutEntries(text, 'nodes');
  const apart = cut === undefined ? undefined : yield* entrySettings(cut.entries, PoolNodes);
  if (cut === undefined || apart?.outcome !== 'ok') return undefined;
  const head = cut.head.replace(/(?<![^\n])(nodes|'nodes'|"nodes")([ \t]*:)/, '$1$2 {}');
  const lines = cut.entries.map((entry) => entry.text.replaceAll(/[^\n]/g, '')).join('');
  return { rest: `${head}${lines}${cut.tail}`, entries: apart.entries };
}

function placeText(file: string, line: number): string {
  return `${file} line ${line}`;
}

function positionOf(place: string | undefined): { file: string; line: number } {
  const [, file = 'pool.yaml', line = '1'] = /^(.*) line (\d+)$/.exec(place ?? '') ?? [];
  return { file, line: Number(line) };
}
