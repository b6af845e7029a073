import type { VolumeGroup } from '../../domain/record/volumes.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { asCount, asText, member, objects, parseToolJson } from '../values/json-value.ts';

/** What the three commands printed; undefined for one that did not run. */
export interface LvmReports {
  pvs: Uint8Array | undefined;
  vgs: Uint8Array | undefined;
  lvs: Uint8Array | undefined;
}

/**
 * Volume groups from `lvm pvs`, `vgs` and `lvs` with `--reportformat json --units b --nosuffix`, put together by the UUID of the group: names
 * are not unique where disks of several machines come together.
 */
export function parseLvmReports({ pvs, vgs, lvs }: LvmReports): VolumeGroup[] {
  const disks = rows(pvs, 'pv');
  const volumes = rows(lvs, 'lv');
  return rows(vgs, 'vg').flatMap((group) => {
    const name = asText(group['vg_name']);
    const uuid = asText(group['vg_uuid']);
    if (name === undefined || uuid === undefined) return [];
    const ofGroup = (row: Record<string, unknown>): boolean => asText(row['vg_uuid']) === uuid;
    return [
      definedOnly<VolumeGroup>({
        name,
        uuid,
        sizeBytes: asCount(group['vg_size']),
        freeBytes: asCount(group['vg_free']),
        missingDevices: asCount(group['vg_missing_pv_count']),
        physicalVolumes: disks.filter(ofGroup).map((row) => ({
          device: deviceOf(asText(row['pv_name'])),
          ...definedOnly<{ uuid?: string; sizeBytes?: number; freeBytes?: number }>({
            uuid: asText(row['pv_uuid']),
            sizeBytes: asCount(row['pv_size']),
            freeBytes: asCount(row['pv_free']),
          }),
        })),
        logicalVolumes: volumes.filter(ofGroup).flatMap((row) => {
          const volume = asText(row['lv_name']);
          if (volume === undefined) return [];
          const facts = { uuid: asText(row['lv_uuid']), sizeBytes: asCount(row['lv_size']), layout: asText(row['lv_layout']) };
          return [{ name: volume, ...definedOnly<{ uuid?: string; sizeBytes?: number; layout?: string }>(facts) }];
        }),
      }),
    ];
  });
}

function rows(bytes: Uint8Array | undefined, kind: string): Record<string, unknown>[] {
  return objects(member(parseToolJson(bytes), 'report')).flatMap((report) => objects(report[kind]));
}

/** A device that is missing is called `[unknown]`. */
function deviceOf(name: string | undefined): string {
  return name?.replace(/^\/dev\//, '') ?? '[unknown]';
}
