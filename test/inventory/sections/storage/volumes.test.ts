import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { parseLvmReports } from '../../../../src/inventory/tools/lvm/lvm.ts';
import { parseMdadmExamine } from '../../../../src/inventory/tools/mdadm-text.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const linuxMember = (device: string, role: number): string =>
  [
    `/dev/${device}:`,
    '          Magic : a92b4efc',
    '        Version : 1.2',
    '     Array UUID : 0011aabb:2233ccdd:4455eeff:66778899',
    '           Name : box:0  (local to host box)',
    '     Raid Level : raid1',
    '   Raid Devices : 2',
    '     Array Size : 64512 KiB (63.00 MiB 66.06 MB)',
    '          State : clean',
    `   Device Role : Active device ${role}`,
    '',
  ].join('\n');

test('members of one array in two files are one array', () => {
  const outputs = { 'mdadm-examine-sda1': linuxMember('sda1', 0), 'mdadm-examine-sdb1': linuxMember('sdb1', 1) };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs })).sections.storage).softwareRaid, [
    {
      uuid: '0011aabb:2233ccdd:4455eeff:66778899',
      name: 'box:0',
      level: 'raid1',
      metadata: '1.2',
      deviceCount: 2,
      sizeBytes: 64_512 * 1024,
      members: [
        { device: 'sda1', role: 'Active device 0', state: 'clean' },
        { device: 'sdb1', role: 'Active device 1', state: 'clean' },
      ],
    },
  ]);
});

const imsm = (device: string, slot: number): string =>
  [
    `/dev/${device}:`,
    '          Magic : Intel Raid ISM Cfg Sig.',
    '        Version : 1.3.00',
    '         Family : 11223344',
    '           UUID : aaaaaaaa:bbbbbbbb:cccccccc:dddddddd',
    '          Disks : 2',
    '   RAID Devices : 2',
    '',
    '  Disk00 Serial : S0001',
    '          State : active',
    '',
    '[System]:',
    '       Subarray : 0',
    '           UUID : 00000001:00000002:00000003:00000004',
    '     RAID Level : 1',
    '        Members : 2',
    '          Slots : [UU]',
    `      This Slot : ${slot}`,
    '    Sector Size : 512',
    '     Array Size : 2048 (1024.00 KiB 1048.58 KB)',
    '      Map State : normal',
    '',
    '[Data]:',
    '       Subarray : 1',
    '           UUID : 00000005:00000006:00000007:00000008',
    '     RAID Level : 5 <-- 0',
    '        Members : 2',
    '      Map State : degraded <-- normal',
    '',
  ].join('\n');

test('volumes of Intel firmware RAID', () => {
  const [system, data, ...others] = parseMdadmExamine(`${imsm('sda', 0)}${imsm('sdb', 1)}`);
  assert.deepEqual(system, {
    uuid: '00000001:00000002:00000003:00000004',
    name: 'System',
    level: 'raid1',
    metadata: 'imsm',
    deviceCount: 2,
    state: 'normal',
    sizeBytes: 1024 * 1024,
    members: [
      { device: 'sda', role: '0' },
      { device: 'sdb', role: '1' },
    ],
  });
  assert.deepEqual([data?.name, data?.level, data?.state, data?.members.length], ['Data', 'raid5', 'degraded', 2]);
  assert.deepEqual(others, []);
});

test('virtual disks of a DDF container, on the disks that they lie on', () => {
  const ddf = [
    '/dev/sdc:',
    '          Magic : de11de11',
    '        Version : 01.02.00',
    ' Container GUID : 4C696E75:782D4D44:DEADBEEF:00000000:502D04BE:255CF1BB',
    '                  (Linux-MD 08/16/22 16:33:34)',
    '  Virtual Disks : 2',
    '',
    '      VD GUID[0] : 4C696E75:782D4D44:DEADBEEF:00000000:502D04C9:67A05911',
    '                  (Linux-MD 08/16/22 16:33:45)',
    '         unit[0] : 0',
    '        state[0] : Optimal, Consistent',
    '         Name[0] : vol0',
    ' Raid Devices[0] : 2 (1@0K 0@0K)',
    '   Raid Level[0] : RAID1',
    '   Array Size[0] : 1024',
    '',
    '      VD GUID[1] : 4C696E75:782D4D44:DEADBEEF:00000000:502D04D0:BA95BF7D',
    '         Name[1] : elsewhere',
    ' Raid Devices[1] : 1 (0@0K)',
    '',
    ' Physical Disks : 1023',
    '      Number    RefNo      Size       Device      Type/State',
    '         0    33552859    786432K                 active/Online',
    '         1    1a6ba673    913408K /dev/sdc        active/Online',
    '',
  ].join('\n');
  assert.deepEqual(parseMdadmExamine(ddf), [
    {
      uuid: '4c696e75:782d4d44:deadbeef:00000000:502d04c9:67a05911',
      name: 'vol0',
      level: 'raid1',
      metadata: 'ddf',
      deviceCount: 2,
      state: 'Optimal, Consistent',
      sizeBytes: 1024 * 1024,
      members: [{ device: 'sdc', role: 'device 0', state: 'active/Online' }],
    },
  ]);
});

const report = (kind: string, rows: Record<string, string>[]): string => JSON.stringify({ report: [{ [kind]: rows }], log: [] });

test('volume groups with their disks and volumes, two of one name apart', () => {
  const outputs = {
    'lvm-pvs': report('pv', [
      { pv_name: '/dev/sda2', pv_uuid: 'P1', pv_size: '1000', pv_free: '200', vg_name: 'data', vg_uuid: 'G1' },
      { pv_name: '/dev/sdb', pv_uuid: 'P2', pv_size: '4000', pv_free: '0', vg_name: 'data', vg_uuid: 'G2' },
      { pv_name: '/dev/sdc', pv_uuid: 'P3', pv_size: '500', pv_free: '500', vg_name: '', vg_uuid: '' },
    ]),
    'lvm-vgs': report('vg', [
      { vg_name: 'data', vg_uuid: 'G1', vg_size: '1000', vg_free: '200', vg_missing_pv_count: '0' },
      { vg_name: 'data', vg_uuid: 'G2', vg_size: '8000', vg_free: '0', vg_missing_pv_count: '1' },
    ]),
    'lvm-lvs': report('lv', [
      { vg_uuid: 'G1', lv_name: 'root', lv_uuid: 'L1', lv_size: '800', lv_layout: 'linear' },
      { vg_uuid: 'G2', lv_name: 'mirror', lv_uuid: 'L2', lv_size: '4000', lv_layout: 'raid,raid1' },
    ]),
  };
  assert.deepEqual(dataOf(normalise(fixtureCapture({ outputs })).sections.storage).volumeGroups, [
    {
      name: 'data',
      uuid: 'G1',
      sizeBytes: 1000,
      freeBytes: 200,
      missingDevices: 0,
      physicalVolumes: [{ device: 'sda2', uuid: 'P1', sizeBytes: 1000, freeBytes: 200 }],
      logicalVolumes: [{ name: 'root', uuid: 'L1', sizeBytes: 800, layout: 'linear' }],
    },
    {
      name: 'data',
      uuid: 'G2',
      sizeBytes: 8000,
      freeBytes: 0,
      missingDevices: 1,
      physicalVolumes: [{ device: 'sdb', uuid: 'P2', sizeBytes: 4000, freeBytes: 0 }],
      logicalVolumes: [{ name: 'mirror', uuid: 'L2', sizeBytes: 4000, layout: 'raid,raid1' }],
    },
  ]);
});

test('reports that are none give no volume groups', () => {
  for (const text of ['', '{', '{"report":[]}', '{"report":[{"vg":[{"vg_uuid":"x"}]}]}', 'WARNING: x\n'])
    assert.deepEqual(parseLvmReports({ pvs: undefined, vgs: Buffer.from(text), lvs: undefined }), []);
});
