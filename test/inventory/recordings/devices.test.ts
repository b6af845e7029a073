import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { captureTo } from '../../../src/peer/capture/capture.ts';
import { normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recordedAnswer, recordedText, recording, recordingFile, recordings } from './recording-files.ts';

const sectionsOf = (outputs: Record<string, string | Buffer>, files: Record<string, string> = {}) =>
  NodeRecord.parse(normalise(fixtureCapture({ outputs, files }))).sections;

test('power supplies and TPM of a recorded server', () => {
  const supplies = dataOf(
    sectionsOf({ dmidecode: recording('ironlib/fixtures/utils/dmidecode/psu') }).powerSupplies ?? { status: 'absent' },
  );
  assert.deepEqual(
    supplies.map(({ location, serial, maxWatts, present }) => [location, serial, maxWatts, present]),
    [
      ['PSU1', 'P1K2ACK07HB0670', 1200, true],
      ['PSU2', 'P1K2ACK07HB0669', 1200, true],
    ],
  );
  const tpm = dataOf(sectionsOf({ dmidecode: recording('ironlib/fixtures/utils/dmidecode/tpm') }).tpm ?? { status: 'absent' });
  assert.deepEqual(tpm, { version: '2.0', description: 'INFINEON', firmware: '7.62' });
});

test('a blade of a real enclosure says its bay', () => {
  const [path = ''] = recordings('linuxhw-DMI/').filter((file) => file.includes('BL460c'));
  const { enclosure } = dataOf(sectionsOf({ dmidecode: recording(path) }).system);
  assert.deepEqual(enclosure, { model: 'BladeSystem c3000 Enclosure', name: 'sting4', bay: '4' });
});

test('sockets and slots of real servers: as many as there are structures', () => {
  for (const path of recordings('linuxhw-DMI/').filter((file) => file.endsWith('.txt'))) {
    const text = recordedText(path);
    const sections = sectionsOf({ dmidecode: text });
    const blocks = [...new Set(text.split(/\n\s*\n/))];
    const slots = blocks.filter((block) => /DMI type 9,/.test(block)).length;
    assert.equal(sections.slots?.status === 'ok' ? sections.slots.data.length : 0, slots, path);
    const cpu = dataOf(sections.cpu);
    assert.equal((cpu.sockets ?? 0) + (cpu.socketsEmpty ?? 0), blocks.filter((block) => /DMI type 4,/.test(block)).length, path);
    assert.equal(cpu.socketsEmpty, blocks.filter((block) => /DMI type 4,/.test(block) && /Status: Unpopulated/.test(block)).length, path);
  }
});

test('a dmidecode text that another parser read too', () => {
  type Structure = { type: number; values: Record<string, string> };
  const expected = recordedAnswer<Structure[]>('jc/tests/fixtures/centos-7.7/dmidecode.json');
  const of = (type: number) => expected.filter((one) => one.type === type).map((one) => one.values);
  const sections = sectionsOf({ dmidecode: recording('jc/tests/fixtures/centos-7.7/dmidecode.out') });
  const [system, firmware] = [dataOf(sections.system), dataOf(sections.firmware)];
  assert.deepEqual(
    [system.vendor, system.product, system.serial],
    [of(1)[0]?.['manufacturer'], of(1)[0]?.['product_name'], of(1)[0]?.['serial_number']],
  );
  assert.deepEqual(
    [firmware.vendor, firmware.version, firmware.date],
    [of(0)[0]?.['vendor'], of(0)[0]?.['version'], of(0)[0]?.['release_date']],
  );
  assert.deepEqual(
    dataOf(sections.memory).dimms.map(({ locator, sizeBytes }) => [locator, sizeBytes]),
    of(17).map(({ locator, size = '' }) => [locator, size.endsWith(' MB') ? Number.parseInt(size, 10) * 1024 ** 2 : undefined]),
  );
});

test('NVIDIA cards of real machines', () => {
  const cards = ['gtx-1660-ti', 'rtx-3080-v12', 'tesla-t4'].map((name) => {
    const xml = recording(`telegraf/plugins/inputs/nvidia_smi/testdata/${name}.xml`);
    const [gpu] = dataOf(sectionsOf({ 'nvidia-smi': xml }).gpus ?? { status: 'absent' });
    const uuid = /<uuid>(.*)<\/uuid>/.exec(xml.toString())?.[1];
    assert.equal(gpu?.uuid, uuid, name);
    return [gpu?.pciAddress, gpu?.model, gpu?.memoryBytes, gpu?.eccEnabled];
  });
  assert.deepEqual(cards.map(([address]) => address)[0], '0000:43:00.0');
  for (const card of cards) assert.ok(card[1] !== undefined && card[2] !== undefined, String(card));
});

test('lscpu texts of real machines', () => {
  const epyc = dataOf(sectionsOf({ lscpu: recording('hardware/hardware/tests/samples/lscpu') }).cpu);
  assert.deepEqual(
    [epyc.model, epyc.sockets, epyc.coresPerSocket, epyc.threadsPerCore, epyc.maxMhz, epyc.minMhz, epyc.virtualization, epyc.numa?.length],
    ['AMD: EPYC 7451 24-Core Processor', 2, 24, 2, 2300, 1200, 'svm', 8],
  );
  assert.deepEqual(epyc.numa?.[7], { id: 7, cpus: '42-47,90-95' });
  const vm = dataOf(sectionsOf({ lscpu: recording('ironic-python-agent/hardware_samples/LSCPU_OUTPUT.txt') }).cpu);
  assert.deepEqual([vm.hypervisor, vm.vulnerabilities?.['meltdown']], ['KVM', 'Not affected']);
});

test('binary tables as text: the old and the new dmidecode agree on what both print', () => {
  for (const path of recordings('derived/dmidecode-3.4-from-dump/')) {
    const name = basename(path, '.txt');
    const [old, now] = [
      sectionsOf({ dmidecode: recording(`u-root-smbios/cmds/exp/dmidecode/testdata/${name}.orig.txt`) }),
      sectionsOf({ dmidecode: recording(path) }),
    ];
    const modules = (sections: typeof old) => dataOf(sections.memory).dimms.map(({ locator, sizeBytes, ecc }) => [locator, sizeBytes, ecc]);
    assert.deepEqual(modules(now), modules(old), name);
    assert.deepEqual([dataOf(now.system), dataOf(now.cpu)], [dataOf(old.system), dataOf(old.cpu)], name);
  }
});

for (const [tree, what] of [
  ['linux-amd64-61797caf7c0b6bca1725ad7975ed4773', { threads: 12, numaNodes: 1, functions: 43 }],
  ['linux-amd64-accel-nvidia', { threads: 8, numaNodes: 1, functions: 29 }],
  ['linux-arm64-c288e0776090cd558ef793b2a4e61939', { threads: 1, numaNodes: 1, functions: 4 }],
] as const) {
  test(`the /proc and /sys tree ${tree}`, async (context) => {
    const work = mkdtempSync(join(tmpdir(), 'recon-test-tree-'));
    mkdirSync(join(work, 'tree'));
    context.after(() => rmSync(work, { recursive: true, force: true }));
    execFileSync('tar', ['-xzf', recordingFile(`ghw/testdata/snapshots/${tree}.tar.gz`), '-C', join(work, 'tree'), '--no-same-owner'], {
      timeout: 60_000,
    });
    await captureTo(join(work, 'capture'), { root: join(work, 'tree'), log: silentLog });
    const { sections } = NodeRecord.parse(await normaliseDirectory(join(work, 'capture')));
    const [cpu, pci] = [dataOf(sections.cpu), dataOf(sections.pci)];
    assert.deepEqual({ threads: cpu.threads, numaNodes: cpu.numaNodes, functions: pci.length }, what);
    for (const found of pci) assert.ok(found.classId?.length === 4 && found.vendorId?.length === 4, found.address);
    assert.ok(cpu.caches?.every((cache) => (cache.sizeBytes ?? 1) > 0));
    assert.equal('iommu' in cpu, false, 'the tree does not hold what would tell');
  });
}
