import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { parseCpuinfo } from '../../../../src/inventory/tools/cpuinfo/cpuinfo.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const sectionsOf = (files: Record<string, string>) => normalise(fixtureCapture({ files })).sections;
const arm = (implementer: string, part: string) =>
  [0, 1]
    .map((id) => `processor\t: ${id}\nFeatures\t: fp asimd\nCPU implementer\t: ${implementer}\nCPU architecture: 8\nCPU part\t: ${part}\n`)
    .join('\n');

test('arm64: maker and core by their numbers', () => {
  const cpu = dataOf(sectionsOf({ 'proc/cpuinfo': arm('0x41', '0xd49') }).cpu);
  assert.deepEqual(
    [cpu.architecture, cpu.vendor, cpu.model, cpu.threads, cpu.flags],
    ['aarch64', 'ARM', 'Neoverse-N2', 2, ['asimd', 'fp']],
  );
  assert.equal(parseCpuinfo(arm('0x50', '0x000')).model, 'X-Gene');
  // no name is better than another's
  assert.deepEqual([parseCpuinfo(arm('0x41', '0xfff')).model, parseCpuinfo(arm('0x99', '0xd49')).vendor], [undefined, undefined]);
});

test('arm64: the firmware names the processor better than its core', () => {
  const dmidecode =
    'Handle 0x0004, DMI type 4, 48 bytes\nProcessor Information\n\tType: Central Processor\n\tVersion: Ampere(R) Altra(R)\n\tStatus: Populated, Enabled\n\n';
  const { cpu } = normalise(fixtureCapture({ outputs: { dmidecode }, files: { 'proc/cpuinfo': arm('0x41', '0xd0c') } })).sections;
  assert.equal(dataOf(cpu).model, 'Ampere(R) Altra(R)');
});

test('ppc64le: processor, machine and serial number', () => {
  const cpuinfo = `${[0, 1, 2, 3].map((id) => `processor\t: ${id}\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 2300.000000MHz\n`).join('\n')}\ntimebase\t: 512000000\nplatform\t: pSeries\nmodel\t\t: IBM,9009-22A\nmachine\t\t: CHRP IBM,9009-22A\n`;
  const { cpu, system } = sectionsOf({ 'proc/cpuinfo': cpuinfo, 'proc/device-tree/system-id': 'IBM,027813F8W\0' });
  assert.deepEqual([dataOf(cpu).model, dataOf(cpu).vendor, dataOf(cpu).threads], ['POWER9', 'IBM', 4]);
  assert.deepEqual(dataOf(system), { vendor: 'IBM', product: '9009-22A', serial: '7813F8W' });
  assert.equal(
    dataOf(sectionsOf({ 'proc/device-tree/system-id': '7813F8W\0', 'proc/device-tree/model': '9006-22P\0' }).system).serial,
    '7813F8W',
  );
});

test('s390x: a block of the machine before the processors, old kernels and new', () => {
  const head = 'vendor_id       : IBM/S390\n# processors    : 2\nmax thread id   : 1\nfeatures\t: esan3 zarch\n';
  const old = `${head}processor 0: version = FF,  identification = 0133E8,  machine = 2964\nprocessor 1: version = FF,  identification = 0133E8,  machine = 2964\n`;
  const block = (id: number) =>
    `cpu number      : ${id}\nphysical id     : ${id}\ncore id         : 0\nbook id         : 0\nmachine         : 2964\n`;
  for (const text of [old, `${head}\n${block(0)}\n${block(1)}`]) {
    const cpu = dataOf(sectionsOf({ 'proc/cpuinfo': text }).cpu);
    assert.deepEqual(
      [cpu.architecture, cpu.vendor, cpu.model, cpu.threads, cpu.flags, cpu.sockets],
      ['s390x', 'IBM/S390', 'IBM 2964', 2, ['esan3', 'zarch'], undefined],
    );
  }
});

test('what is known of the machine itself goes before its device tree', () => {
  const files = {
    'sys/class/dmi/id/product_name': 'RB-2200\n',
    'proc/device-tree/model': 'Brett\0',
    'proc/device-tree/serial-number': '10000000c0ffee27\0',
  };
  assert.deepEqual(dataOf(sectionsOf(files).system), { product: 'RB-2200', serial: '10000000c0ffee27' });
});
