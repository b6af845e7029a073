import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { countIn, recording, recordings } from './recording-files.ts';

/** dmidecode writes the entry point first and the table behind it. */
const TABLE_AT = 0x20;

/** The structures of one type, by nothing but their lengths (SMBIOS 6.1.2): type, length, then strings up to two zero bytes. */
function structuresOf(dump: Buffer, type: number): Buffer[] {
  const found: Buffer[] = [];
  for (let at = TABLE_AT; at + 4 < dump.length && dump[at] !== 127; ) {
    const length = dump[at + 1] ?? 0;
    if (length < 4) break;
    if (dump[at] === type) found.push(dump.subarray(at, at + length));
    const end = dump.indexOf('\0\0', at + length, 'latin1');
    if (end < 0) break;
    at = end + 2;
  }
  return found;
}

/** SMBIOS 7.18: size at 0Ch in MiB or KiB, and at 1Ch where it does not fit; undefined is unknown, 0 is an empty slot. */
function sizeBytes(device: Buffer): number | undefined {
  const size = device.readUInt16LE(0x0c);
  if (size === 0xffff) return undefined;
  if (size === 0x7fff) return device.readUInt32LE(0x1c) * 1024 ** 2;
  return (size & 0x7fff) * ((size & 0x8000) === 0 ? 1024 ** 2 : 1024);
}

/** SMBIOS 7.17.3. */
const CORRECTION: Readonly<Record<number, string>> = { 3: 'None', 4: 'Parity', 5: 'Single-bit ECC', 6: 'Multi-bit ECC', 7: 'CRC' };

test('binary tables: slots, sizes, widths and ECC as the bytes say, read from the text of dmidecode', () => {
  const dumps = recordings('u-root-smbios/').filter((path) => path.endsWith('.bin'));
  assert.ok(dumps.length >= countIn({ repository: 2, fullSet: 3 }));
  for (const path of dumps) {
    const dump = recording(path);
    const name = path.split('/').at(-1)?.replace('.bin', '') ?? '';
    const devices = structuresOf(dump, 17);
    assert.ok(devices.length > 0, path);
    for (const text of [path.replace('.bin', '.orig.txt'), `derived/dmidecode-3.4-from-dump/${name}.txt`]) {
      const memory = dataOf(normalise(fixtureCapture({ outputs: { dmidecode: recording(text) } })).sections.memory);
      assert.deepEqual(
        memory.dimms.map((dimm) => [dimm.populated, dimm.sizeBytes]),
        devices.map((device) => [sizeBytes(device) !== 0, sizeBytes(device) || undefined]),
        text,
      );
      const fitted = devices.filter((device) => sizeBytes(device) !== 0);
      assert.deepEqual(
        memory.dimms.filter((dimm) => dimm.populated).map((dimm) => [dimm.totalWidthBits, dimm.dataWidthBits]),
        fitted.map((device) =>
          [device.readUInt16LE(8), device.readUInt16LE(10)].map((bits) => (bits === 0xffff || bits === 0 ? undefined : bits)),
        ),
        text,
      );
      const arrays = structuresOf(dump, 16).filter((array) => array[5] === 3);
      assert.equal(memory.ecc, CORRECTION[arrays[0]?.[6] ?? 0], text);
      assert.equal(
        memory.installedBytes,
        fitted.reduce((sum, device) => sum + (sizeBytes(device) ?? 0), 0),
        text,
      );
    }
  }
});
