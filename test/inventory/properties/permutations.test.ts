import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { dmiText } from '../capture-fixture.ts';
import { recordedTexts } from '../recordings/recorded-texts.ts';
import { propertyRuns } from './property-runs.ts';
import { leavesOf } from './record-leaves.ts';
import { syntheticTexts } from './synthetic-texts.ts';
import { recordOfTexts, type ToolTexts } from './tool-texts.ts';

const [server = { name: '', outputs: {}, files: {}, links: {} }] = syntheticTexts();
const recorded = recordedTexts();

/** What tells one part from another, each kind in the tools that name it. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  'disk serials, in lsblk, smartctl and nvme': ['DSK4410', 'DSK4411', 'NVM9920'],
  'world-wide names': ['0x5000c500a1b2c3d4', '0x5000c500a1b2c3d8'],
  'serials of memory modules': ['4A3B0077', '4A3B0177', '4A3B0277', '4A3B0377'],
  'memory slots': ['DIMM_A1', 'DIMM_A2', 'DIMM_B1', 'DIMM_B2'],
  'MAC addresses, in ip and ethtool': ['52:54:00:a1:00:01', '52:54:00:a1:00:02'],
  'interface addresses': ['10.9.8.7', '10.9.8.8', '10.9.0.4'],
  'LLDP neighbours': ['aa:bb:cc:00:00:11', 'aa:bb:cc:00:00:22'],
  'LLDP ports': ['swp7', 'swp8'],
  'MAC addresses of host and BMC': ['52:54:00:a1:00:01', '52:54:00:bb:00:09'],
  'serials of system, board, chassis, power supply and FRUs': ['SYS7781', 'BRD1192', 'CHS5573', 'PWR3301', 'FRU8812', 'FRU8813'],
};

for (const [what, values] of Object.entries(IDENTITIES)) {
  test(`${what}: permuted in the texts, they are permuted in the record, and nothing else changes`, () => {
    const said = new Set(leavesOf(recordOfTexts(server)).map(({ value }) => String(value)));
    for (const value of values)
      assert.ok(said.has(value.toLowerCase()) || said.has(value) || hasPrefix(said, value), `${value} is not in the record`);
    fc.assert(
      fc.property(permutation(values), (to) => {
        assert.deepEqual(
          leavesOf(recordOfTexts(renamed(server, to))),
          leavesOf(recordOfTexts(server)).map(({ path, value }) => ({ path, value: swap(value, to) })),
        );
      }),
      propertyRuns(24),
    );
  });
}

test('serials of memory modules of real machines: permuted in the text, they are permuted in the record', () => {
  const several = recorded
    .map(({ name, outputs }) => ({ name, text: outputs['dmidecode'] ?? '', serials: moduleSerials(outputs['dmidecode'] ?? '') }))
    .filter(({ serials }) => new Set(serials).size > 1);
  assert.ok(several.length > 3, `only ${several.length} texts with serials`);
  const choice = fc
    .constantFrom(...several)
    .chain((machine) => permutation([...new Set(machine.serials)]).map((to) => ({ ...machine, to })));
  fc.assert(
    fc.property(choice, ({ text, serials, to }) => {
      const changed = text.replaceAll(/^(\s+Serial Number: )(.*\S)/gm, (whole, key: string, serial: string) =>
        to.has(serial) ? `${key}${to.get(serial)}` : whole,
      );
      assert.deepEqual(
        moduleSerials(changed),
        serials.map((serial) => to.get(serial)),
      );
    }),
    propertyRuns(40),
  );
});

test('structures and devices in another order, or twice, are the same machine', () => {
  const modules = ['A1', 'A2', 'B1', 'B2', 'C1'].map((slot, at): [number, string, Record<string, string>] => [
    17,
    'Memory Device',
    at === 4 ? { Size: 'No Module Installed', Locator: slot } : { Size: `${8 << at} GB`, Locator: slot, 'Serial Number': `SN${at}X` },
  ]);
  const inOrder = (text: string): unknown[] => {
    const { memory } = recordOfTexts({ outputs: { dmidecode: text }, files: {}, links: {} }).sections;
    const rows = memory.status === 'ok' ? memory.data.dimms.map(({ handle: _, ...dimm }) => JSON.stringify(dimm)) : [];
    return [rows.sort(), memory.status === 'ok' ? { ...memory.data, dimms: [] } : memory.reason];
  };
  const expected = inOrder(dmiText(...modules));
  fc.assert(
    fc.property(fc.shuffledSubarray(modules, { minLength: modules.length }), fc.boolean(), (shuffled, isTwice) => {
      const text = dmiText(...shuffled);
      assert.deepEqual(inOrder(isTwice ? `${text}\n${text}` : text), expected);
    }),
    propertyRuns(60),
  );
});

test('disks of lsblk in another order are the same disks', () => {
  const rows: unknown[] = JSON.parse(server.outputs['lsblk'] ?? '{}').blockdevices;
  const expected = recordOfTexts(server).sections.disks;
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (blockdevices) => {
      const outputs = { ...server.outputs, lsblk: JSON.stringify({ blockdevices }) };
      assert.deepEqual(recordOfTexts({ ...server, outputs }).sections.disks, expected);
    }),
    propertyRuns(20),
  );
});

function permutation(values: readonly string[]): fc.Arbitrary<ReadonlyMap<string, string>> {
  return fc
    .shuffledSubarray([...values], { minLength: values.length })
    .map((order) => new Map(values.map((value, at) => [value, order[at] ?? value])));
}

function renamed(texts: ToolTexts, to: ReadonlyMap<string, string>): ToolTexts {
  const outputs = Object.fromEntries(Object.entries(texts.outputs).map(([id, text]) => [id, String(swap(text, to))]));
  return { ...texts, outputs };
}

function swap(value: unknown, to: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'string') return value;
  const pattern = new RegExp([...to.keys()].map((key) => `${key.replaceAll('.', '\\.')}(?![0-9])`).join('|'), 'g');
  return value.replaceAll(pattern, (found) => to.get(found) ?? found);
}

/** An address with its prefix length behind it. */
function hasPrefix(said: ReadonlySet<string>, value: string): boolean {
  return [...said].some((text) => text.startsWith(`${value}/`));
}

function moduleSerials(text: string): string[] {
  const { memory } = recordOfTexts({ outputs: { dmidecode: text }, files: {}, links: {} }).sections;
  return (memory.status === 'ok' ? memory.data.dimms : []).flatMap((dimm) => dimm.serial ?? []);
}
