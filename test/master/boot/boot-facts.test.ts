import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bootFactsOf, bootPciAddress, memoryBytesOf, pciIdOf } from '../../../src/master/boot/boot-facts.ts';

const GIB = 1024 ** 3;

describe('what iPXE says of a machine', () => {
  it('is read as Debian 13 sends it from undionly.kpxe', () => {
    const query = new URLSearchParams(
      'uuid=11111111-2222-3333-4444-555555555555&serial=SN%261&product=Box&manufacturer=ACME&board=BRD1&chassis=CH1&asset=A9&bios=B1.2&buildarch=i386&platform=pcbios&chip=undionly&busid=018086100e&busloc=0x18&dimms=.000100000000&ranges=.00000000ffff0300',
    );
    assert.deepEqual(bootFactsOf(Object.fromEntries(query)), {
      vendor: 'ACME',
      product: 'Box',
      serial: 'SN&1',
      uuid: '11111111-2222-3333-4444-555555555555',
      boardSerial: 'BRD1',
      chassisSerial: 'CH1',
      assetTag: 'A9',
      firmwareVersion: 'B1.2',
      platform: 'pcbios',
      buildArchitecture: 'i386',
      nicPciId: '8086:100e',
      nicAddress: '0000:00:03.0',
      nicChip: 'undionly',
      memoryBytes: GIB / 4,
    });
  });
  it('is nothing when iPXE knows nothing', () => {
    assert.equal(bootFactsOf({}), undefined);
    assert.equal(bootFactsOf({ uuid: '', serial: '', dimms: '', ranges: '', busid: '', busloc: '' }), undefined);
  });
  it('loses what is hostile, and is short', () => {
    const facts = bootFactsOf({
      serial: ['a', 'b'],
      product: 'x\u001b[2J\r\ny',
      manufacturer: 'v'.repeat(10_000),
      busid: '<script>',
      busloc: '99999999999',
      dimms: '.'.repeat(100_000),
      ranges: '.zzzz',
      memoryBytes: '1',
    });
    assert.deepEqual(facts, { product: 'x [2J y', vendor: 'v'.repeat(100) });
  });
});

const ids: [busId: string, id: string | undefined][] = [
  ['0180861592', '8086:1592'],
  ['01ABCD00EF', 'abcd:00ef'],
  ['0280861592', undefined],
  ['0100000000', undefined],
  ['01ffffffff', undefined],
  ['', undefined],
];
for (const [busId, id] of ids) it(`bus id ${busId || 'missing'} is ${id ?? 'none'}`, () => assert.equal(pciIdOf(busId), id));

const places: [location: string, address: string | undefined][] = [
  ['0x18', '0000:00:03.0'],
  ['24', '0000:00:03.0'],
  ['0x01d3f9', '0001:d3:1f.1'],
  ['0x', undefined],
  ['-1', undefined],
];
for (const [location, address] of places)
  it(`bus location ${location} is ${address ?? 'none'}`, () => assert.equal(bootPciAddress(location), address));

const memories: [dimms: string, ranges: string, bytes: number | undefined, why: string][] = [
  ['.000400000000.0004', '', 2 * GIB, 'two modules of 1 GiB, the second of a structure without extended size'],
  ['.ff7f00000100', '', 64 * GIB, 'extended size'],
  ['.0000.ffff', '.00000000ffff0f00', GIB, 'no module of a known size: the ranges'],
  ['.0080', '', undefined, 'a size of zero KiB'],
  ['.0084', '', undefined, 'a flash chip of 1 MiB in KiB, and nothing else'],
  ['.00840000.0002', '', 513 * 1024 ** 2, 'a size in KiB beside one in MiB'],
  ['.0001.0000', '.00000000ffff3f00', 4 * GIB, 'modules and ranges differ: the larger'],
  ['.0001.ffff', '', undefined, 'one module of a known size and one without'],
  ['', '.00000000ffff2f00.00004000ffff4f00', 4 * GIB, 'two ranges around the hole below 4 GiB'],
  ['', '.ffffffffffffffff', undefined, 'addresses in fields that are not asked for'],
];
for (const [dimms, ranges, bytes, why] of memories) it(`memory: ${why}`, () => assert.equal(memoryBytesOf(dimms, ranges), bytes));
