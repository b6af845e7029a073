import { NodeRecord } from '../../src/domain/record/node-record.ts';

type Data = Record<string, unknown>;

/** A record with these sections, all others absent. */
export function machineRecord(sections: Record<string, Data | Data[]>): NodeRecord {
  const required = ['system', 'board', 'firmware', 'cpu', 'memory', 'disks', 'nics', 'pci', 'bmc', 'kernel'];
  const absent = Object.fromEntries(required.map((name) => [name, { status: 'absent' }]));
  const present = Object.fromEntries(Object.entries(sections).map(([name, data]) => [name, { status: 'ok', data }]));
  // as it is read from a file: a field without a value is not there
  return NodeRecord.parse(JSON.parse(JSON.stringify({ schemaVersion: 1, sections: { ...absent, ...present }, collectors: [] })));
}
