import type { NodeRecord } from '../domain/record/node-record.ts';

/** The record of an address of which nothing is known but that it asked. */
export function unknownMachine(reason: string): NodeRecord {
  const absent = { status: 'absent', reason } as const;
  const sections = { system: absent, board: absent, firmware: absent, cpu: absent, memory: absent, disks: absent, nics: absent };
  return { schemaVersion: 1, origin: 'boot-loader', sections: { ...sections, pci: absent, bmc: absent, kernel: absent }, collectors: [] };
}
