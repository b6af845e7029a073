import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { countIn, recording, recordings } from './recording-files.ts';

/** Longer ones are no output of one tool. */
const LONGEST_BYTES = 512 * 1024;
const all = recordings()
  .map((name) => ({ name, bytes: recording(name) }))
  .filter(({ bytes }) => bytes.length < LONGEST_BYTES);

function dmidecodeTexts(): { name: string; text: string }[] {
  const texts = all.map(({ name, bytes }) => ({ name, text: bytes.toString('utf8') }));
  return texts.filter(({ name, text }) => !name.endsWith('.json') && /^Handle 0x[0-9A-F]+, DMI type \d+/m.test(text));
}

const readDmi = (text: string) => NodeRecord.parse(normalise(fixtureCapture({ outputs: { dmidecode: text } }))).sections;

/** Counted by lines, not by structures: another way than the parser's. */
function countDimms(text: string): { slots: number; fitted: number; widerTotal: number } {
  const blocks = [...new Set(text.replaceAll('\r', '').split(/\n\s*\n/))].filter((block) => /DMI type 17,/.test(block));
  const width = (block: string, what: string): number => Number(new RegExp(`${what} Width: (\\d+)`).exec(block)?.[1]);
  const fitted = blocks.filter((block) => /^\s+Size: /m.test(block) && !/^\s+Size: No Module Installed/m.test(block));
  return {
    slots: blocks.length,
    fitted: fitted.length,
    widerTotal: fitted.filter((block) => width(block, 'Total') > width(block, 'Data') || width(block, 'Total') === 72).length,
  };
}

test('dmidecode of real machines: valid, every slot counted, ECC never lost', () => {
  const texts = dmidecodeTexts();
  assert.ok(texts.length >= countIn({ repository: 18, fullSet: 30 }), `only ${texts.length} texts found`);
  for (const { name, text } of texts) {
    const sections = readDmi(text);
    const expected = countDimms(text);
    if (expected.slots === 0) continue;
    const memory = dataOf(sections.memory);
    assert.equal(memory.dimms.length, expected.slots, `${name}: slots`);
    assert.equal(memory.dimms.filter((dimm) => dimm.populated).length, expected.fitted, `${name}: fitted modules`);
    assert.equal(memory.dimms.filter((dimm) => dimm.ecc === true).length, expected.widerTotal, `${name}: modules with check bits`);
    if (expected.widerTotal === 0) continue;
    assert.equal(memory.eccModules, true, `${name}: ECC modules`);
    // one board has such modules and says that it corrects nothing: both are facts, and both are kept
    const isSwitchedOff = /^\s+Use: System Memory\n\s+Error Correction Type: None$/m.test(text);
    assert.match(memory.ecc ?? 'missing', isSwitchedOff ? /^None$/ : /ECC|CRC/, `${name}: ECC`);
  }
});

test('dmidecode of real machines: every size, counted by lines', () => {
  const powers: Readonly<Record<string, number>> = { kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
  for (const { name, text } of dmidecodeTexts()) {
    const blocks = [...new Set(text.replaceAll('\r', '').split(/\n\s*\n/))].filter((block) => /DMI type 17,/.test(block));
    const expected = blocks.map((block) => {
      const [, count, unit = ''] = /^\s+Size: (\d+) (\w+)/m.exec(block) ?? [];
      return count === undefined ? undefined : Number(count) * (powers[unit] ?? Number.NaN);
    });
    const { memory } = readDmi(text);
    assert.deepEqual(memory.status === 'ok' ? memory.data.dimms.map((dimm) => dimm.sizeBytes) : [], expected, name);
  }
});

test('dmidecode of real machines: every whole text names vendor and product', () => {
  for (const { name, text } of dmidecodeTexts().filter((found) => found.name.startsWith('linuxhw-DMI'))) {
    const system = dataOf(readDmi(text).system);
    assert.ok(system.vendor !== undefined && system.product !== undefined, `${name}: ${JSON.stringify(system)}`);
    assert.ok(!/not specified|to be filled|default string|--|<bad/i.test(JSON.stringify(system)), `${name}: ${JSON.stringify(system)}`);
  }
});

test('dmidecode of real machines: the height of the chassis, found by lines', () => {
  for (const { name, text } of dmidecodeTexts()) {
    const blocks = text.replaceAll('\r', '').split(/\n\s*\n/);
    const heights = blocks.filter((block) => /DMI type 3,/.test(block)).flatMap((block) => /^\s+Height: (\d+) U$/m.exec(block)?.[1] ?? []);
    const { system } = readDmi(text);
    const told = system.status === 'ok' ? system.data.chassis?.heightRackUnits : undefined;
    assert.equal(told, heights[0] === undefined ? undefined : Number(heights[0]), name);
  }
});

test('dmidecode of real machines: installed memory is a sensible size', () => {
  for (const { name, text } of dmidecodeTexts()) {
    const { memory } = readDmi(text);
    const installed = memory.status === 'ok' ? memory.data.installedBytes : undefined;
    if (installed !== undefined) assert.equal(installed % (512 * 1024 ** 2), 0, `${name}: ${installed} bytes installed`);
  }
});

test('any recording as the output of any command gives a valid record without an exception behind it', () => {
  const ids = CAPTURE_COMMANDS.map((rule) =>
    'each' in rule ? `${rule.id}-${rule.each === 'nvmeControllers' ? 'nvme0' : 'sda'}` : rule.id,
  );
  // what only captures made by hand have
  ids.push('lshw', 'hdparm-sda', 'multipath', 'dmidecode-memory');
  for (const { name, bytes } of all) {
    const outputs = Object.fromEntries(ids.map((id) => [id, bytes]));
    const files = {
      'sys/block/sda/size': '2048\n',
      'sys/block/nvme0n1/size': '2048\n',
      'sys/class/net/sda/address': '52:54:00:00:00:01\n',
    };
    const { sections } = NodeRecord.parse(normalise(fixtureCapture({ outputs, files })));
    for (const [section, result] of Object.entries(sections)) {
      const { status, reason } = result as { status: string; reason?: string };
      if (status === 'failed') assert.match(reason ?? '', /ended well, but its output says nothing/, `${name}: ${section}`);
    }
  }
});

test('smartctl of real drives: model, size and health', () => {
  const drives = all.filter(({ name }) => name.startsWith('smartctl_exporter/testdata'));
  assert.ok(drives.length >= countIn({ repository: 6, fullSet: 10 }));
  for (const { name, bytes } of drives) {
    const capture = fixtureCapture({ outputs: { 'smartctl-sda': bytes }, files: { 'sys/block/sda/size': '2048\n' } });
    const [disk] = dataOf(normalise(capture).sections.disks);
    // whoever gave them away wrote REDACTED in place of the serial numbers
    assert.ok(disk?.model !== undefined && disk.serial === undefined && disk.smartPassed === true, `${name}: ${JSON.stringify(disk)}`);
  }
});

test('lspci of real machines: every function with class and vendor', () => {
  for (const { name, bytes } of all.filter((found) => found.name.startsWith('derived/lspci'))) {
    const functions = dataOf(normalise(fixtureCapture({ outputs: { lspci: bytes } })).sections.pci);
    assert.equal(functions.length, bytes.toString('utf8').match(/^Slot:/gm)?.length, name);
    for (const found of functions) assert.ok(found.classId?.length === 4 && found.vendorId?.length === 4, `${name} ${found.address}`);
  }
});
