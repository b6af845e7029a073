import type { z } from 'zod';
import type { Pool } from '../../domain/pool/pool.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { type PoolGroup, PoolGroups, type PoolNode, PoolNodes, PoolSettings } from '../../domain/pool/pool-settings.ts';
import { BUILT_IN_PROFILES, Profile } from '../../domain/pool/profile.ts';
import { atOnce, type Turns } from '../../platform/in-turns.ts';
import { cutEntries } from '../../settings/cut-entries.ts';
import { type EntrySettings, entrySettings } from '../../settings/entry-settings.ts';
import type { SettingsMistake } from '../../settings/mistake.ts';
import { contradictions } from './contradictions.ts';
import { type FilePlace, type FilePlaces, filePlaces, placeText } from './file-places.ts';
import { entriesOf, fileEntries, fileSettings, menuProfile, settingsOf } from './file-settings.ts';

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
    if (/^(nodes\.yaml|nodes\.d\/.*)$/.test(path)) yield* reader.addNodes(path);
    if (path === 'groups.yaml') yield* reader.addGroups(path);
    if (path.startsWith('profiles/')) reader.addProfile(path);
    yield;
  }
  const { mistakes, nodes, groups, profiles, places } = reader;
  // the menu of pool.yaml is a profile of that name, unless somebody wrote another
  if (settings.menu !== undefined && !profiles.has('menu')) profiles.set('menu', menuProfile(settings.menu));
  if (mistakes.length > 0) return { outcome: 'wrong', mistakes };
  const pool = { settings, nodes, groups, profiles, places };
  const found = yield* contradictions(pool);
  if (found.length === 0) return { outcome: 'ok', pool };
  return { outcome: 'wrong', mistakes: found.map(({ of, message, hint }) => ({ ...(places.of(of) ?? FIRST_LINE), message, hint })) };
}

const FIRST_LINE: FilePlace = { file: 'pool.yaml', line: 1 };

interface FolderReader {
  mistakes: FileMistake[];
  nodes: Map<string, PoolNode>;
  groups: Map<string, PoolGroup>;
  profiles: Map<string, Profile>;
  places: FilePlaces;
  /** pool.yaml, and the nodes and groups in it */
  addSettings(): Turns<Pool['settings']>;
  addNodes(path: string): Turns<void>;
  addGroups(path: string): Turns<void>;
  addProfile(path: string): void;
}

function folderReader(files: ReadonlyMap<string, string>): FolderReader {
  const mistakes: FileMistake[] = [];
  const said = saidNames(mistakes);
  const { places, addNodes, addGroups } = said;
  const profiles = new Map(BUILT_IN_PROFILES);
  const read = <T>(file: string, schema: z.ZodType<T>, text = files.get(file)): FileSettings<T> | undefined => {
    if (text === undefined) return undefined;
    const result = fileSettings(file, text, schema);
    if (result.outcome === 'ok') return result;
    mistakes.push(...result.mistakes.map((mistake) => ({ file, ...mistake })));
    return undefined;
  };
  function* entriesIn<T>(file: string, schema: z.ZodType<Record<string, T>>): Turns<EntrySettings<T>[]> {
    const outcome = yield* fileEntries(file, files.get(file) ?? '', schema);
    if (outcome.outcome === 'ok') return outcome.entries;
    mistakes.push(...outcome.mistakes.map((mistake) => ({ file, ...mistake })));
    return [];
  }
  return {
    ...{ mistakes, profiles, places, nodes: said.nodes, groups: said.groups },
    addSettings: function* () {
      const { rest, entries } = (yield* inlineNodes(files.get('pool.yaml'))) ?? { rest: undefined, entries: [] };
      const whole = read('pool.yaml', PoolSettings, rest);
      const { nodes: inNodes = {}, groups: inGroups = {} } = whole?.settings ?? {};
      const settings = settingsOf(whole?.settings);
      const note = (key: string, path: readonly PropertyKey[]): void => {
        const line = whole?.lineOf(path);
        if (line !== undefined) places.set(key, { file: 'pool.yaml', line });
      };
      for (const key of ['default', 'unknown', 'menu', 'networks']) note(key, [key]);
      for (const name of Object.keys(settings.networks ?? {})) note(`network ${name}`, ['networks', name]);
      for (const index of settings.rules.keys()) note(`rule ${index + 1}`, ['rules', index]);
      yield* addNodes('pool.yaml', rest === undefined ? entriesOf(whole, inNodes, ['nodes']) : entries);
      addGroups('pool.yaml', entriesOf(whole, inGroups, ['groups']));
      return settings;
    },
    addNodes: function* (file) {
      yield* addNodes(file, yield* entriesIn(file, PoolNodes));
    },
    addGroups: function* (file) {
      addGroups(file, yield* entriesIn(file, PoolGroups));
    },
    addProfile: (file) => {
      const name = file.slice('profiles/'.length, -'.yaml'.length);
      const named = PoolName.safeParse(name);
      if (!named.success)
        mistakes.push({ file, line: 1, message: `${name} is no name of a profile`, hint: named.error.issues[0]?.message });
      const profile = read(file, Profile)?.settings;
      if (profile === undefined) return;
      places.set(`profile ${name}`, { file, line: 1 });
      profiles.set(name, profile);
    },
  };
}

interface SaidNames extends Pick<FolderReader, 'nodes' | 'groups' | 'places'> {
  addNodes(file: string, entries: readonly EntrySettings<PoolNode>[]): Turns<void>;
  addGroups(file: string, entries: readonly EntrySettings<PoolGroup>[]): void;
}

/** Nodes and groups, each with where it is written; whose name stands twice is a mistake. */
function saidNames(mistakes: FileMistake[]): SaidNames {
  const places = filePlaces();
  const [nodes, groups] = [new Map<string, PoolNode>(), new Map<string, PoolGroup>()];
  const isFirst = (kind: 'node' | 'group', name: string, place: FilePlace): boolean => {
    const before = kind === 'node' ? places.ofNode(name) : places.of(`group ${name}`);
    if (before !== undefined)
      mistakes.push({ ...place, message: `${kind} ${name} is in ${placeText(before)} already`, hint: 'take one of the two out' });
    return before === undefined;
  };
  return {
    ...{ nodes, groups, places },
    addNodes: function* (file, entries) {
      for (const [at, { key: name, settings, line }] of entries.entries()) {
        const place = { file, line };
        if (isFirst('node', name, place)) places.setNode(name, place);
        nodes.set(name, settings);
        if (at % IN_A_TURN === 0) yield;
      }
    },
    addGroups: (file, entries) => {
      for (const { key: name, settings, line } of entries) {
        const place = { file, line };
        if (isFirst('group', name, place)) places.set(`group ${name}`, place);
        groups.set(name, settings);
      }
    },
  };
}

/** So many are put into a map in one turn. */
const IN_A_TURN = 512;

interface FileSettings<T> {
  settings: T;
  lineOf: (path: readonly PropertyKey[]) => number | undefined;
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
