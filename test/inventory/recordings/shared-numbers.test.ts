import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { fingerprint } from '../../../src/judge/identity/fingerprint.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { fixtureCapture } from '../capture-fixture.ts';
import { countIn, recording, recordings } from './recording-files.ts';

const COMMANDS = [
  ...CAPTURE_COMMANDS.map((rule) => ('each' in rule ? `${rule.id}-${rule.each === 'nvmeControllers' ? 'nvme0' : 'sda'}` : rule.id)),
  ...['lshw', 'hdparm-sda', 'multipath', 'storcli-a', 'perccli-a', 'ssacli', 'smartctl-behind-a', 'smartctl-nvme0n1'],
];
const FILES = { 'sys/block/sda/size': '2048\n', 'sys/block/nvme0n1/size': '2048\n', 'sys/class/net/sda/address': '52:54:00:00:00:01\n' };
/** Not from any machine: templates of a project's unit tests, with disks called sda and serial numbers such as `sda123`. */
const MADE_UP = /^ironic-python-agent\/hardware_samples\/(BLK|RAID_BLK|MULTIPATH|LSBLK|LSHW)/;
const NUMBER = /^(serial|wwn|assetTag|\w+Serial|guid|nguid|sasAddress)$/;

interface Numbered {
  value: string;
  model: string;
  where: string;
}

/** Every number of a thing, with the model of the thing: its part number, product or name, and that of the machine where it has none. */
function numbersIn(value: unknown, where: string, outer = ''): Numbered[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => numbersIn(one, `${where}[]`, outer));
  const fields = value as Record<string, unknown>;
  const model = String(fields['partNumber'] ?? fields['model'] ?? fields['product'] ?? outer);
  return Object.entries(fields).flatMap(([key, inner]) =>
    typeof inner === 'string' && NUMBER.test(key)
      ? [{ value: inner, model, where: `${where}.${key}` }]
      : numbersIn(inner, `${where}.${key}`, model),
  );
}

function recordsOfRecordings(): { name: string; record: NodeRecord }[] {
  return recordings().flatMap((name) => {
    const bytes = recording(name);
    if (bytes.length > 512 * 1024 || MADE_UP.test(name)) return [];
    const outputs = Object.fromEntries(COMMANDS.map((id) => [id, bytes]));
    return [{ name, record: NodeRecord.parse(normalise(fixtureCapture({ outputs, files: FILES }))) }];
  });
}
const records = recordsOfRecordings();

test('no number of a machine, board, module, disk, port or power supply is one that two models share', () => {
  const seen = new Map<string, Numbered>();
  for (const { name, record } of records) {
    for (const found of numbersIn(record.sections, name)) {
      const other = seen.get(found.value);
      seen.set(found.value, found);
      if (other === undefined) continue;
      // one model in the words of two tools: `SEAGATE ST91000640NS` and `ST91000640NS`
      const isOne = found.model.includes(other.model) || other.model.includes(found.model);
      assert.ok(isOne, `${found.value}: ${found.where} is ${found.model}, ${other.where} is ${other.model}`);
    }
  }
  assert.ok(seen.size >= countIn({ repository: 45, fullSet: 90 }), `only ${seen.size} numbers found`);
});

test('no key of identity is one that two models of machine have', () => {
  const seen = new Map<string, string>();
  for (const { name, record } of records) {
    const { system } = record.sections;
    const model = system.status === 'ok' ? (system.data.product ?? '') : '';
    // without a model it is the output of one tool, and sda has the address that this test gave it
    if (model === '') continue;
    for (const { kind, value } of fingerprint(record).keys) {
      if (value === '52:54:00:00:00:01') continue;
      const other = seen.get(`${kind} ${value}`);
      assert.ok(other === undefined || other === model, `${name}: ${kind} ${value} is of ${model} and of ${other}`);
      seen.set(`${kind} ${value}`, model);
    }
  }
  assert.ok(seen.size >= countIn({ repository: 5, fullSet: 8 }), `only ${seen.size} keys found`);
});
