import type { NewNode } from '../../domain/pool/node-patch.ts';
import { csvLine } from '../../domain/values/csv-line.ts';

const COLUMNS = ['name', 'mac', 'serial', 'uuid', 'switch', 'port', 'memory'] as const;

/** Nodes of a visit as a list like any other, so that names can be changed before it is taken. */
export function listOfNodes(nodes: readonly NewNode[]): string {
  const lines = nodes.map((node) => csvLine([node.name, node.macs, node.serial, node.uuid, node.switch, node.port, node.memoryGiB]));
  return [csvLine(COLUMNS), ...lines].join('').replaceAll('\r\n', '\n');
}
