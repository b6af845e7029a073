import type { NodeView } from '../../domain/pool/api-views.ts';

/** What may be edited of a node, as it is typed. */
export interface TypedNode {
  macs: string;
  address: string;
  groups: string;
  tags: string;
  serial: string;
  note: string;
}

export function typedNode({ macs, address = '', groups = [], tags = [], serial = '', note = '' }: NodeView): TypedNode {
  return { macs: macs.join(', '), address, groups: groups.join(', '), tags: tags.join(', '), serial, note };
}

/** Only what is other than before; what was emptied is taken out. */
export function nodePatch(node: NodeView, typed: TypedNode): Record<string, string | string[] | null> {
  const before = typedNode(node);
  const changed = (Object.keys(typed) as (keyof TypedNode)[]).filter((key) => typed[key].trim() !== before[key]);
  return Object.fromEntries(changed.map((key) => [key, patchValue(key, typed[key].trim())]));
}

function patchValue(key: keyof TypedNode, text: string): string | string[] | null {
  // a node without a card is refused by the head, in its own words
  if (key === 'macs') return wordsOf(text);
  if (text === '') return null;
  return key === 'groups' || key === 'tags' ? wordsOf(text) : text;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
