import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseCpu } from '../../../../src/inventory/sections/cpu/cpu.ts';
import { dataOf, dmiText, sectionOf } from '../../capture-fixture.ts';

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
    const outputs = { lscpu: JSON.stringify({ lscpu }) };
    assert.deepEqual(dataOf(sectionOf(normaliseCpu, { outputs })), {
      architecture: 'x86_64',
      model: 'Example CPU',
      vendor: 'GenuineIntel',
      sockets: 2,
      cores: 32,
      threads: 64,
      coresPerSocket: 16,
      threadsPerCore: 2,
      flags: ['fpu', 'vmx'],
      virtualization: 'vmx',
    });
  });
}

test('/proc/cpuinfo alone: two sockets with equal core ids', () => {
  const processors = [0, 1, 2, 3].map(
    (at) =>
      `processor\t: ${at}\nvendor_id\t: AuthenticAMD\nmodel name\t: Example\nphysical id\t: ${at >> 1}\ncore id\t\t: ${at & 1}\nmicrocode\t: 0x1\n`,
  );
  const data = dataOf(sectionOf(normaliseCpu, { files: { 'proc/cpuinfo': `${processors.join('\n')}\n` } }));
  assert.deepEqual([data.sockets, data.cores, data.threads, data.model, data.microcode], [2, 4, 4, 'Example', '0x1']);
});

test('an ARM machine without names has no names', () => {
  const lscpu = [field('Architecture', 'aarch64'), field('Model name', '-'), field('Socket(s)', '-'), field('CPU(s)', '4')];
  assert.deepEqual(dataOf(sectionOf(normaliseCpu, { outputs: { lscpu: JSON.stringify({ lscpu }) } })), {
    architecture: 'aarch64',
    threads: 4,
  });
});

test('a lscpu that was cut off is a failed section', () => {
  assert.equal(sectionOf(normaliseCpu, { outputs: { lscpu: '{"lscpu": [{"field": "Arch' } }).status, 'failed');
});

test('plain lscpu text is as good as JSON', () => {
  const text =
    'Architecture:        x86_64\nCPU(s):              4\nThread(s) per core:  1\nVirtualization:      AMD-V\nNUMA node0 CPU(s):   0-3\n';
  assert.deepEqual(dataOf(sectionOf(normaliseCpu, { outputs: { lscpu: text } })), {
    architecture: 'x86_64',
    threads: 4,
    threadsPerCore: 1,
    virtualization: 'svm',
    numaNodes: 1,
    numa: [{ id: 0, cpus: '0-3' }],
  });
});

test('SMBIOS alone: sockets with and without a processor', () => {
  const dmidecode = dmiText(
    [
      4,
      'Processor Information',
      {
        'Socket Designation': 'CPU1',
        Type: 'Central Processor',
        Version: 'Example 9',
        Status: 'Populated, Enabled',
        'Core Count': '8',
        'Core Enabled': '6',
        'Thread Count': '16',
        'Current Speed': '2400 MHz',
      },
    ],
    [
      4,
      'Processor Information',
      { 'Socket Designation': 'CPU2', Type: 'Central Processor', Version: 'Not Specified', Status: 'Unpopulated', 'Core Count': '8' },
    ],
  );
  const cpu = dataOf(sectionOf(normaliseCpu, { outputs: { dmidecode } }));
  assert.deepEqual([cpu.sockets, cpu.socketsEmpty, cpu.model], [1, 1, 'Example 9']);
  assert.deepEqual(cpu.socketList, [
    { designation: 'CPU1', populated: true, model: 'Example 9', cores: 8, coresEnabled: 6, threads: 16, currentMhz: 2400 },
    { designation: 'CPU2', populated: false },
  ]);
});

const cacheTexts = [
  ['L1d cache', '32K', { level: 1, type: 'data', sizeBytes: 32768 }],
  ['L2', '20 MiB (16 instances)', { level: 2, type: 'unified', sizeBytes: 1310720, instances: 16 }],
  ['L1i', '1.1 MiB (36 instances)', { level: 1, type: 'instruction', instances: 36 }],
  ['L3 cache', '16 MiB', { level: 3, type: 'unified' }],
] as const;
for (const [name, data, cache] of cacheTexts) {
  test(`cache ${name}: ${data}`, () => {
    const lscpu = [field('Architecture', 'x86_64'), field(name, data)];
    const cpu = dataOf(sectionOf(normaliseCpu, { outputs: { lscpu: JSON.stringify({ lscpu }) } }));
    assert.deepEqual(cpu.caches, [cache]);
  });
}

test('what /sys knows of processors', () => {
  const cpu0 = 'sys/devices/system/cpu/cpu0';
  const files = {
    [`${cpu0}/cache/index0/level`]: '1\n',
    [`${cpu0}/cache/index0/type`]: 'Data\n',
    [`${cpu0}/cache/index0/size`]: '48K\n',
    [`${cpu0}/cpufreq/cpuinfo_min_freq`]: '800000\n',
    [`${cpu0}/cpufreq/cpuinfo_max_freq`]: '3700000\n',
    [`${cpu0}/cpufreq/base_frequency`]: '2400000\n',
    'sys/devices/system/cpu/vulnerabilities/meltdown': 'Mitigation: PTI\n',
    'sys/devices/system/node/node0/cpulist': '0-7,16-23\n',
    'sys/devices/system/node/node0/distance': '10 21\n',
    'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal:       1048576 kB\nNode 0 MemFree: 1 kB\n',
    'sys/kernel/iommu_groups/0/type': 'DMA\n',
    'sys/kernel/iommu_groups/1/type': 'DMA\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseCpu, { files })), {
    minMhz: 800,
    maxMhz: 3700,
    baseMhz: 2400,
    caches: [{ level: 1, type: 'data', sizeBytes: 49152 }],
    numaNodes: 1,
    numa: [{ id: 0, cpus: '0-7,16-23', memoryBytes: 1073741824, distances: [10, 21] }],
    vulnerabilities: { meltdown: 'Mitigation: PTI' },
    iommu: { enabled: true, groups: 2 },
  });
});

test('no IOMMU group says something only beside the rest of /sys', () => {
  const files = { 'sys/devices/system/cpu/vulnerabilities/l1tf': 'Not affected\n' };
  assert.deepEqual(dataOf(sectionOf(normaliseCpu, { files })).iommu, { enabled: false });
  assert.equal('iommu' in dataOf(sectionOf(normaliseCpu, { files: { 'proc/cpuinfo': 'processor : 0\n' } })), false);
});

test('a socket that the firmware switched off is in the list and not in the count', () => {
  const socket = (name: string, status: string): [number, string, Record<string, string>] => [
    4,
    'Processor Information',
    { 'Socket Designation': name, Type: 'Central Processor', Status: status },
  ];
  const dmidecode = dmiText(socket('CPU #000', 'Populated, Enabled'), socket('CPU #001', 'Populated, Disabled By BIOS'));
  const cpu = dataOf(sectionOf(normaliseCpu, { outputs: { dmidecode } }));
  assert.deepEqual([cpu.sockets, cpu.socketsEmpty, cpu.socketList?.map((one) => one.disabled)], [1, 0, [undefined, true]]);
});

test('cores of ARM: of clusters, else as the firmware counts them; a dash is no number', () => {
  const arm = [field('CPU(s)', '96'), field('Socket(s)', '-'), field('Thread(s) per core', '1')];
  const clusters = [...arm, field('Core(s) per cluster', '32'), field('Cluster(s)', '3')];
  const coresOf = (rows: unknown[], dmidecode = '') =>
    dataOf(sectionOf(normaliseCpu, { outputs: { lscpu: JSON.stringify({ lscpu: rows }), dmidecode } })).cores;
  assert.equal(coresOf(clusters), 96);
  const socket = (cores: string): [number, string, Record<string, string>] => [
    4,
    'Processor Information',
    { Type: 'Central Processor', Status: 'Populated, Enabled', 'Core Count': cores, 'Core Enabled': cores },
  ];
  assert.equal(coresOf(arm, dmiText(socket('48'), socket('48'))), 96);
  assert.equal(coresOf(arm), undefined);
});

test('a flag that the kernel names twice is one', () => {
  const files = { 'proc/cpuinfo': 'processor\t: 0\nflags\t\t: dtx fpu aes dtx\n' };
  assert.deepEqual(dataOf(sectionOf(normaliseCpu, { files })).flags, ['aes', 'dtx', 'fpu']);
});
