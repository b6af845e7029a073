import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';

type Nodes = Pool['nodes'];

/** Names of which another node, or none, is there. A node that nobody changed is the same object in the next revision. */
export function changedNodes(before: Nodes, after: Nodes): Set<string> {
  const changed = new Set<string>();
  // mostly both have the same nodes in the same order: to walk along is ten times as quick as to look each of them up
  const beside = before.entries();
  for (const [name, node] of after) {
    const [known, one] = beside.next().value ?? [];
    if ((known === name ? one : before.get(name)) !== node) changed.add(name);
  }
  // as many as before, and none is new: then none went
  if (after.size - changed.size < before.size) for (const name of before.keys()) if (!after.has(name)) changed.add(name);
  return changed;
}

/** What is looked up of nodes by something else than their names. */
export interface NodeIndex<Index> {
  /** of the nodes that are as they were when all were indexed; entries of changed ones do not count */
  base: Index;
  /** of those that were changed since */
  own: Index;
  isChanged(name: string): boolean;
}

/** Beyond that all are indexed anew. */
const MOST_CHANGED = 500;

/**
 * An index of a pool's nodes that is made once, and once more for the few that a change is about: thousands of machines ask while somebody clicks, and none waits
 * until ten thousand nodes are indexed.
 */
export function nodeIndex<Index>(indexOf: (nodes: Iterable<readonly [string, PoolNode]>) => Index): (nodes: Nodes) => NodeIndex<Index> {
  const known = new WeakMap<Nodes, NodeIndex<Index>>();
  const none = indexOf([]);
  let last: { nodes: Nodes; index: Index } | undefined;
  const made = (nodes: Nodes): NodeIndex<Index> => {
    const changed = last === undefined ? undefined : changedNodes(last.nodes, nodes);
    if (last !== undefined && changed !== undefined && changed.size <= Math.min(MOST_CHANGED, nodes.size)) {
      const own = [...changed].flatMap((name) => entryOf(nodes, name));
      return { base: last.index, own: indexOf(own), isChanged: (name) => changed.has(name) };
    }
    last = { nodes, index: indexOf(nodes) };
    return { base: last.index, own: none, isChanged: () => false };
  };
  return (nodes) => {
    const index = known.get(nodes) ?? made(nodes);
    known.set(nodes, index);
    return index;
  };
}

function entryOf(nodes: Nodes, name: string): (readonly [string, PoolNode])[] {
  const node = nodes.get(name);
  return node === undefined ? [] : [[name, node]];
}
