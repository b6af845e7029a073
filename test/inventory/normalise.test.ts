import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { dataOf, dmiText, fixtureCapture } from './capture-fixture.ts';

test('an empty capture gives a valid record in which everything is absent', () => {
  const record = NodeRecord.parse(normalise(fixtureCapture({})));
  assert.deepEqual(new Set(Object.values(record.sections).map((section) => (section as { status: string }).status)), new Set(['absent']));
});

test('a section whose reader throws is failed with the reason, and the others stand', () => {
  const sound = fixtureCapture({ files: { 'proc/version': 'Linux version 6.12.1-amd64 (x)\n' } });
  const broken = {
    ...sound,
    output: (id: string) => {
      if (id === 'lspci') throw new Error('the medium is gone');
      return sound.output(id);
    },
  };
  const { sections } = NodeRecord.parse(normalise(broken));
  assert.deepEqual(sections.pci, { status: 'failed', reason: 'the medium is gone' });
  assert.deepEqual(sections.kernel, { status: 'ok', data: { release: '6.12.1-amd64' } });
});

test('every command is a row, a failed one with its last words', () => {
  const files = new Map([
    ['raw/lspci.err', Buffer.from('warning\npcilib: Cannot open /proc/bus/pci\n')],
    [
      'capture.json',
      Buffer.from(
        JSON.stringify({
          captureVersion: 1,
          commands: [
            { id: 'lscpu', argv: ['lscpu'], status: 'ok', exitCode: 0, durationMs: 4 },
            { id: 'lspci', argv: ['lspci'], status: 'failed', exitCode: 1, durationMs: 9 },
            { id: 'lsblk', argv: ['lsblk'], status: 'timeout', durationMs: 45000 },
            { id: 'smartctl-sda', argv: ['smartctl'], status: 'failed', signal: 'SIGSEGV', durationMs: 1 },
          ],
        }),
      ),
    ],
  ]);
  const record = NodeRecord.parse(normalise(captureFromFiles(files)));
  assert.deepEqual(record.collectors, [
    { id: 'lscpu', status: 'ok', durationMs: 4 },
    { id: 'lspci', status: 'failed', durationMs: 9, reason: 'exit code 1: pcilib: Cannot open /proc/bus/pci' },
    { id: 'lsblk', status: 'timeout', durationMs: 45000, reason: 'no end after 45 s' },
    { id: 'smartctl-sda', status: 'failed', durationMs: 1, reason: 'ended by SIGSEGV' },
  ]);
  assert.equal(record.sections.disks.durationMs, 45000);
  assert.equal(record.sections.pci.status, 'failed');
});

for (const [section, id] of [
  ['disks', 'hdparm-sda'],
  ['disks', 'multipath'],
  ['disks', 'nvme-list'],
  ['disks', 'sg-ses-0:0:8:0'],
  ['disks', 'smartctl-sda'],
  ['firmware', 'efibootmgr'],
  ['gpus', 'nvidia-smi'],
  ['gpus', 'rocm-smi'],
  ['network', 'ibstat'],
  ['nics', 'lldpctl'],
  ['storage', 'lvm-pvs'],
  ['storage', 'mdadm-detail'],
] as const) {
  test(`${section} took as long as ${id}, which it is read from`, () => {
    const commands = [{ id, argv: [id], status: 'ok', exitCode: 0, durationMs: 7 }];
    const files = new Map([['capture.json', Buffer.from(JSON.stringify({ captureVersion: 1, commands }))]]);
    assert.equal(normalise(captureFromFiles(files)).sections[section]?.durationMs, 7);
  });
}

test('the same capture gives the same bytes', () => {
  const capture = () => fixtureCapture({ outputs: { dmidecode: dmiText([1, 'System Information', { Manufacturer: 'Example' }]) } });
  assert.equal(JSON.stringify(normalise(capture())), JSON.stringify(normalise(capture())));
});

test('a directory without a sound capture.json is refused by name', () => {
  assert.throws(() => captureFromFiles(new Map()), { code: 'capture-unreadable' });
  for (const text of ['{', '{"captureVersion": 2, "commands": []}', '[]']) {
    assert.throws(() => captureFromFiles(new Map([['capture.json', Buffer.from(text)]])), { code: 'capture-unreadable' });
  }
});

test('a dmidecode text that ends anywhere gives a valid record with no more than the whole', () => {
  const dimm = { Size: '16 GB', 'Total Width': '72 bits', 'Data Width': '64 bits', 'Serial Number': 'AB12' };
  const text = dmiText(
    [0, 'BIOS Information', { Vendor: 'V', Version: '1' }],
    [1, 'System Information', { Manufacturer: 'Example', 'Serial Number': 'S1', UUID: 'abcd0000-1111-2222-3333-444455556666' }],
    [3, 'Chassis Information', { Type: 'Other' }],
    [16, 'Physical Memory Array', { Use: 'System Memory', 'Error Correction Type': 'Multi-bit ECC' }],
    [17, 'Memory Device', { ...dimm, Locator: 'A1' }],
    [17, 'Memory Device', { ...dimm, Locator: 'A2' }],
  );
  for (let length = 0; length <= text.length; length++) {
    const record = NodeRecord.parse(normalise(fixtureCapture({ outputs: { dmidecode: text.slice(0, length) } })));
    const dimms = record.sections.memory.status === 'ok' ? record.sections.memory.data.dimms.length : 0;
    assert.ok(dimms <= 2, `${dimms} DIMMs in the first ${length} characters`);
  }
  assert.equal(dataOf(normalise(fixtureCapture({ outputs: { dmidecode: text } })).sections.memory).dimms.length, 2);
});
