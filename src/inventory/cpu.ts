import type { Capture } from '../domain/capture.ts';
import type { CpuSection } from '../domain/node-record.ts';
import { parseCpuinfo } from './cpuinfo-text.ts';
import { parseLscpu } from './lscpu-json.ts';
import { meaningful } from './placeholder.ts';
import { noData, ok, present, type SectionResult } from './section.ts';
import { cleanValue, decodeText, wholeNumber } from './text.ts';

/** From `lscpu -J`, filled up from /proc/cpuinfo. */
export function normaliseCpu(capture: Capture): SectionResult<CpuSection> {
  const lscpu = parseLscpu(capture.output('lscpu'));
  const cpuinfo = parseCpuinfo(decodeText(capture.file('proc/cpuinfo')));
  const sockets = wholeNumber(lscpu.get('Socket(s)')) ?? cpuinfo.sockets;
  const coresPerSocket = wholeNumber(lscpu.get('Core(s) per socket'));
  const data = present<CpuSection>({
    architecture: cleanValue(lscpu.get('Architecture')),
    model: named(lscpu.get('Model name')) ?? named(cpuinfo.first.get('model name')),
    vendor: named(lscpu.get('Vendor ID')) ?? named(cpuinfo.first.get('vendor_id')),
    sockets,
    cores: sockets !== undefined && coresPerSocket !== undefined ? sockets * coresPerSocket : cpuinfo.cores,
    threads: wholeNumber(lscpu.get('CPU(s)')) ?? cpuinfo.threads,
    flags: words(lscpu.get('Flags') ?? cpuinfo.first.get('flags') ?? cpuinfo.first.get('Features')),
    maxMhz: positive(lscpu.get('CPU max MHz')),
    microcode: cleanValue(cpuinfo.first.get('microcode')),
    numaNodes: wholeNumber(lscpu.get('NUMA node(s)')),
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(capture, ['lscpu']);
}

/** ARM has a dash where nothing is known. */
function named(raw: string | undefined): string | undefined {
  return meaningful(raw);
}

function words(raw: string | undefined): string[] | undefined {
  const found = raw?.split(/\s+/).filter((word) => word !== '') ?? [];
  return found.length > 0 ? found.sort() : undefined;
}

/** Some locales print a comma; LC_ALL=C is ours, but recordings are not. */
function positive(raw: string | undefined): number | undefined {
  const value = Number(raw?.replace(',', '.'));
  return value > 0 ? value : undefined;
}
