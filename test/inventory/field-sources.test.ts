import assert from 'node:assert/strict';
import test from 'node:test';
import { recordFields } from '../../src/domain/record/record-schema.ts';
import { TOLD_FIELDS } from '../../src/domain/record/told-fields.ts';
import { withIndexByHand } from '../../src/inventory/capture-by-hand.ts';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { captureExamples } from './capture-document.ts';
import { fixtureCapture } from './capture-fixture.ts';
import { fieldSources } from './field-sources.ts';
import { leavesOf } from './properties/record-leaves.ts';

/** Values of every form that a field may have: names, numbers, sizes, states, addresses, dates. */
const VALUES = [
  ...[
    'Karte 7X',
    'SNR77A1',
    '42',
    '7',
    '1',
    '0',
    '2 U',
    '32 GB',
    '3200 MT/s',
    '2400 MHz',
    '80 bits',
    '64 bits',
    '800 W',
    '5400 rpm',
    'DDR5',
  ],
  ...[
    'Unpopulated',
    'Populated, Disabled By BIOS',
    'No Module Installed',
    'Present, Critical',
    'Present, OK',
    'In Use',
    'Available',
    'Yes',
    'No',
    'OK',
  ],
  ...[
    'Multi-bit ECC',
    'Motherboard',
    'PCI Express',
    '0000:3b:00.0',
    'Rack Mount Chassis',
    'Intel Optane',
    '0x80CE',
    '00CE',
    '4c4c4544-0044-3510-8052-b4c04f564433',
  ],
  ...[
    '0x21000024ff123457',
    '0x500605b00a1b2c31',
    '0x1234',
    '0x020000',
    '52:54:00:a1:00:09',
    '192.0.2.9',
    'DHCP Address',
    '2001:db8::9',
    '5 %',
    '12%',
    'true',
  ],
  ...[
    '02/14/2023',
    '02/14/2023 10:12:44',
    '0002:c903:00a1:b2c4',
    '0x0002c90300a1b2c4',
    'fe80:0000:0000:0000:0002:c903:00a1:b2c4',
    '4: ACTIVE',
    '5: LinkUp',
    '100 Gb/sec (4X EDR)',
  ],
  ...[
    '8.0 GT/s PCIe',
    '16',
    '10000',
    'full',
    '1500',
    'up',
    '10 21',
    'Node 0 MemTotal: 1024 kB\n',
    '2048K',
    'Data',
    'MemTotal: 1024 kB\n',
    'Linux version 6.1.0 x\n',
    '9',
    '0-7',
  ],
  ...[
    'nn: BOOTIF=01-52-54-00-a1-00-09',
    'BOOTIF=01-52-54-00-a1-00-09',
    '[none] integrity',
    'none [integrity]',
    '5000c500a1b2c3d400000000deadbe01',
    'aa bb cc dd ee ff 00 11',
  ],
  ...[
    'DRIVER=cdc_ether\n',
    '02/14/2099',
    'Manufacturer: X\nType: 8561\nModel: 703\nSequence Code: 00A1B27\n',
    '7813F8W',
    '00AD063200AD',
    '0xAD00',
    'Bank 1, Hex 0xCE',
    'processor : 0\nvendor_id : X\nmodel name : Z\nmicrocode : 0x2b\nflags : lm vmx\nphysical id : 0\ncore id : 0\n',
    'naa.5000c500a1b2c3d4',
    'Server Bay 3',
    'Bay 3',
    'pci:v00001AF5d00001016sv00001AF6sd00000025bc02sc00i00',
  ],
] as const;

const valuesAt = (field: string, fixture: Parameters<typeof fixtureCapture>[0]) =>
  JSON.stringify(
    leavesOf(normalise(fixtureCapture(fixture)))
      .filter(({ path }) => path.replaceAll('[]', '').startsWith(field.replaceAll('[]', '')))
      .map(({ value }) => value),
  );

/** Fields without a value in any example, and whose sources are read by tests of their own. */
const TESTED_ELSEWHERE: readonly RegExp[] = [
  // variables of the firmware are bytes
  /^firmware\.(secureBoot|setupMode|bootOrder\[\]\.(kind|mac))$/,
  // folders with many files
  /^cpu\.iommu/,
  // an operator's own programs
  /^custom/,
];

test('every field of docs/fields.md has a value, from an example of docs/capture-examples.md or from what it names', () => {
  const named = fieldSources().flatMap(({ field, capture }) => [
    field,
    ...leavesOf(normalise(fixtureCapture(capture('1')))).map(({ path }) => path),
  ]);
  const examples = captureExamples().flatMap(({ files }) =>
    leavesOf(normalise(captureFromFiles(withIndexByHand(files)))).map(({ path }) => path),
  );
  const known = new Set([...named, ...examples, ...Object.keys(TOLD_FIELDS)].flatMap(parentsOf));
  const fields = recordFields().map(({ path }) => path);
  assert.deepEqual(
    fields.filter((field) => !known.has(field) && !TESTED_ELSEWHERE.some((pattern) => pattern.test(field))),
    [],
  );
});

/** `a[].b.c` and all that it lies in, without what stands for "each of". */
function parentsOf(path: string): string[] {
  const parts = path.split('.');
  return parts.flatMap((_, at) => {
    const parent = parts.slice(0, at + 1).join('.');
    return [parent, parent.replace(/\[\]$/, '')];
  });
}

test('each structure, line and file that docs/fields.md names gives a value at its field', () => {
  const sources = fieldSources();
  assert.ok(sources.length >= 150, `only ${sources.length} sources were found`);
  const silent = sources.filter(({ field, capture }) => {
    const without = valuesAt(field, capture(undefined));
    return !VALUES.some((value) => valuesAt(field, capture(value)) !== without);
  });
  assert.deepEqual(
    silent.map(({ field, source }) => `${field} ← ${source}`),
    [],
  );
});
