import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseDisks } from '../../../../src/inventory/sections/storage/disks.ts';
import { parseSmartctl } from '../../../../src/inventory/tools/smartctl/json.ts';
import { type CaptureFixture, dataOf, sectionOf } from '../../capture-fixture.ts';

const row = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  kname: name,
  type: 'disk',
  size: 1000204886016,
  serial: null,
  ...more,
});
const disks = (rows: unknown[], more: CaptureFixture = {}) =>
  dataOf(sectionOf(normaliseDisks, { ...more, outputs: { lsblk: JSON.stringify({ blockdevices: rows }), ...more.outputs } }));

test('only disks of the machine', () => {
  const rows = ['loop0', 'zram0', 'ram0', 'dm-0', 'md127', 'nbd0', 'sr0', 'fd0', 'nvme0c0n1', 'mmcblk0boot0', 'sdb'].map((name) =>
    row(name),
  );
  const children = [row('sda1', { type: 'part' })];
  assert.deepEqual(
    disks([...rows, row('sda', { children })]).map((disk) => disk.name),
    ['sda', 'sdb'],
  );
});

test('order: sdz before sdaa, nvme2n1 before nvme10n1', () => {
  const names = ['sdaa', 'nvme10n1', 'sdz', 'vda', 'nvme2n1'];
  assert.deepEqual(
    disks(names.map((name) => row(name))).map((disk) => disk.name),
    ['nvme2n1', 'nvme10n1', 'sdz', 'sdaa', 'vda'],
  );
});

test('rota and rm as booleans, and as the text of old releases', () => {
  const [a, b, c] = disks([
    row('sda', { rota: true, rm: false }),
    row('sdb', { rota: '1', rm: '0', 'log-sec': '512' }),
    row('sdc', { rota: '0', log_sec: 4096 }),
  ]);
  assert.deepEqual([a?.rotational, a?.removable, b?.rotational, b?.removable, b?.logicalBlockBytes], [true, false, true, false, 512]);
  assert.deepEqual([c?.rotational, c?.logicalBlockBytes], [false, 4096]);
});

test('a drive without a medium is listed and marked', () => {
  const [floppy] = disks([row('sda', { size: 0, model: 'Virtual Floppy' })]);
  assert.deepEqual([floppy?.sizeBytes, floppy?.mediumPresent], [0, false]);
});

test('a serial that udev put behind the model is taken apart', () => {
  const [disk] = disks([row('sda', { model: 'EXAMPLE SH103S3240G', serial: 'EXAMPLE_SH103S3240G_50026B72' })]);
  assert.equal(disk?.serial, '50026B72');
});

test('smartctl knows the whole model and the real serial', () => {
  const smart = {
    smartctl: { exit_status: 64 },
    model_name: 'EXAMPLE MG04ACA400E',
    serial_number: 'X1',
    firmware_version: 'FP2A',
    rotation_rate: 7200,
    smart_status: { passed: false },
    wwn: { naa: 5, oui: 57, id: 38721820 },
    temperature: { current: 31 },
    power_on_time: { hours: 42 },
  };
  const [disk] = disks([row('sda', { model: 'EXAMPLE MG04ACA4', vendor: 'ATA     ', tran: 'sata', hctl: '0:0:0:0' })], {
    outputs: { 'smartctl-sda': JSON.stringify(smart) },
  });
  assert.deepEqual(disk, {
    name: 'sda',
    sizeBytes: 1000204886016,
    model: 'EXAMPLE MG04ACA400E',
    serial: 'X1',
    wwn: '0x50000390024ed91c',
    firmware: 'FP2A',
    rotationRpm: 7200,
    transport: 'sata',
    hctl: '0:0:0:0',
    smartPassed: false,
    temperatureCelsius: 31,
    powerOnHours: 42,
  });
});

test('smartctl exit status is a bit mask', () => {
  const withStatus = (exit_status: number) => parseSmartctl(Buffer.from(JSON.stringify({ smartctl: { exit_status }, serial_number: 'S' })));
  for (const status of [0, 4, 8, 64, 216]) assert.equal(withStatus(status)?.serial, 'S', `status ${status}`);
  for (const status of [1, 2, 3]) assert.equal(withStatus(status), undefined, `status ${status}`);
});

test('SAS: vendor, product and revision instead of a firmware version', () => {
  const sas = {
    scsi_vendor: 'HITACHI',
    scsi_product: 'H1090',
    scsi_model_name: 'HITACHI H1090',
    scsi_revision: 'A31A',
    logical_unit_id: '0x5000CCA01234ABCD',
    serial_number: 'K1',
  };
  const [disk] = disks([row('sda')], { outputs: { 'smartctl-sda': JSON.stringify(sas) } });
  assert.deepEqual([disk?.vendor, disk?.model, disk?.firmware, disk?.wwn], ['HITACHI', 'H1090', 'A31A', '0x5000cca01234abcd']);
});

test('NVMe without smartctl: identity of the controller, temperature from kelvin', () => {
  const outputs = {
    'nvme-id-ctrl-nvme0': JSON.stringify({ sn: 'N1   ', mn: 'Example NVMe   ', fr: '1.0 ' }),
    'nvme-smart-log-nvme0': JSON.stringify({ critical_warning: 0, temperature: 310, power_on_hours: 7 }),
  };
  const [disk] = disks([row('nvme0n1')], { outputs });
  assert.deepEqual([disk?.serial, disk?.model, disk?.firmware, disk?.transport], ['N1', 'Example NVMe', '1.0', 'nvme']);
  assert.deepEqual([disk?.smartPassed, disk?.temperatureCelsius, disk?.powerOnHours], [true, 37, 7]);
});

test('/sys/block alone is enough, and tells virtual from real', () => {
  const files = {
    'sys/block/sda/size': '2048\n',
    'sys/block/sda/device/model': 'DISK            \n',
    'sys/block/sda/device/wwid': 'naa.5000c500a0b1c2d3\n',
    'sys/block/dummy0/size': '8\n',
  };
  const links = {
    'sys/block/sda': 'sys/devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sda',
    'sys/block/dummy0': 'sys/devices/virtual/block/dummy0',
  };
  const data = dataOf(sectionOf(normaliseDisks, { files, links }));
  assert.deepEqual(data, [
    { name: 'sda', sizeBytes: 1048576, model: 'DISK', wwn: '0x5000c500a0b1c2d3', hctl: '0:0:0:0', pciAddress: '0000:00:1f.2' },
  ]);
});

test('no lsblk and no /sys: absent when it is not installed, failed when it hung', () => {
  const command = { id: 'lsblk', argv: ['lsblk'], durationMs: 45000 };
  assert.equal(sectionOf(normaliseDisks, { commands: [{ ...command, status: 'absent' }] }).status, 'absent');
  assert.deepEqual(sectionOf(normaliseDisks, { commands: [{ ...command, status: 'timeout' }] }), {
    status: 'failed',
    reason: 'lsblk: no end after 45 s',
  });
});
