import type { NewNode } from '../../domain/pool/node-patch.ts';

const COLUMNS = ['name', 'mac', 'serial', 'uuid', 'switch', 'port', 'memory'] as const;

/** Nodes of a visit as a list like any other, so that names can be changed before it is taken. */
export function listOfNodes(nodes: readonly NewNode[]): string {
  const lines = nodes.map(({ name, macs, serial = '', uuid = '', switch: switchName = '', port = '', memoryGiB }) =>
    [name, macs.join(' '), serial, uuid, switchName, port, memoryGiB === undefined ? '' : String(memoryGiB)].map(quoted).join(';'),
  );
  return `${[COLUMNS.join(';'), ...lines].join('\n')}\n`;
}

/** RFC 4180: what holds a separator stands in quotes, which are doubled. */
function quoted(text: string): string {
  return /[;"\n\r]|^\s|\s$|^#/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
