import assert from 'node:assert/strict';
import test from 'node:test';
import { parseLvmReports } from '../../../../src/inventory/tools/lvm/lvm.ts';

const groupsOf = (texts: { pvs?: string; vgs?: string; lvs?: string }) =>
  parseLvmReports({
    pvs: texts.pvs === undefined ? undefined : Buffer.from(texts.pvs),
    vgs: texts.vgs === undefined ? undefined : Buffer.from(texts.vgs),
    lvs: texts.lvs === undefined ? undefined : Buffer.from(texts.lvs),
  });

const PVS = `  WARNING: Device for PV 8Lmes3 not found or rejected by a filter.
  PV         VG     Fmt  Attr PSize   PFree
  /dev/sda2  data_a lvm2 a--   <1.82t 44.00m
  [unknown]  data_a lvm2 a-m  893.75g     0
  /dev/sdc          lvm2 ---    7.28t  7.28t
`;

test('the tables of pvs, vgs and lvs, put together by the name of the group', () => {
  const vgs = '  VG     #PV #LV #SN Attr   VSize VFree \n  data_a   2   2   0 wz-pn- 2.69t 44.00m\n';
  const lvs =
    '  LV    VG     Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert\n  logs  data_a -wi-ao---- 16.00m\n  thin1 data_a Vwi-a-tz--  1.00g pool        3.21\n';
  assert.deepEqual(groupsOf({ pvs: PVS, vgs, lvs }), [
    {
      name: 'data_a',
      sizeText: '2.69t',
      freeText: '44.00m',
      physicalVolumes: [
        { device: 'sda2', sizeText: '<1.82t', freeText: '44.00m' },
        { device: '[unknown]', sizeText: '893.75g', freeBytes: 0 },
      ],
      logicalVolumes: [
        { name: 'logs', sizeText: '16.00m' },
        { name: 'thin1', sizeText: '1.00g' },
      ],
    },
  ]);
});

test('a group that only its disks or volumes name is there, and the first line may have lost its blanks', () => {
  assert.deepEqual(
    groupsOf({ pvs: PVS.slice(PVS.indexOf('PV  ')) }).map(({ name, physicalVolumes }) => [name, physicalVolumes.length]),
    [['data_a', 2]],
  );
  const lvs = JSON.stringify({ report: [{ lv: [{ lv_name: 'root', vg_name: 'sys', lv_size: '1.00g' }] }] });
  assert.deepEqual(groupsOf({ lvs }), [{ name: 'sys', physicalVolumes: [], logicalVolumes: [{ name: 'root', sizeText: '1.00g' }] }]);
});

test('sizes in bytes are numbers, with and without their unit', () => {
  const vgs =
    '  VG     Attr   Ext   #PV #LV #SN VSize     VFree     VG UUID                                VProfile\n  data_a wz--n- 4.00m   1   0   0 62914560B 12582912  zpGDGl-2RzN-2BcM-sHrR-GcL3-fGHp-FY8FID\n';
  const [group] = groupsOf({ vgs });
  assert.deepEqual([group?.uuid, group?.sizeBytes, group?.freeBytes], ['zpGDGl-2RzN-2BcM-sHrR-GcL3-fGHp-FY8FID', 62914560, 12582912]);
});

test('two groups of one name keep what is theirs by UUID, and a row without it is of neither', () => {
  const vgs = JSON.stringify({
    report: [
      {
        vg: [
          { vg_name: 'sys', vg_uuid: 'A' },
          { vg_name: 'sys', vg_uuid: 'B' },
        ],
      },
    ],
  });
  const pvs = JSON.stringify({
    report: [
      {
        pv: [
          { pv_name: '/dev/sda', vg_name: 'sys', vg_uuid: 'B' },
          { pv_name: '/dev/sdb', vg_name: 'sys' },
        ],
      },
    ],
  });
  assert.deepEqual(
    groupsOf({ vgs, pvs }).map(({ uuid, physicalVolumes }) => [uuid, physicalVolumes.map(({ device }) => device)]),
    [
      ['A', []],
      ['B', ['sda']],
    ],
  );
});
