import type { z } from 'zod';
import type { Pool } from '../../domain/pool/pool.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { type PoolGroup, PoolGroups, type PoolNode, PoolNodes, PoolSettings } from '../../domain/pool/pool-settings.ts';
import { BUILT_IN_PROFILES, Profile } from '../../domain/pool/profile.ts';
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
  const outcome = outcomes.get(files) ?? readFiles(files);
  outcomes.set(files, outcome);
  return outcome;
}

/** A change is thought out on a pool, checked, and served: ten thousand nodes are read once for all of it. */
const outcomes = new WeakMap<ReadonlyMap<string, string>, PoolOutcome>();

function readFiles(files: ReadonlyMap<string, string>): PoolOutcome {
  const reader = folderReader(files);
  const { nodes: inlineNodes = {}, groups: inlineGroups = {}, ...settings } = reader.settings();
  reader.addAll('node', 'pool.yaml', inlineNodes, ['nodes']);
  reader.addAll('group', 'pool.yaml', inlineGroups, ['groups']);
  for (const path of [...files.keys()].sort()) {
    if (/^(nodes\.yaml|nodes\.d\/.*)$/.test(path)) reader.addAll('node', path, reader.read(path, PoolNodes) ?? {});
    if (path === 'groups.yaml') reader.addAll('group', path, reader.read(path, PoolGroups) ?? {});
    if (path.startsWith('profiles/')) reader.addProfile(path);
  }
  const { mistakes, nodes, groups, profiles, places } = reader;
  // the menu of pool.yaml is a profile of that name, unless somebody wrote another
  if (settings.menu !== undefined && !profiles.has('menu')) profiles.set('menu', { kind: 'menu', ...settings.menu });
  if (mistakes.length > 0) return { outcome: 'wrong', mistakes };
  const pool = { settings, nodes, groups, profiles, places };
  const found = contradictions(pool);
  if (found.length === 0) return { outcome: 'ok', pool };
  return { outcome: 'wrong', mistakes: found.map(({ of, message, hint }) => ({ ...positionOf(places.get(of)), message, hint })) };
}

interface FolderReader {
  mistakes: FileMistake[];
  nodes: Map<string, PoolNode>;
  groups: Map<string, PoolGroup>;
  profiles: Map<string, Profile>;
  places: Map<string, string>;
  read<T>(path: string, schema: z.ZodType<T>): T | undefined;
  settings(): PoolSettings;
  addAll(kind: 'node', path: string, found: Record<string, PoolNode>, below?: readonly string[]): void;
  addAll(kind: 'group', path: string, found: Record<string, PoolGroup>, below?: readonly string[]): void;
  addProfile(path: string): void;
}

function folderReader(files: ReadonlyMap<string, string>): FolderReader {
  const mistakes: FileMistake[] = [];
  const places = new Map<string, string>();
  const [nodes, groups] = [new Map<string, PoolNode>(), new Map<string, PoolGroup>()];
  const profiles = new Map(BUILT_IN_PROFILES);
  const lines = new Map<string, (path: readonly PropertyKey[]) => number | undefined>();
  const note = (key: string, file: string, path: readonly PropertyKey[]): void => {
    const line = lines.get(file)?.(path);
    if (line !== undefined) places.set(key, placeText(file, line));
  };
  const read = <T>(file: string, schema: z.ZodType<T>): T | undefined => {
    const text = files.get(file);
    if (text === undefined) return undefined;
    const result = locatedSettings(text, schema);
    if (result.outcome === 'wrong') {
      mistakes.push(...result.mistakes.map((mistake) => ({ file, ...mistake })));
      return undefined;
    }
    lines.set(file, result.lineOf);
    return result.settings;
  };
  return {
    ...{ mistakes, nodes, groups, profiles, places, read },
    settings: () => {
      const settings = read('pool.yaml', PoolSettings) ?? PoolSettings.parse({});
      for (const key of ['default', 'unknown', 'menu', 'networks']) note(key, 'pool.yaml', [key]);
      for (const name of Object.keys(settings.networks ?? {})) note(`network ${name}`, 'pool.yaml', ['networks', name]);
      for (const index of settings.rules.keys()) note(`rule ${index + 1}`, 'pool.yaml', ['rules', index]);
      return settings;
    },
    addAll: (kind, file, found, below = []) => {
      const all: Map<string, unknown> = { node: nodes, group: groups }[kind];
      for (const [name, one] of Object.entries(found)) {
        const path = [...below, name];
        const before = places.get(`${kind} ${name}`);
        if (before !== undefined)
          mistakes.push({
            file,
            line: lines.get(file)?.(path) ?? 1,
            message: `${kind} ${name} is in ${before} already`,
            hint: 'take one of the two out',
          });
        else note(`${kind} ${name}`, file, path);
        all.set(name, one);
      }
    },
    addProfile: (file) => {
      const name = file.slice('profiles/'.length, -'.yaml'.length);
      const named = PoolName.safeParse(name);
      if (!named.success)
        mistakes.push({ file, line: 1, message: `${name} is no name of a profile`, hint: named.error.issues[0]?.message });
      const profile = read(file, Profile);
      if (profile === undefined) return;
      places.set(`profile ${name}`, placeText(file, 1));
      profiles.set(name, profile);
    },
  };
}

function placeText(file: string, line: number): string {
  return `${file} line ${line}`;
}

function positionOf(place: string | undefined): { file: string; line: number } {
  const [, file = 'pool.yaml', line = '1'] = /^(.*) line (\d+)$/.exec(place ?? '') ?? [];
  return { file, line: Number(line) };
}
