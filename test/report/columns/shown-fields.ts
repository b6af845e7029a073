import { machineDrives } from '../../../src/domain/drives/machine-drives.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { recordData } from '../../../src/domain/record/record-data.ts';
import type { Column } from '../../../src/report/columns/column.ts';
import { DIMM } from '../../../src/report/columns/dimms.ts';
import { DISK } from '../../../src/report/columns/disks.ts';
import { MACHINE } from '../../../src/report/columns/machines.ts';
import { NIC } from '../../../src/report/columns/nics.ts';
import { VOLUME } from '../../../src/report/columns/volumes.ts';
import { bareRecord, fullRecord, LEAF_FIELDS, valueAt, withField } from '../../domain/record/sample-record.ts';

/** The fields of the record that some column shows: with another value there, or without it, a cell is another. */
export function shownFields(): Set<string> {
  const [full, bare] = [fullRecord(), bareRecord()];
  return new Set(
    LEAF_FIELDS.filter((path) => {
      const value = valueAt(full, path);
      const isShownIn = (record: NodeRecord): boolean =>
        new Set([value, another(value), KNOWN_WORDS[path] ?? value, undefined].map((one) => cellsOf(withField(record, path, one)))).size >
        1;
      // what stands in for another field is seen only where that is missing
      return isShownIn(full) || isShownIn(bare);
    }),
  );
}

/** Of these fields only some words are understood. */
const KNOWN_WORDS: Readonly<Record<string, string>> = {
  'storage.controllers[].physicalDrives[].medium': 'HDD',
};

/** All cells of all columns. */
function cellsOf(record: NodeRecord): string {
  const data = recordData(record);
  const counted = machineDrives(data.disks, data.storage);
  const cells = <Source>(list: Readonly<Record<string, Column<Source>>>, sources: readonly Source[] = []): unknown =>
    sources.map((source) => Object.values(list).map((column) => column.of(source) ?? null));
  return JSON.stringify([
    cells(MACHINE, [data]),
    cells(DISK, counted?.drives),
    cells(DISK, counted?.media),
    cells(VOLUME, counted?.volumes),
    cells(DIMM, data.memory?.dimms),
    cells(NIC, data.nics),
  ]);
}

function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return Array.isArray(value) ? [...value, ...value] : `${value} and more`;
}
