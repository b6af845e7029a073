import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { normaliseDisks } from '../../../../src/inventory/sections/storage/disks.ts';
import { type CaptureFixture, dataOf, fixtureCapture, sectionOf } from '../../capture-fixture.ts';

const disksOf = (fixture: CaptureFixture) => dataOf(sectionOf(normaliseDisks, fixture));
const smart = (serial: string, more: object = {}) =>
  JSON.stringify({ smartctl: { exit_status: 0 }, model_name: 'Drive 9', serial_number: serial, ...more });
const lshw = (...disks: [name: string, serial: string][]) =>
  JSON.stringify({
    id: 'host',
    class: 'system',
    children: disks.map(([name, serial], at) => ({
      id: `disk:${at}`,
      class: 'disk',
      logicalname: `/dev/${name}`,
      serial,
      size: 4096 * (at + 1),
    })),
  });

test('one smartctl file beside lshw: the disks that lshw alone knows stay, and the same disk is told once', () => {
  const disks = disksOf({ outputs: { lshw: lshw(['sda', 'Q1'], ['sdb', 'Q2']), 'smartctl-sda': smart('Q1') } });
  assert.deepEqual(
    disks.map(({ name, serial, sizeBytes, model }) => [name, serial, sizeBytes, model]),
    [
      ['sda', 'Q1', 4096, 'Drive 9'],
      ['sdb', 'Q2', 8192, undefined],
    ],
  );
});

test('a disk of the same name with another serial number is not counted twice, and nothing of it is mixed in', () => {
  const disks = disksOf({ outputs: { lshw: lshw(['sda', 'OTHER1']), 'smartctl-sda': smart('Q1') } });
  assert.deepEqual(
    disks.map(({ name, serial, sizeBytes }) => [name, serial, sizeBytes]),
    [['sda', 'Q1', undefined]],
  );
});

test('a drive that smartctl or nvme was asked for by its controller, where nobody knows its namespace', () => {
  const capacity = { nvme_total_capacity: 960197124096 };
  assert.deepEqual(
    disksOf({ outputs: { 'smartctl-nvme4': smart('N4', capacity) } }).map(({ name, serial, sizeBytes }) => [name, serial, sizeBytes]),
    [['nvme4', 'N4', 960197124096]],
  );
  const identity = JSON.stringify({ mn: 'Drive 9', sn: 'N4', fr: '1' });
  assert.deepEqual(
    disksOf({ outputs: { 'nvme-id-ctrl-nvme4': identity } }).map(({ name, serial }) => [name, serial]),
    [['nvme4', 'N4']],
  );
  // two controllers of one drive, and a namespace that is known
  assert.equal(disksOf({ outputs: { 'smartctl-nvme4': smart('N4'), 'smartctl-nvme5': smart('N4') } }).length, 1);
  const lsblk = JSON.stringify({ blockdevices: [{ name: 'nvme4n1', type: 'disk', size: 4096 }] });
  assert.deepEqual(
    disksOf({ outputs: { lsblk, 'smartctl-nvme4': smart('N4') } }).map(({ name, serial }) => [name, serial]),
    [['nvme4n1', 'N4']],
  );
});

test('disks of other drivers that smartctl or hdparm was asked for', () => {
  for (const name of ['vda', 'xvdb', 'mmcblk0', 'dasda', 'cciss!c0d1']) {
    const [disk] = disksOf({ outputs: { [`smartctl-${name}`]: smart('V1') } });
    assert.deepEqual([disk?.name, disk?.serial], [name, 'V1']);
  }
});

test('the page with the serial number that the kernel keeps folds two ways to one drive; a page that is cut off says nothing', () => {
  const page = (serial: string, length = serial.length) => Buffer.concat([Buffer.from([0, 0x80, 0, length]), Buffer.from(serial)]);
  const drive = (name: string, content: Buffer, model = 'DRIVE 9') => ({
    [`sys/block/${name}/size`]: '2048\n',
    [`sys/block/${name}/device/model`]: `${model}\n`,
    [`sys/block/${name}/device/vpd_pg80`]: content,
  });
  const files = {
    ...drive('sda', page('  K77 ')),
    ...drive('sdb', page('K77')),
    ...drive('sdc', page('K78')),
    ...drive('sdd', page('K7', 9)),
  };
  assert.deepEqual(
    disksOf({ files }).map(({ name, serial, paths }) => [name, serial, paths]),
    [
      ['sda', 'K77', ['sda', 'sdb']],
      ['sdc', 'K78', undefined],
      ['sdd', undefined, undefined],
    ],
  );
  // the number of a RAID controller, on each of its volumes
  const volumes = { ...drive('sda', page('R1'), 'LOGICAL VOLUME'), ...drive('sdb', page('R1'), 'LOGICAL VOLUME') };
  assert.equal(disksOf({ files: volumes }).length, 2);
  assert.equal(dataOf(normalise(fixtureCapture({ files })).sections.storage).diskCount, 3);
});

const row = (kname: string, more: object) => ({ kname, type: 'disk', size: 8192, model: 'LUN', ...more });
const lsblk = (...rows: object[]) => JSON.stringify({ blockdevices: rows });

test('two units of one target are two, whatever their serial numbers say, and each has its own ways', () => {
  const unit = (kname: string, hctl: string) => row(kname, { tran: 'sas', serial: 'CTRL1', hctl });
  const rows = [unit('sda', '0:1:0:0'), unit('sdb', '0:1:0:1'), unit('sdc', '1:1:0:1'), unit('sdd', '1:1:0:0')];
  assert.deepEqual(
    disksOf({ outputs: { lsblk: lsblk(...rows) } }).map(({ paths }) => paths),
    [
      ['sda', 'sdd'],
      ['sdb', 'sdc'],
    ],
  );
});

test('one WWN is one disk only when nothing speaks against it', () => {
  const wwn = '0x5000c50012345678';
  const alone = [
    [
      { tran: 'usb', wwn },
      { tran: 'usb', wwn },
    ],
    [
      { tran: 'sata', wwn },
      { tran: 'sata', wwn },
    ],
    [
      { tran: 'sas', wwn, vendor: 'ONE' },
      { tran: 'sas', wwn, vendor: 'TWO' },
    ],
    [
      { tran: 'fc', wwn, hctl: '1:0:0:3' },
      { tran: 'fc', wwn, hctl: '1:0:0:4' },
    ],
    // the maker's number, and none of the drive's own
    [
      { tran: 'nvme', wwn: 'eui.6479a70000000000', serial: 'S' },
      { tran: 'nvme', wwn: 'eui.6479a70000000000', serial: 'S' },
    ],
    [
      { tran: 'sas', wwn: '0x500a0b8000000000' },
      { tran: 'sas', wwn: '0x500a0b8000000000' },
    ],
  ];
  for (const [a = {}, b = {}] of alone) {
    assert.equal(disksOf({ outputs: { lsblk: lsblk(row('sda', a), row('sdb', b)) } }).length, 2, JSON.stringify([a, b]));
  }
  for (const more of [{ tran: 'sas', wwn }, { wwn }, { tran: 'sata', wwn, serial: 'S1' }, { tran: 'fc', wwn }]) {
    assert.equal(disksOf({ outputs: { lsblk: lsblk(row('sda', more), row('sdb', more)) } }).length, 1, JSON.stringify(more));
  }
});
