import type { NewNode } from '../../domain/pool/node-patch.ts';
import { csvLine } from '../../report/csv-line.ts';

const COLUMNS = ['name', 'mac', 'serial', 'uuid', 'switch', 'port', 'memory'] as const;

/** Nodes of a visit as a list like any other, so that names can be changed before it is taken. */
export function listOfNodes(nodes: readonly NewNode[]): string {
  const rows = nodes.map(({ name, macs, serial, uuid, switch: switchName, port, memoryGiB }) =>
    csvLine([name, macs, serial, uuid, switchName, port, memoryGiB]),
  );
  return [csvLine(COLUMNS), ...rows].join('');
}
