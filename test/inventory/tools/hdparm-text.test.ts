import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { parseHdparm } from '../../../src/inventory/tools/hdparm-text.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recording } from '../recordings/recording-files.ts';

const identify = (lines: Record<string, string>) =>
  `\n/dev/sda:\n\nATA device, with non-removable media\n${Object.entries(lines)
    .map(([label, value]) => `\t${label}:      ${value}\n`)
    .join('')}`;

test('recorded hdparm -I, alone in a capture: a disk', () => {
  const samsung = recording('ironlib/fixtures/utils/hdparm/hdparm-i');
  const flash = recording('ironic-python-agent/hardware_samples/HDPARM_INFO_TEMPLATE.txt');
  const disks = dataOf(normalise(fixtureCapture({ outputs: { 'hdparm-sda': samsung, 'hdparm-sdb': flash } })).sections.disks);
  assert.deepEqual(disks, [
    {
      name: 'sda',
      model: 'Samsung SSD 850 EVO 2TB',
      serial: 'S2RLNX0H700433B',
      firmware: 'EMT02B6Q',
      wwn: '0x5002538c40379e5a',
      sizeBytes: 2_000_398_934_016,
      transport: 'sata',
      logicalBlockBytes: 512,
      physicalBlockBytes: 512,
    },
    {
      name: 'sdb',
      model: '7 PIN SATA FDM',
      serial: '20131210000000000023',
      firmware: 'SVN406',
      sizeBytes: 31_016_853_504,
      transport: 'sata',
      logicalBlockBytes: 512,
      physicalBlockBytes: 512,
    },
  ]);
});

test('hdparm -i has it on one line', () => {
  const text = '\n/dev/sda:\n\n Model=EXAMPLE HD 1, FwRev=00000009, SerialNo=K62PT8B2C94A\n Config={ HardSect NotMFM }\n';
  const found = parseHdparm(text);
  assert.deepEqual([found?.model, found?.firmware, found?.serial], ['EXAMPLE HD 1', '00000009', 'K62PT8B2C94A']);
});

test('what is no description of a disk is none', () => {
  for (const text of ['', '/dev/sda:\n SG_IO: bad/missing sense data, sb[]:  70 00 05\n', '/dev/sda: No such file or directory\n']) {
    assert.equal(parseHdparm(text), undefined);
  }
  assert.equal(parseHdparm(identify({ 'Model Number': 'X', 'LBA48  user addressable sectors': '0' }))?.sizeBytes, undefined);
});

test('smartctl goes before hdparm, hdparm before the shortened strings of SCSI', () => {
  const hdparm = identify({ 'Model Number': 'EXAMPLE DISK WITH A LONG NAME', 'Serial Number': 'S-LONG', 'Firmware Revision': 'FW123456' });
  const files = {
    'sys/block/sda/device/model': 'EXAMPLE DISK WIT\n',
    'sys/block/sda/device/rev': '3456\n',
    'sys/block/sda/size': '2048\n',
  };
  const diskOf = (outputs: Record<string, string>) => dataOf(normalise(fixtureCapture({ outputs, files })).sections.disks)[0];
  const disk = diskOf({ 'hdparm-sda': hdparm });
  assert.deepEqual(
    [disk?.model, disk?.serial, disk?.firmware, disk?.sizeBytes],
    ['EXAMPLE DISK WITH A LONG NAME', 'S-LONG', 'FW123456', 2048 * 512],
  );
  const smart = JSON.stringify({ smartctl: { exit_status: 0 }, model_name: 'FROM SMARTCTL', serial_number: 'S-SMART' });
  assert.equal(diskOf({ 'hdparm-sda': hdparm, 'smartctl-sda': smart })?.serial, 'S-SMART');
});

test('a text that was cut off: every line that is whole, and no part of one', () => {
  const text = identify({ 'Model Number': 'EXAMPLE', 'Serial Number': 'SERIAL-0123', 'Firmware Revision': 'FW1' });
  for (let length = 0; length < text.length; length++) {
    const { disks } = normalise(fixtureCapture({ outputs: { 'hdparm-sda': text.slice(0, length) } })).sections;
    const serial = disks.status === 'ok' ? disks.data[0]?.serial : undefined;
    assert.ok(serial === undefined || serial === 'SERIAL-0123', `${serial}`);
  }
});
