import type { NodeView } from '../../domain/pool/api-views.ts';

/** What was thought out for a node when it was chosen. */
interface Chosen {
  revision: number;
  /** what was said then of what it boots */
  said: string;
}

/** Nodes that something is to be done with. */
export interface NodeSelection {
  chosen: ReadonlyMap<string, Chosen>;
  /** where a range begins */
  anchor: string | undefined;
}

export const NOTHING_CHOSEN: NodeSelection = { chosen: new Map(), anchor: undefined };

interface Pressed {
  node: NodeView;
  /** with the shift key: all from the last one to this one */
  isRange: boolean;
  /** the rows in their order on the page */
  shown: readonly NodeView[];
  revision: number;
}

export function withPressed(selection: NodeSelection, { node, isRange, shown, revision }: Pressed): NodeSelection {
  const chosen = new Map(selection.chosen);
  const [from, to] = [shown.findIndex(({ name }) => name === selection.anchor), shown.findIndex(({ name }) => name === node.name)];
  if (isRange && from !== -1 && to !== -1) {
    const isOn = selection.chosen.has(selection.anchor ?? '');
    for (const one of shown.slice(Math.min(from, to), Math.max(from, to) + 1))
      if (isOn) add(chosen, one, revision);
      else chosen.delete(one.name);
  } else if (chosen.has(node.name)) chosen.delete(node.name);
  else add(chosen, node, revision);
  return { chosen, anchor: node.name };
}

export function withAll(selection: NodeSelection, nodes: readonly NodeView[], revision: number): NodeSelection {
  const chosen = new Map(selection.chosen);
  for (const node of nodes) add(chosen, node, revision);
  return { ...selection, chosen };
}

export function without(selection: NodeSelection, names: readonly string[]): NodeSelection {
  const gone = new Set(names);
  return { ...selection, chosen: new Map([...selection.chosen].filter(([name]) => !gone.has(name))) };
}

/** Without nodes that are not there any more. */
export function stillThere(selection: NodeSelection, nodes: readonly NodeView[]): NodeSelection {
  const names = new Set(nodes.map(({ name }) => name));
  if ([...selection.chosen.keys()].every((name) => names.has(name))) return selection;
  return { ...selection, chosen: new Map([...selection.chosen].filter(([name]) => names.has(name))) };
}

/**
 * The revision that a change of these nodes was thought out on: the newest that the page shows, unless somebody has meanwhile said something else
 * of a node that was chosen before; then the one at which it was chosen, and the head tells both sides.
 */
export function revisionFor({ chosen }: NodeSelection, nodes: readonly NodeView[], newest: number): number {
  const overtaken = nodes.flatMap((node) => {
    const one = chosen.get(node.name);
    return one !== undefined && one.said !== saidOf(node) ? [one.revision] : [];
  });
  return Math.min(newest, ...overtaken);
}

function add(chosen: Map<string, Chosen>, node: NodeView, revision: number): void {
  if (!chosen.has(node.name)) chosen.set(node.name, { revision, said: saidOf(node) });
}

function saidOf({ boot, once }: NodeView): string {
  return JSON.stringify([boot, once]);
}
