import type { VolumeGroup } from '../../../domain/record/volumes.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type LvmRow, lvmRows } from './rows.ts';

/** What the three commands printed; undefined for one that did not run. */
export interface LvmReports {
  pvs: Uint8Array | undefined;
  vgs: Uint8Array | undefined;
  lvs: Uint8Array | undefined;
}

/**
 * Volume groups from `pvs`, `vgs` and `lvs`, as JSON or as text, put together by the UUID of the group: names are not unique where disks of several machines come
 * together. A row without that UUID belongs to the one group of its name. A group that only one of the three names is there, too.
 */
export function parseLvmReports({ pvs, vgs, lvs }: LvmReports): VolumeGroup[] {
  const [disks, volumes] = [lvmRows(pvs, 'pv'), lvmRows(lvs, 'lv')];
  const groups = groupsOf([...lvmRows(vgs, 'vg'), ...disks, ...volumes]);
  const names = groups.map(({ vg_name: name }) => name);
  const isAlone = (name: string | undefined): boolean => names.indexOf(name) === names.lastIndexOf(name);
  return groups.map((group) => {
    const { vg_name: name = '', vg_uuid: uuid } = group;
    const ofGroup = (row: LvmRow): boolean =>
      uuid === undefined || row['vg_uuid'] === undefined ? row['vg_name'] === name && isAlone(name) : row['vg_uuid'] === uuid;
    return definedOnly<VolumeGroup>({
      name,
      uuid,
      ...sizesOf(group, 'vg'),
      missingDevices: countOf(group['vg_missing_pv_count']),
      physicalVolumes: disks.filter(ofGroup).map((row) => ({
        device: deviceOf(row['pv_name']),
        ...definedOnly<{ uuid?: string }>({ uuid: row['pv_uuid'] }),
        ...sizesOf(row, 'pv'),
      })),
      logicalVolumes: volumes.filter(ofGroup).flatMap((row) => {
        const { lv_name: volume, lv_uuid: own, lv_layout: layout } = row;
        const { freeBytes: _, freeText: __, ...size } = sizesOf(row, 'lv');
        return volume === undefined
          ? []
          : [{ name: volume, ...definedOnly<{ uuid?: string; layout?: string }>({ uuid: own, layout }), ...size }];
      }),
    });
  });
}

/** One row for each group: by UUID where it is told, else by name. */
function groupsOf(rows: readonly LvmRow[]): LvmRow[] {
  const groups: LvmRow[] = [];
  for (const row of rows) {
    const { vg_name: name, vg_uuid: uuid } = row;
    if (name === undefined) continue;
    const known = groups.find((group) =>
      uuid === undefined || group['vg_uuid'] === undefined ? group['vg_name'] === name : group['vg_uuid'] === uuid,
    );
    if (known === undefined) groups.push({ ...row });
    else known['vg_uuid'] ??= uuid;
  }
  return groups;
}

interface Sizes {
  sizeBytes?: number;
  sizeText?: string;
  freeBytes?: number;
  freeText?: string;
}

/** Without `--units b` lvm rounds: `<1.82t` is no number of bytes. */
function sizesOf(row: LvmRow, kind: string): Sizes {
  const [size, free] = [row[`${kind}_size`], row[`${kind}_free`]];
  const [sizeBytes, freeBytes] = [countOf(size), countOf(free)];
  return definedOnly<Sizes>({
    sizeBytes,
    sizeText: sizeBytes === undefined ? size : undefined,
    freeBytes,
    freeText: freeBytes === undefined ? free : undefined,
  });
}

function countOf(text: string | undefined): number | undefined {
  const count = Number(/^(\d{1,16})B?$/.exec(text ?? '')?.[1] ?? Number.NaN);
  return Number.isSafeInteger(count) ? count : undefined;
}

/** A device that is missing is called `[unknown]`. */
function deviceOf(name: string | undefined): string {
  return name?.replace(/^\/dev\//, '') ?? '[unknown]';
}
