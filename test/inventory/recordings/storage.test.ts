import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { parseMdadmExamine } from '../../../src/inventory/tools/mdadm-text.ts';
import { parseSmartctl } from '../../../src/inventory/tools/smartctl/json.ts';
import { parseSsacli } from '../../../src/inventory/tools/ssacli-text.ts';
import { parseStorcli } from '../../../src/inventory/tools/storcli/storcli.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { countIn, recording, recordings } from './recording-files.ts';

const matching = (beginning: string, pattern: RegExp): string[] => recordings(beginning).filter((path) => pattern.test(path));

test('a drive behind a controller is in the record, and only once', () => {
  const smart = recording('telegraf/plugins/inputs/smartctl/testcases_device/megaraid/response.json');
  const { storage } = normalise(fixtureCapture({ outputs: { 'smartctl-behind-megaraid-14-bus-6': smart } })).sections;
  assert.ok(storage !== undefined);
  const { hiddenDrives: drives } = dataOf(storage);
  assert.deepEqual(
    drives?.map((drive) => [drive.serial, drive.deviceId, drive.smartctlType, drive.sizeBytes]),
    [['ZAD2C11G', '14', 'sat+megaraid,14', 6001175126016]],
  );
});

test('smartctl_exporter: every drive with model, hours or defects as the file has them', () => {
  for (const path of matching('smartctl_exporter/testdata/', /\.json$/)) {
    const root = JSON.parse(recording(path).toString('utf8'));
    const smart = parseSmartctl(recording(path));
    assert.equal(smart?.health.grownDefects, root.scsi_grown_defect_list, path);
    const attributes: { id: number; name: string; value: number }[] = root.ata_smart_attributes?.table ?? [];
    const left = attributes.find(({ name }) => /^(Percent_Lifetime_Remain|Media_Wearout_Indicator|Wear_Leveling_Count)$/.test(name))?.value;
    const worn = root.nvme_smart_health_information_log?.percentage_used ?? (left === undefined ? undefined : 100 - left);
    assert.equal(smart?.health.wearPercent, worn, path);
    assert.equal(smart?.health.powerOnHours, root.power_on_time?.hours, path);
    assert.equal(smart?.formFactor, root.form_factor?.name, path);
    assert.equal(
      smart?.transport,
      /\/sat-/.test(path) ? 'sata' : /\/nvme-/.test(path) ? 'nvme' : /HITACHI/.test(path) ? 'sas' : undefined,
      path,
    );
  }
});

test('pystorcli2 and ironlib: every physical and virtual drive of the tables, and failures said', () => {
  const paths = [
    ...matching('pystorcli2/tests/datatest/', /show(_all)?_J\.json$/),
    ...matching('ironlib/fixtures/utils/storecli/', /\.json$/),
  ];
  assert.ok(paths.length >= countIn({ repository: 9, fullSet: 21 }), `only ${paths.length} answers found`);
  for (const path of paths) {
    const text = recording(path).toString('utf8');
    const { controllers, problems } = parseStorcli([Buffer.from(text)], 'storcli');
    const slots = new Set([...text.matchAll(/"EID:Slt"\s*:\s*"([^"]*)"/g)].map((match) => match[1]));
    const volumes = new Set([...text.matchAll(/"DG\/VD"\s*:\s*"([^"]*)"/g)].map((match) => match[1]));
    if (!/test0[13]\/_show/.test(path) && controllers.length < 2) {
      assert.equal(controllers.flatMap((controller) => controller.physicalDrives).length, slots.size, `${path}: drives`);
      assert.equal(controllers.flatMap((controller) => controller.virtualDrives).length, volumes.size, `${path}: volumes`);
    }
    assert.equal(problems.length > 0, /"Status"\s*:\s*"Failure"/.test(text), `${path}: ${problems}`);
  }
});

test('ironlib: the fields of an HBA, with blanks taken away', () => {
  const { controllers } = parseStorcli([recording('ironlib/fixtures/utils/storecli/show.json')], 'storcli');
  const [hba] = controllers;
  assert.deepEqual(
    [hba?.model, hba?.serial, hba?.sasAddress, hba?.pciAddress, hba?.firmware, hba?.physicalDrives.length],
    ['LSI3008-IT', '500304801c71e8d0', '500304801c71e8d0', '0000:3d:00.0', '16.00.01.00', 12],
  );
  assert.deepEqual(hba?.physicalDrives[11], {
    enclosure: '12',
    slot: '11',
    deviceId: '11',
    state: 'UGood',
    sizeText: '7.277 TB',
    interface: 'SATA',
    medium: 'HDD',
    model: 'HGST HUS728T8TALE6L4',
  });
});

test('an answer that is a failure leaves a problem and invents no controller', () => {
  const outputs = { 'storcli-controllers': recording('ironlib/fixtures/utils/storecli/show_nocontrollers.json') };
  const { storage } = normalise(fixtureCapture({ outputs })).sections;
  assert.ok(storage !== undefined);
  assert.deepEqual(dataOf(storage), { problems: ['controller 0: Controller 0 not found'] });
});

test('hardware: logical and physical drives of ssacli', () => {
  const [controller] = parseSsacli(recording('hardware/hardware/tests/samples/ctrl_ld_show').toString('utf8'));
  assert.equal(controller?.model, 'Smart Array P420');
  assert.deepEqual(controller?.virtualDrives, [
    {
      id: '1',
      driveGroup: 'A',
      level: 'RAID1',
      state: 'OK',
      sizeText: '93.1 GB',
      name: 'A299BBB1PDKRH0ARH4F1R6D4B9',
      cache: 'Enabled',
      device: 'sda',
    },
  ]);
  assert.deepEqual(
    controller?.physicalDrives.map((drive) => [drive.slot, drive.interface, drive.sizeText, drive.state]),
    [
      ['2I:1:7', 'Solid State SATA', '100 GB', 'OK'],
      ['2I:1:8', 'Solid State SATA', '100 GB', 'OK'],
    ],
  );
});

test('jc: mdadm --examine agrees with the parsed form beside it', () => {
  const paths = matching('jc/tests/fixtures/generic/mdadm-examine', /\.out$/);
  assert.ok(paths.length >= countIn({ repository: 9, fullSet: 11 }), `only ${paths.length} texts found`);
  for (const path of paths) {
    const answer = JSON.parse(recording(path.replace(/out$/, 'json')).toString('utf8'));
    const arrays = parseMdadmExamine(recording(path).toString('utf8'));
    for (const expected of Array.isArray(answer) ? answer : [answer]) {
      const uuid: string | undefined = (expected.array_uuid ?? expected.uuid)?.slice(0, 35).toLowerCase();
      if (uuid === undefined || expected.magic !== 'a92b4efc' || !/^[0-9a-f]{8}:/.test(uuid)) continue;
      const array = arrays.find((found) => found.uuid === uuid);
      assert.equal(array?.level, expected.raid_level, path);
      assert.equal(array?.deviceCount, expected.raid_devices, path);
      assert.equal(array?.name, expected.name_val ?? expected.name?.split(' ')[0], path);
      assert.ok(
        array?.members.some((member) => `/dev/${member.device}` === expected.device),
        path,
      );
      if (expected.device_role !== undefined) assert.equal(array?.members[0]?.role, expected.device_role, path);
    }
  }
});

test('ironic: disks of lsblk, each once', () => {
  for (const path of ['BLK_DEVICE_TEMPLATE', 'RAID_BLK_DEVICE_TEMPLATE', 'BLK_DEVICE_TEMPLATE_SMALL'].map(
    (name) => `ironic-python-agent/hardware_samples/${name}.json`,
  )) {
    const rows: { kname: string; type: string; size: number | string }[] = JSON.parse(recording(path).toString('utf8')).blockdevices;
    const wanted = new Map<string, number>();
    for (const row of rows) {
      if (row.type === 'disk' && !/^(zram|loop|ram|fd)/.test(row.kname) && !wanted.has(row.kname)) wanted.set(row.kname, Number(row.size));
    }
    const disks = dataOf(normalise(fixtureCapture({ outputs: { lsblk: recording(path) } })).sections.disks);
    assert.deepEqual(new Set(disks.flatMap((disk) => disk.paths ?? [disk.name])), new Set(wanted.keys()), path);
    for (const disk of disks) assert.equal(disk.sizeBytes, wanted.get(disk.name), `${path}: ${disk.name}`);
  }
});
