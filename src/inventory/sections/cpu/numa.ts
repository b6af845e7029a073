import type { NumaNode } from '../../../domain/record/cpu.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../../values/copied-files.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { product } from '../../values/tool-size.ts';

const DIRECTORY = 'sys/devices/system/node';

/** The NUMA nodes from /sys, or their CPUs from lscpu; undefined without any. */
export function numaNodes(files: CopiedFiles, lscpu: ReadonlyMap<string, string>): NumaNode[] | undefined {
  const fromSysfs = files
    .list(DIRECTORY)
    .map((name) => wholeNumber(/^node(\d+)$/.exec(name)?.[1]))
    .filter((id) => id !== undefined);
  const nodes = fromSysfs.length > 0 ? fromSysfs.map((id) => readNode(files, id)) : [...lscpu].flatMap(readLscpuNode);
  return nonEmpty(nodes.sort((a, b) => a.id - b.id));
}

function readNode(files: CopiedFiles, id: number): NumaNode {
  const text = (file: string): string | undefined => copiedValue(files, `${DIRECTORY}/node${id}/${file}`);
  const kibibytes = /^Node \d+ MemTotal:\s+(\d+) kB/m.exec(copiedText(files, `${DIRECTORY}/node${id}/meminfo`))?.[1];
  const distances = (text('distance') ?? '').split(' ').map(wholeNumber);
  return definedOnly<NumaNode>({
    id,
    cpus: text('cpulist'),
    // a node without memory has zero
    memoryBytes: kibibytes === '0' ? 0 : product(wholeNumber(kibibytes), 1024),
    distances: distances.every((distance) => distance !== undefined) ? distances : undefined,
  });
}

function readLscpuNode([field, data]: [string, string]): NumaNode[] {
  const id = wholeNumber(/^NUMA node(\d+) CPU\(s\)$/.exec(field)?.[1]);
  return id === undefined ? [] : [definedOnly<NumaNode>({ id, cpus: /^\d[\d,-]*$/.test(data) ? data : undefined })];
}
