import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { NodeRecord } from '../../src/domain/node-record.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { meaningfulIdentity } from '../../src/inventory/placeholder.ts';
import { dataOf, fixtureCapture } from './capture-fixture.ts';
import { DAMAGES, LOSSES, seeded, shuffled } from './mutations.ts';

const MACHINES = fileURLToPath(new URL('../../../shared/machines/', import.meta.url));
const skip = existsSync(MACHINES) ? false : 'the recordings of real machines are not beside this checkout';
const REPEATS = 8;

function recordings(): { id: string; name: string; bytes: Buffer }[] {
  const below = (folder: string): string[] => readdirSync(join(MACHINES, folder)).map((name) => `${folder}/${name}`);
  const paths: [string, string][] = [
    ...below('netbox-agent/tests/fixtures/dmidecode').map((path): [string, string] => ['dmidecode', path]),
    ['dmidecode', 'ironlib/fixtures/asrr/e3c246d4i-nl/dmidecode'],
    ['dmidecode', 'ironlib/fixtures/utils/dmidecode/psu'],
    ...below('derived/lspci-Dvmmnnk').map((path): [string, string] => ['lspci', path]),
    ['lscpu', 'hardware/hardware/tests/samples/lscpu'],
    ['lsusb', 'jc/tests/fixtures/centos-7.7/lsusb-v.out'],
    ...below('telegraf/plugins/inputs/nvidia_smi/testdata').map((path): [string, string] => ['nvidia-smi', path]),
  ];
  return paths.map(([id, name]) => ({ id, name, bytes: readFileSync(join(MACHINES, name)) }));
}

const normalised = (id: string, bytes: Buffer): NodeRecord => NodeRecord.parse(normalise(fixtureCapture({ outputs: { [id]: bytes } })));

/** A section that failed because its reader threw says so in other words. */
function assertNothingThrew(record: NodeRecord, what: string): void {
  for (const [section, result] of Object.entries(record.sections)) {
    const { status, reason } = result as { status: string; reason?: string };
    if (status === 'failed') assert.match(reason ?? '', /ended well, but its output says nothing/, `${what}: ${section}`);
  }
}

/** The values that tell one part from another, wherever they stand in the record. */
function identities(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /^(serial|uuid|partNumber|assetTag|address|pciAddress)$/.test(key) && typeof inner === 'string' ? [inner] : identities(inner),
  );
}

for (const [what, mutate] of Object.entries(DAMAGES)) {
  test(`tool output ${what}: a valid record, and nothing throws`, { skip }, () => {
    const random = seeded(1);
    for (const { id, name, bytes } of recordings()) {
      for (let at = 0; at < REPEATS; at++) assertNothingThrew(normalised(id, mutate(bytes, random)), `${name}, ${what}, ${at}`);
    }
  });
}

for (const [what, mutate] of Object.entries(LOSSES)) {
  test(`tool output ${what}: no serial number, UUID or address that was not there`, { skip }, () => {
    const random = seeded(2);
    for (const { id, name, bytes } of recordings()) {
      const before = new Set(identities(normalised(id, bytes).sections));
      for (let at = 0; at < REPEATS; at++) {
        const record = normalised(id, mutate(bytes, random));
        assertNothingThrew(record, `${name}, ${what}, ${at}`);
        assert.deepEqual(
          identities(record.sections).filter((value) => !before.has(value) && !standsAlone(bytes, value)),
          [],
          `${name}, ${what}, ${at}`,
        );
      }
    }
  });
}

/** A structure that lost a line may show a value that the whole one hid; it must then be a whole value of the original. */
function standsAlone(bytes: Buffer, value: string): boolean {
  return bytes
    .toString('utf8')
    .split('\n')
    .some(
      (line) =>
        line
          .slice(line.indexOf(':') + 1)
          .trim()
          .toLowerCase() === value.toLowerCase(),
    );
}

test('structures in another order, or twice, are the same machine', { skip }, () => {
  const random = seeded(3);
  for (const { name, bytes } of recordings().filter(({ id }) => id === 'dmidecode')) {
    const modules = (text: string) => {
      const { memory } = normalised('dmidecode', Buffer.from(text)).sections;
      return (memory.status === 'ok' ? memory.data.dimms : []).map((dimm) => JSON.stringify(dimm)).sort();
    };
    const text = bytes.toString('utf8');
    const blocks = text.split(/^(?=Handle 0x)/m).map((block) => `${block.trimEnd()}\n\n`);
    assert.deepEqual(modules(shuffled(blocks, random).join('')), modules(text), name);
    assert.deepEqual(modules(`${text}\n${text}`), modules(text), name);
  }
});

test('serial numbers of modules passed around come out passed around', { skip }, () => {
  for (const { name, bytes } of recordings().filter(({ id }) => id === 'dmidecode')) {
    const text = bytes.toString('utf8');
    const memory = normalised('dmidecode', bytes).sections.memory;
    const serials = [...new Set(memory.status === 'ok' ? memory.data.dimms.flatMap((dimm) => dimm.serial ?? []) : [])];
    if (serials.length < 2) continue;
    const next = new Map(serials.map((serial, at) => [serial, serials[(at + 1) % serials.length] ?? serial]));
    const changed = text.replaceAll(/^(\s+Serial Number: )(.*?)(\s*)$/gm, (whole, key, serial, end) =>
      meaningfulIdentity(serial) === undefined ? whole : `${key}${next.get(serial) ?? serial}${end}`,
    );
    assert.deepEqual(
      dataOf(normalised('dmidecode', Buffer.from(changed)).sections.memory).dimms.map((dimm) => dimm.serial),
      (memory.status === 'ok' ? memory.data.dimms : []).map((dimm) => next.get(dimm.serial ?? '')),
      name,
    );
  }
});
