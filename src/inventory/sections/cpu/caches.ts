import type { CpuCache } from '../../../domain/record/cpu.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';
import { nonEmpty } from '../../values/non-empty.ts';

const DIRECTORY = 'sys/devices/system/cpu/cpu0/cache';

/** The kinds of cache of the first processor, from /sys, with the number of instances that lscpu knows; undefined without any. */
export function cpuCaches(files: CopiedFiles, lscpu: ReadonlyMap<string, string>): CpuCache[] | undefined {
  const fromLscpu = [...lscpu].map(([field, data]) => readLscpuCache(field, data)).filter((cache) => cache !== undefined);
  const fromSysfs = files.list(DIRECTORY).map((index) => readSysfsCache(files, index));
  const exact = fromSysfs.filter((cache) => cache !== undefined);
  const caches = exact.length === 0 ? fromLscpu : exact.map((cache) => ({ ...instancesOf(cache, fromLscpu), ...cache }));
  return nonEmpty(caches);
}

function readSysfsCache(files: CopiedFiles, index: string): CpuCache | undefined {
  const text = (file: string): string | undefined => copiedValue(files, `${DIRECTORY}/${index}/${file}`);
  const level = wholeNumber(text('level'));
  if (level === undefined || level === 0) return undefined;
  const kibibytes = wholeNumber(/^(\d+)K$/.exec(text('size') ?? '')?.[1]);
  return definedOnly<CpuCache>({
    level,
    type: text('type')?.toLowerCase(),
    sizeBytes: kibibytes === undefined ? undefined : kibibytes * 1024,
  });
}

/**
 * `L1d cache: 32K` of old versions is one cache, `L1d: 1.1 MiB (36 instances)` of new ones the sum of all, rounded: it is divided
 * only where that comes out even. `512 KiB` without a count could be either, and gives no size.
 */
function readLscpuCache(field: string, data: string): CpuCache | undefined {
  const [, level, letter] = /^L([1-5])([di]?)(?: cache)?$/.exec(field) ?? [];
  const [, amount, unit, long, counted] = /^(\d+(?:\.\d+)?) ?([KMG])(iB)?(?: \((\d+) instances?\))?$/.exec(data) ?? [];
  if (level === undefined || amount === undefined) return undefined;
  const bytes = Number(amount) * 1024 ** ('KMG'.indexOf(unit ?? 'K') + 1);
  const instances = wholeNumber(counted);
  const one = instances !== undefined && instances > 0 ? bytes / instances : long === undefined ? bytes : undefined;
  return definedOnly<CpuCache>({
    level: Number(level),
    type: letter === 'd' ? 'data' : letter === 'i' ? 'instruction' : 'unified',
    sizeBytes: one !== undefined && Number.isInteger(one / 1024) ? one : undefined,
    instances,
  });
}

function instancesOf(cache: CpuCache, others: readonly CpuCache[]): { instances?: number } {
  const instances = others.find((other) => other.level === cache.level && other.type === cache.type)?.instances;
  return definedOnly({ instances });
}
