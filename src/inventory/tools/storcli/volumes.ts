import type { VirtualDrive } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { asText, isObject, objects } from '../../values/json-value.ts';
import { product } from '../../values/tool-size.ts';

/** Virtual drives of one controller, from the tables and from the `VD<n> Properties` of `/call/vall show all`. */
export function storcliVirtualDrives(data: Record<string, unknown>): VirtualDrive[] {
  const tables = Object.entries(data).filter(([key]) => /^(VD LIST|Virtual Drives|\/c\d+\/v\d+)$/.test(key));
  const drives = tables.flatMap(([, rows]) => objects(rows)).flatMap((row) => readRow(row, data));
  return [...new Map(drives.map((drive) => [drive.id, drive])).values()];
}

function readRow(row: Record<string, unknown>, data: Record<string, unknown>): VirtualDrive[] {
  const [, group, id] = /^\s*(-|\d+)\s*\/\s*(\d+)\s*$/.exec(asText(row['DG/VD']) ?? '') ?? [];
  if (id === undefined) return [];
  const properties = data[`VD${id} Properties`];
  const property = (key: string): string | undefined => (isObject(properties) ? asText(properties[key]) : undefined);
  return [
    definedOnly<VirtualDrive>({
      id,
      driveGroup: group === '-' ? undefined : group,
      level: meaningful(asText(row['TYPE'])),
      state: meaningful(asText(row['State'])),
      sizeText: meaningful(asText(row['Size'])),
      sizeBytes: product(Number(property('Number of Blocks') ?? Number.NaN), 512),
      name: meaningful(asText(row['Name'])),
      cache: meaningful(asText(row['Cache'])),
      device: /^\/dev\/(\S+)$/.exec(property('OS Drive Name') ?? '')?.[1],
    }),
  ];
}
