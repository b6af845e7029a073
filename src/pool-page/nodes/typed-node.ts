import type { NodeView } from '../../domain/pool/api-views.ts';

/** What may be edited of a node, as it is typed. What it boots is said where nodes are assigned. */
export interface TypedNode {
  macs: string;
  address: string;
  groups: string;
  tags: string;
  serial: string;
  uuid: string;
  switch: string;
  port: string;
  memoryGiB: string;
  note: string;
}

export const NOTHING_TYPED: TypedNode = {
  ...{ macs: '', address: '', groups: '', tags: '', serial: '', uuid: '', switch: '', port: '', memoryGiB: '', note: '' },
};

export function typedNode(node: NodeView): TypedNode {
  const { macs, address, groups = [], tags = [], serial, uuid, switch: switchName, port, memoryGiB, note } = node;
  return {
    ...{ macs: macs.join(' '), address: address ?? '', groups: groups.join(' '), tags: tags.join(' '), serial: serial ?? '' },
    ...{ uuid: uuid ?? '', switch: switchName ?? '', port: port ?? '', memoryGiB: String(memoryGiB ?? ''), note: note ?? '' },
  };
}

/** Only what is other than before; what was emptied is taken out. */
export function nodePatch(node: NodeView, typed: TypedNode): Record<string, unknown> {
  const before = typedNode(node);
  const changed = keysOf(typed).filter((key) => typed[key].trim() !== before[key]);
  return Object.fromEntries(changed.map((key) => [key, patchValue(key, typed[key].trim())]));
}

/** A node that is new: what was not typed is not sent. */
export function newNodeBody(name: string, typed: TypedNode): Record<string, unknown> {
  const said = keysOf(typed).filter((key) => key === 'macs' || typed[key].trim() !== '');
  return { name, ...Object.fromEntries(said.map((key) => [key, patchValue(key, typed[key].trim())])) };
}

function keysOf(typed: TypedNode): (keyof TypedNode)[] {
  return Object.keys(typed) as (keyof TypedNode)[];
}

function patchValue(key: keyof TypedNode, text: string): unknown {
  // a node without a card is refused by the head, in its own words
  if (key === 'macs') return wordsOf(text);
  if (text === '') return null;
  if (key === 'memoryGiB') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return key === 'groups' || key === 'tags' ? wordsOf(text) : text;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
