import type { ImportLine } from '../../domain/pool/api-views.ts';
import type { NewNode } from '../../domain/pool/node-patch.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { counted } from '../../domain/values/counted.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { requireChoice } from './assign.ts';
import type { CsvLine } from './import-csv.ts';
import { addNodes } from './node-edits.ts';
import { keySettings, type PoolEdit, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** What a list does to a pool: each line's outcome, and the change that all good lines together are. */
export interface ImportPlan {
  lines: ImportLine[];
  edit: PoolEdit;
  names: string[];
}

/** What each line of a list would do: a new node, another value of one that is there, nothing, or why it is refused. Pure. */
export function planImport(pool: Pool, lines: readonly CsvLine[]): ImportPlan {
  const holders = holdersOf(pool, lines);
  const planned = lines.map((one) => plannedLine(pool, holders, one));
  const added = planned.flatMap(({ node, line: { outcome } }) => (outcome === 'added' && node !== undefined ? [node] : []));
  const changed = planned.flatMap(({ node, line: { outcome }, patch }) =>
    outcome === 'changed' && node !== undefined ? [{ name: node.name, patch }] : [],
  );
  const what = [
    ...(added.length === 0 ? [] : [addNodes(added).what]),
    ...(changed.length === 0
      ? []
      : [changed.length === 1 ? `${changed[0]?.name} is changed` : `${counted(changed.length, 'node')} are changed`]),
  ];
  return {
    lines: planned.map(({ line }) => line),
    names: [...added, ...changed].map(({ name }) => name),
    edit: {
      what: `a list: ${what.join(', ') || 'nothing is new'}`,
      edit: function* (files) {
        const now = poolOf(files);
        const settings = changed.flatMap(({ name, patch }) => keySettings(writtenAt(now, 'node', name), patch));
        return yield* addNodes(added).edit(yield* withFileSettings(files, settings));
      },
    },
  };
}

interface PlannedLine {
  line: ImportLine;
  node: NewNode | undefined;
  /** keys that are other than they are written now */
  patch: Readonly<Record<string, unknown>>;
}

/** Who has each card and each address once the list is taken: two nodes may change places in it. */
function holdersOf({ nodes }: Pool, lines: readonly CsvLine[]): ReadonlyMap<string, string> {
  const listed = new Map(lines.flatMap(({ node }) => (node === undefined ? [] : [[node.name, node]])));
  return new Map(
    [...nodes].flatMap(([name, node]) => {
      const { macs, address } = { ...node, ...listed.get(name) };
      return [...macs, ...(address === undefined ? [] : [address])].map((key) => [key, name] as const);
    }),
  );
}

function plannedLine(pool: Pool, holders: ReadonlyMap<string, string>, { line, node, mistakes }: CsvLine): PlannedLine {
  if (node === undefined) return { line: { line, outcome: 'refused', says: mistakes.map(({ message }) => message) }, node, patch: {} };
  const { name, ...written } = node;
  const before = pool.nodes.get(name);
  const refusals = [...mistakes.map(({ message }) => message), ...contradictionsOf(pool, holders, node)];
  const patch = before === undefined ? {} : changedKeys(before, written);
  const said = { line, name, macs: node.macs };
  if (refusals.length > 0) return { line: { ...said, outcome: 'refused', says: refusals }, node, patch: {} };
  if (before === undefined) return { line: { ...said, outcome: 'added', says: [] }, node, patch: {} };
  const says = Object.entries(patch).map(([key, value]) => `${key}: ${textOf(before[key as keyof PoolNode])} → ${textOf(value)}`);
  return { line: { ...said, outcome: says.length === 0 ? 'same' : 'changed', says }, node, patch };
}

/** What is not in the list stays as it is written. */
function changedKeys(before: PoolNode, written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).filter(([key, value]) => JSON.stringify(before[key as keyof PoolNode]) !== JSON.stringify(value)),
  );
}

function contradictionsOf(pool: Pool, holders: ReadonlyMap<string, string>, node: NewNode): string[] {
  const taken = [...node.macs, ...(node.address === undefined ? [] : [node.address])].flatMap((key) => {
    const holder = holders.get(key);
    return holder === undefined || holder === node.name
      ? []
      : [`${key} is one of ${holder} already (${pool.places.get(`node ${holder}`) ?? ''})`];
  });
  const strange = (node.groups ?? []).filter((group) => !pool.groups.has(group)).map((group) => `there is no group ${group}`);
  return [...taken, ...strange, ...bootFault(pool, node)];
}

function bootFault(pool: Pool, { boot }: NewNode): string[] {
  if (boot === undefined) return [];
  try {
    requireChoice(pool, boot);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : [value].flat().join(', ');
}
