import type { CpuSection, CpuSocket } from '../../../domain/record/cpu.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../../domain/values/text.ts';
import type { Readings } from '../../readings/readings.ts';
import { parseCpuinfo } from '../../tools/cpuinfo/cpuinfo.ts';
import { lshwCpu } from '../../tools/lshw/cpu.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../../values/copied-files.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { product } from '../../values/tool-size.ts';
import { iommuOf } from '../pci/iommu.ts';
import { cpuCaches } from './caches.ts';
import { numaNodes } from './numa.ts';
import { cpuSockets } from './sockets.ts';
import { cpuVulnerabilities } from './vulnerabilities.ts';

/** From lscpu, filled up from /proc/cpuinfo, SMBIOS type 4, /sys and lshw. */
export function normaliseCpu(
  readings: Pick<Readings, 'dmiAndLshw' | 'lscpu' | 'lshw'>,
  capture: CopiedFiles & CommandLog,
): SectionResult<CpuSection> {
  const { dmiAndLshw, lscpu } = readings;
  const cpuinfo = parseCpuinfo(copiedText(capture, 'proc/cpuinfo'));
  const socketList = cpuSockets(dmiAndLshw);
  const fitted = socketList.filter((socket) => socket.populated);
  const flags = words(lscpu.get('Flags') ?? cpuinfo.flags);
  const lshw = lshwCpu(readings.lshw);
  const numa = numaNodes(capture, lscpu);
  const data = definedOnly<CpuSection>({
    architecture: cleanValue(lscpu.get('Architecture')) ?? cpuinfo.architecture,
    model: named(lscpu.get('Model name')) ?? named(cpuinfo.first.get('model name')) ?? fitted[0]?.model ?? lshw.model ?? cpuinfo.model,
    vendor: named(lscpu.get('Vendor ID')) ?? cpuinfo.vendor,
    ...countsOf(lscpu, cpuinfo, socketList),
    socketsEmpty: socketList.length > 0 ? socketList.length - fitted.length : undefined,
    socketList: nonEmpty(socketList),
    flags,
    virtualization: virtualizationOf(flags, lscpu.get('Virtualization')) ?? (flags === undefined ? lshw.virtualization : undefined),
    hypervisor: named(lscpu.get('Hypervisor vendor')),
    minMhz: megahertz(lscpu.get('CPU min MHz')) ?? frequency(capture, 'cpuinfo_min_freq'),
    maxMhz: megahertz(lscpu.get('CPU max MHz')) ?? frequency(capture, 'cpuinfo_max_freq'),
    baseMhz: frequency(capture, 'base_frequency'),
    microcode: cleanValue(cpuinfo.first.get('microcode')) ?? lshw.microcode,
    caches: cpuCaches(capture, lscpu),
    numaNodes: wholeNumber(lscpu.get('NUMA node(s)')) ?? numa?.length,
    numa,
    vulnerabilities: cpuVulnerabilities(capture, lscpu),
    iommu: iommuOf(capture),
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(capture, ['lscpu']);
}

type Counts = Pick<CpuSection, 'sockets' | 'cores' | 'threads' | 'coresPerSocket' | 'threadsPerCore'>;

function countsOf(lscpu: ReadonlyMap<string, string>, cpuinfo: ReturnType<typeof parseCpuinfo>, socketList: readonly CpuSocket[]): Counts {
  const fitted = socketList.filter((socket) => socket.populated && socket.disabled !== true);
  const sockets = counted(lscpu.get('Socket(s)')) ?? cpuinfo.sockets ?? (fitted.length > 0 ? fitted.length : undefined);
  const coresEach = counted(lscpu.get('Core(s) per socket'));
  // ARM without a firmware's table of its topology has clusters where others have sockets
  const clusters = product(counted(lscpu.get('Cluster(s)')), counted(lscpu.get('Core(s) per cluster')));
  const described = sumOfAll(fitted.map((socket) => socket.coresEnabled ?? socket.cores));
  const cores = product(sockets, coresEach) ?? cpuinfo.cores ?? clusters ?? described;
  const threads = counted(lscpu.get('CPU(s)')) ?? cpuinfo.threads ?? sumOfAll(fitted.map((socket) => socket.threads));
  return definedOnly<Counts>({
    sockets,
    cores,
    threads,
    coresPerSocket: coresEach ?? evenly(cores, sockets),
    threadsPerCore: counted(lscpu.get('Thread(s) per core')) ?? evenly(threads, cores),
  });
}

function counted(raw: string | undefined): number | undefined {
  return wholeNumber(raw) || undefined;
}

/** Undefined as soon as one of them is not known. */
function sumOfAll(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length > 0 && known.length === counts.length ? known.reduce((sum, count) => sum + count, 0) : undefined;
}

function evenly(all: number | undefined, parts: number | undefined): number | undefined {
  const each = all === undefined || parts === undefined ? undefined : all / parts;
  return each !== undefined && Number.isInteger(each) ? each : undefined;
}

/** ARM has a dash where nothing is known. */
function named(raw: string | undefined): string | undefined {
  return meaningful(raw);
}

function words(raw: string | undefined): string[] | undefined {
  const found = raw?.split(/\s+/).filter((word) => word !== '') ?? [];
  return nonEmpty([...new Set(found)].sort());
}

function virtualizationOf(flags: readonly string[] | undefined, said: string | undefined): CpuSection['virtualization'] | undefined {
  if (flags?.includes('vmx') === true || said === 'VT-x') return 'vmx';
  return flags?.includes('svm') === true || said === 'AMD-V' ? 'svm' : undefined;
}

/** Some locales print a comma; LC_ALL=C is ours, but recordings are not. */
function megahertz(raw: string | undefined): number | undefined {
  const value = Number(raw?.replace(',', '.'));
  return value > 0 && Number.isFinite(value) ? value : undefined;
}

/** The kernel counts in kHz. */
function frequency(files: CopiedFiles, file: string): number | undefined {
  const kilohertz = wholeNumber(copiedValue(files, `sys/devices/system/cpu/cpu0/cpufreq/${file}`));
  return kilohertz === undefined || kilohertz === 0 ? undefined : kilohertz / 1000;
}
