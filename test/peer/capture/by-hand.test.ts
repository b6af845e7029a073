import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { readDirectory } from '../../../src/peer/capture/explained.ts';

const directoryOf = (context: TestContext, files: Record<string, string>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'recon-test-by-hand-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
};
const DMI = 'Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Rackbau\n\tSerial Number: RB77X1';

test('a text copied by hand may lack its last line end; a wrong ending is said, with the right one', async (context) => {
  const { record, notes } = await readDirectory(directoryOf(context, { 'raw/dmidecode.out': DMI, 'raw/lsusb.txt': 'x\n' }));
  assert.equal(record.sections.system.status === 'ok' ? record.sections.system.data.serial : undefined, 'RB77X1');
  assert.deepEqual(notes, ['raw/lsusb.txt: not understood, its name has to end with .out: raw/lsusb.out']);
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
