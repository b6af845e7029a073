import { TextField } from '../change/text-field.tsx';
import type { TypedNode } from './typed-node.ts';

/** Everything that is written of a node, but for what it boots. */
export function NodeFields({ typed, type }: { typed: TypedNode; type: (typed: TypedNode) => void }) {
  return (
    <>
      {FIELDS.map(({ key, ...field }) => (
        <TextField key={key} {...field} value={typed[key]} type={(text) => type({ ...typed, [key]: text })} />
      ))}
    </>
  );
}

const FIELDS: readonly { key: keyof TypedNode; label: string; hint?: string; isNeeded?: true }[] = [
  { key: 'macs', label: 'MAC addresses', hint: 'any of them is this node; the first is the one that boots', isNeeded: true },
  { key: 'address', label: 'Address', hint: 'empty: one of the range' },
  { key: 'groups', label: 'Groups', hint: 'with blanks between them' },
  { key: 'tags', label: 'Tags', hint: 'with blanks between them' },
  { key: 'serial', label: 'Serial number', hint: 'it is known again by it, with another card' },
  { key: 'uuid', label: 'UUID' },
  { key: 'switch', label: 'Switch' },
  { key: 'port', label: 'Port there' },
  { key: 'memoryGiB', label: 'Memory in GiB', hint: 'for rules; what its firmware says counts more' },
  { key: 'note', label: 'Note' },
];
