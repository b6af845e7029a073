import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseCpu } from '../../src/inventory/cpu.ts';
import { dataOf, fixtureCapture } from './capture-fixture.ts';

const field = (name: string, data: string, children: unknown[] = []) => ({
  field: `${name}:`,
  data,
  ...(children.length > 0 ? { children } : {}),
});
const topology = [field('Thread(s) per core', '2'), field('Core(s) per socket', '16'), field('Socket(s)', '2'), field('Flags', 'vmx fpu')];
const flat = [
  field('Architecture', 'x86_64'),
  field('CPU(s)', '64'),
  field('Vendor ID', 'GenuineIntel'),
  field('Model name', 'Example CPU'),
  ...topology,
];
const nested = [
  field('Architecture', 'x86_64'),
  field('CPU(s)', '64'),
  field('Vendor ID', 'GenuineIntel', [field('Model name', 'Example CPU', topology)]),
];

for (const [name, lscpu] of [
  ['flat', flat],
  ['nested', nested],
] as const) {
  test(`lscpu, ${name}`, () => {
    const capture = fixtureCapture({ outputs: { lscpu: JSON.stringify({ lscpu }) } });
    assert.deepEqual(dataOf(normaliseCpu(capture)), {
      architecture: 'x86_64',
      model: 'Example CPU',
      vendor: 'GenuineIntel',
      sockets: 2,
      cores: 32,
      threads: 64,
      flags: ['fpu', 'vmx'],
    });
  });
}

test('/proc/cpuinfo alone: two sockets with equal core ids', () => {
  const processors = [0, 1, 2, 3].map(
    (at) =>
      `processor\t: ${at}\nvendor_id\t: AuthenticAMD\nmodel name\t: Example\nphysical id\t: ${at >> 1}\ncore id\t\t: ${at & 1}\nmicrocode\t: 0x1\n`,
  );
  const data = dataOf(normaliseCpu(fixtureCapture({ files: { 'proc/cpuinfo': `${processors.join('\n')}\n` } })));
  assert.deepEqual([data.sockets, data.cores, data.threads, data.model, data.microcode], [2, 4, 4, 'Example', '0x1']);
});

test('an ARM machine without names has no names', () => {
  const lscpu = [field('Architecture', 'aarch64'), field('Model name', '-'), field('Socket(s)', '-'), field('CPU(s)', '4')];
  assert.deepEqual(dataOf(normaliseCpu(fixtureCapture({ outputs: { lscpu: JSON.stringify({ lscpu }) } }))), {
    architecture: 'aarch64',
    threads: 4,
  });
});

test('a lscpu that was cut off is a failed section', () => {
  assert.equal(normaliseCpu(fixtureCapture({ outputs: { lscpu: '{"lscpu": [{"field": "Arch' } })).status, 'failed');
});
