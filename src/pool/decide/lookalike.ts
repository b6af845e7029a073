import type { Pool } from '../../domain/pool/pool.ts';
import { judgeValue } from '../../judge/identity/usable-value.ts';
import type { BootingMachine } from './booting-machine.ts';
import { nodeIndex } from './changed-nodes.ts';
import { nodeOf } from './known-node.ts';

const KEYS = ['uuid', 'serial'] as const;
export type MachineKeys = { readonly [Key in (typeof KEYS)[number]]?: string | undefined };

/** Nodes by the values that are one machine's only. Values that unrelated machines share are in no index. */
export interface KeyIndex {
  /** the node's values from now on; what it had before is forgotten */
  put(node: string, keys: MachineKeys): void;
  nodesLike(keys: MachineKeys): string[];
}

export function keyIndex(): KeyIndex {
  const [nodes, values] = [new Map<string, Set<string>>(), new Map<string, readonly string[]>()];
  return {
    put: (node, keys) => {
      const now = valuesOf(keys);
      for (const value of values.get(node) ?? []) nodes.get(value)?.delete(node);
      values.set(node, now);
      for (const value of now) nodes.set(value, (nodes.get(value) ?? new Set()).add(node));
    },
    nodesLike: (keys) => [...new Set(valuesOf(keys).flatMap((value) => [...(nodes.get(value) ?? [])]))],
  };
}

function valuesOf(keys: MachineKeys): readonly string[] {
  const known = judged.get(keys);
  if (known !== undefined) return known;
  const values = KEYS.flatMap((kind) => {
    const one = judgeValue(kind, keys[kind]);
    return one !== undefined && 'value' in one ? [`${kind} ${one.value}`] : [];
  });
  judged.set(keys, values);
  return values;
}

/** A node that nobody changed is the same one in the next revision, and what was seen of a machine never changes. */
const judged = new WeakMap<MachineKeys, readonly string[]>();

/**
 * The node that a machine with a card of nobody looks like, by UUID or serial number: the card was replaced, or moved. It is not booted as
 * that node, because whoever sends such frames would get that node's secrets; a person says so with `replace-nic`. Values that
 * unrelated machines share never match, nor do two nodes at once.
 * @param seen what nodes said of themselves when they booted last
 */
export function lookalikeOf(pool: Pick<Pool, 'nodes'>, facts: BootingMachine, seen: Pick<KeyIndex, 'nodesLike'>): string | undefined {
  if (nodeOf(pool, facts.mac) !== undefined) return undefined;
  const remembered = seen.nodesLike(facts).filter((name) => pool.nodes.has(name));
  const { base, own, isChanged } = written(pool.nodes);
  const unchanged = base.nodesLike(facts).filter((name) => !isChanged(name));
  const alike = new Set([...own.nodesLike(facts), ...unchanged, ...remembered]);
  return alike.size === 1 ? [...alike][0] : undefined;
}

/** Anybody may ask as a machine that nobody knows, as often as the wire allows. */
const written = nodeIndex<Pick<KeyIndex, 'nodesLike'>>((nodes) => {
  const index = keyIndex();
  for (const [name, node] of nodes) index.put(name, node);
  return index;
});
