import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { readDirectory } from '../../../src/peer/capture/explained.ts';
import { dataOf } from '../../inventory/capture-fixture.ts';

const directoryOf = (context: TestContext, files: Record<string, string | Buffer>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'recon-test-by-hand-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
};
const DMI = 'Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Rackbau\n\tSerial Number: RB77X1';

test('a text copied by hand may lack its last line end; another ending is none the worse', async (context) => {
  const { record, notes } = await readDirectory(
    directoryOf(context, { 'raw/dmidecode.out': DMI, 'raw/lsusb.txt': 'x\n', 'raw/dmidecode.txt': DMI }),
  );
  assert.equal(record.sections.system.status === 'ok' ? record.sections.system.data.serial : undefined, 'RB77X1');
  assert.deepEqual(notes, [
    'raw/dmidecode.txt: not understood, raw/dmidecode.out is the output of the same command',
    'raw/lsusb.txt: not understood, expected: lsusb',
  ]);
});

test('of a capture that recon wrote, a last line without an end was cut off', async (context) => {
  const index = { captureVersion: 1, commands: [{ id: 'dmidecode', argv: [], status: 'ok', durationMs: 1 }] };
  const { record } = await readDirectory(directoryOf(context, { 'raw/dmidecode.out': DMI, 'capture.json': JSON.stringify(index) }));
  assert.equal(record.sections.system.status === 'ok' ? record.sections.system.data.serial : undefined, undefined);
});

test('a capture.json that only tells where links lead', async (context) => {
  const index = { captureVersion: 1, links: { 'sys/class/net/eno3': 'sys/devices/pci0000:00/0000:31:00.0/net/eno3' } };
  const files = { 'raw/ethtool-eno3.out': '\tSpeed: 1000Mb/s\n', 'capture.json': JSON.stringify(index) };
  const { record, explained } = await readDirectory(directoryOf(context, files));
  const [nic] = record.sections.nics.status === 'ok' ? record.sections.nics.data : [];
  assert.deepEqual([nic?.pciAddress, nic?.speedMbps], ['0000:31:00.0', 1000]);
  assert.ok(explained().includes('nics[0].name = eno3'), explained().join('\n'));
});

const serialIn = async (directory: string) => {
  const { record, notes } = await readDirectory(directory);
  return { serial: record.sections.system.status === 'ok' ? record.sections.system.data.serial : undefined, notes, record };
};

for (const [name, bytes] of [
  ['dmidecode.txt', DMI],
  ['rack7 dmidecode (2).log', `${DMI}\n`],
  ['srv01_dmidecode_2024-05-01.txt', DMI.replaceAll('\n', '\r\n')],
  ['dmidecode.out', `\ufeff${DMI}`],
  ['dmidecode.out.gz', gzipSync(DMI)],
  ['dmidecode-Süd.txt.zst', zstdCompressSync(DMI)],
  ['dmidecode-windows.txt', Buffer.from(`\ufeff${DMI}`, 'utf16le')],
] as const) {
  test(`raw/${name} is read`, async (context) => {
    const { serial, notes, record } = await serialIn(directoryOf(context, { [`raw/${name}`]: bytes }));
    assert.deepEqual([serial, notes, record.rawFiles], ['RB77X1', [], undefined]);
    const file = name === 'dmidecode.out' ? undefined : `raw/${name}`;
    assert.deepEqual(
      record.collectors.map((row) => row.file),
      [file],
      'the record says where it was read',
    );
  });
}

test('what cannot be read is told: packed, broken, links, directories, and files elsewhere', async (context) => {
  const files = {
    'raw/lspci.out': '',
    'raw/lsusb.txt.xz': 'x',
    'raw/lshw.tar.gz': 'x',
    'raw/lscpu.gz': 'x',
    'raw/lsblk.out/data': 'x',
    'notes.txt': 'x',
  };
  const directory = directoryOf(context, files);
  mkdirSync(join(directory, 'raw/ibstat.out'));
  symlinkSync('lspci.out', join(directory, 'raw/efibootmgr.out'));
  const { notes } = await serialIn(directory);
  assert.deepEqual(notes, [
    'notes.txt: not understood, it lies beside raw/ and fs/, where nothing is read',
    'raw/efibootmgr.out: not understood, a link, and links are not followed',
    'raw/ibstat.out: not understood, an empty directory',
    'raw/lsblk.out/data: not understood, expected: lsblk --json',
    'raw/lscpu.gz: not understood, it cannot be unpacked: Z_BUF_ERROR',
    'raw/lshw.tar.gz: not understood, packed (.tar.gz): unpack it first',
    'raw/lspci.out: empty',
    'raw/lsusb.txt.xz: not understood, packed (.xz): unpack it first',
  ]);
});

test('a file that was added to a capture of recon is read, too, and one that its capture.json names may be packed', async (context) => {
  const commands = ['dmidecode', 'lsusb'].map((id) => ({ id, argv: [id], status: 'ok', durationMs: 1 }));
  const files = {
    'capture.json': JSON.stringify({ captureVersion: 1, commands }),
    'raw/lsusb.out': 'Bus 001 Device 002: ID 046b:ff10 Maus\n',
    'raw/dmidecode.out.gz': gzipSync(`${DMI}\n`),
    'raw/megacli PDList.txt': 'Adapter #0\nEnclosure Device ID: 32\nSlot Number: 1\n',
  };
  const { serial, notes, record } = await serialIn(directoryOf(context, files));
  assert.deepEqual([serial, notes], ['RB77X1', []]);
  assert.equal(dataOf(record.sections.storage).controllers?.length, 1);
  assert.deepEqual(
    record.collectors.map(({ id }) => id),
    ['dmidecode', 'lsusb', 'megacli PDList'],
  );
});

test('texts of two machines in one directory are not slices of one, and the second is told', async (context) => {
  const machine = (serial: string, module: string) =>
    `Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tSerial Number: ${serial}\n\nHandle 0x0011, DMI type 17, 40 bytes\nMemory Device\n\tSize: 16 GB\n\tSerial Number: ${module}\n`;
  const files = {
    'raw/dmidecode-rack7.txt': machine('RB77X1', '4A3B0177'),
    'raw/dmidecode-rack8.txt': machine('RB88X2', '4A3B0188'),
    'raw/dmidecode-rack7-bios.txt': 'Handle 0x0000, DMI type 0, 24 bytes\nBIOS Information\n\tVendor: Firma\n',
  };
  const { serial, notes, record } = await serialIn(directoryOf(context, files));
  assert.equal(serial, 'RB77X1');
  assert.deepEqual(
    dataOf(record.sections.memory).dimms.map((dimm) => dimm.serial),
    ['4A3B0177'],
  );
  assert.equal(dataOf(record.sections.firmware).vendor, 'Firma');
  assert.deepEqual(notes, ['raw/dmidecode-rack8.txt: not understood, expected: the text of dmidecode, of one machine']);
});

test('copies of /proc/cpuinfo and /proc/meminfo are taken for what they are', async (context) => {
  const files = { 'raw/cpuinfo.txt': 'processor : 0\nmodel name : Zentral 9\n', 'raw/meminfo.txt': 'MemTotal:  1024 kB' };
  const { record, notes } = await serialIn(directoryOf(context, files));
  assert.equal(record.sections.cpu.status === 'ok' && record.sections.cpu.data.model, 'Zentral 9');
  assert.equal(record.sections.memory.status === 'ok' && record.sections.memory.data.totalBytes, 1_048_576);
  assert.deepEqual(notes, []);
});
