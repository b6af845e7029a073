import { z } from 'zod';
import { about, optional } from './section.ts';

const CpuSocket = z.looseObject({
  designation: optional.text.meta(about('name of the socket on the board', 'dmidecode type 4 Socket Designation')),
  populated: z.boolean().meta(about('a processor sits in it', 'dmidecode type 4 Status')),
  disabled: z
    .literal(true)
    .exactOptional()
    .meta(about('the firmware switched it off; virtual machines list hundreds of such', 'dmidecode type 4 Status')),
  model: optional.text.meta(about('model of the processor', 'dmidecode type 4 Version')),
  cores: optional.count.meta(about('cores of the processor', 'dmidecode type 4 Core Count')),
  coresEnabled: optional.count.meta(about('cores that the firmware left on', 'dmidecode type 4 Core Enabled')),
  threads: optional.count.meta(about('threads of the processor', 'dmidecode type 4 Thread Count')),
  currentMhz: optional.count.meta(about('speed at boot', 'dmidecode type 4 Current Speed')),
});
export type CpuSocket = z.infer<typeof CpuSocket>;

const CpuCache = z.looseObject({
  level: z.int().positive().meta(about('1, 2, 3 …', 'lscpu -J, /sys/devices/system/cpu/cpu0/cache/*/level')),
  type: optional.text.meta(about('data, instruction or unified', '/sys/devices/system/cpu/cpu0/cache/*/type')),
  sizeBytes: optional.count.meta(about('size of one such cache', '/sys/devices/system/cpu/cpu0/cache/*/size')),
  instances: optional.count.meta(about('how many of them there are', 'lscpu -J')),
});
export type CpuCache = z.infer<typeof CpuCache>;

const NumaNode = z.looseObject({
  id: z.int().nonnegative().meta(about('number of the node', '/sys/devices/system/node/node*')),
  cpus: optional.text.meta(about('logical CPUs as a list such as 0-15,32-47', '/sys/devices/system/node/node*/cpulist')),
  memoryBytes: optional.count.meta(about('memory of the node', '/sys/devices/system/node/node*/meminfo')),
  distances: z
    .array(z.int())
    .exactOptional()
    .meta(about('to each node, 10 is local (ACPI SLIT)', '/sys/devices/system/node/node*/distance')),
});
export type NumaNode = z.infer<typeof NumaNode>;

const Iommu = z.looseObject({
  enabled: z.boolean().meta(about('Linux uses an IOMMU', '/sys/kernel/iommu_groups')),
  groups: optional.count.meta(about('number of IOMMU groups', '/sys/kernel/iommu_groups')),
});

const WITHOUT_LSCPU = 'lscpu -J, /proc/cpuinfo';
export const CpuSection = z.looseObject({
  architecture: optional.text.meta(about('instruction set', 'lscpu -J Architecture, /proc/cpuinfo')),
  model: optional.text.meta(about('model of the processors', `${WITHOUT_LSCPU}, dmidecode type 4 Version, lshw`)),
  vendor: optional.text.meta(about('maker, as the processor says it', WITHOUT_LSCPU)),
  sockets: optional.count.meta(about('sockets with a processor in them', `${WITHOUT_LSCPU}, dmidecode type 4`)),
  socketsEmpty: optional.count.meta(about('sockets without a processor', 'dmidecode type 4 Status')),
  socketList: z.array(CpuSocket).exactOptional().meta(about('each socket of the board', 'dmidecode type 4')),
  cores: optional.count.meta(about('cores of all sockets', WITHOUT_LSCPU)),
  threads: optional.count.meta(about('logical CPUs of all sockets', WITHOUT_LSCPU)),
  coresPerSocket: optional.count.meta(about('cores of one processor', WITHOUT_LSCPU)),
  threadsPerCore: optional.count.meta(about('threads of one core', WITHOUT_LSCPU)),
  flags: z.array(z.string()).exactOptional().meta(about('features, sorted', WITHOUT_LSCPU)),
  virtualization: z
    .enum(['vmx', 'svm'])
    .exactOptional()
    .meta(about('can run virtual machines: the flag', `${WITHOUT_LSCPU}, lshw`)),
  hypervisor: optional.text.meta(about('the machine is itself a virtual one: of what', 'lscpu -J Hypervisor vendor')),
  minMhz: z
    .number()
    .positive()
    .exactOptional()
    .meta(about('lowest speed', 'lscpu -J, /sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq')),
  maxMhz: z
    .number()
    .positive()
    .exactOptional()
    .meta(about('highest speed, turbo included', 'lscpu -J, /sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq')),
  baseMhz: z.number().positive().exactOptional().meta(about('speed without turbo', '/sys/devices/system/cpu/cpu0/cpufreq/base_frequency')),
  microcode: optional.text.meta(about('revision as the kernel prints it, for example 0x5002f01', '/proc/cpuinfo microcode, lshw')),
  caches: z.array(CpuCache).exactOptional().meta(about('each kind of cache', 'lscpu -J, /sys/devices/system/cpu/cpu0/cache')),
  numaNodes: optional.count.meta(about('number of NUMA nodes', 'lscpu -J NUMA node(s)')),
  numa: z.array(NumaNode).exactOptional().meta(about('each NUMA node', '/sys/devices/system/node')),
  vulnerabilities: z
    .record(z.string(), z.string())
    .exactOptional()
    .meta(about('name → what the kernel says of it and its mitigation', '/sys/devices/system/cpu/vulnerabilities/*, lscpu -J')),
  iommu: Iommu.exactOptional().meta(about('the IOMMU as Linux uses it', '/sys/kernel/iommu_groups')),
});
export type CpuSection = z.infer<typeof CpuSection>;
