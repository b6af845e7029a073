import type { Finding } from '../../domain/record/finding.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** Cards that are there and do not answer their driver. */
export function findGpuTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.gpus) ?? []).flatMap((gpu, at): Finding[] => {
    if (gpu.problem === undefined) return [];
    const card = [gpu.model ?? 'display adapter', gpu.pciAddress].join(' at ');
    return [
      {
        severity: 'warning',
        code: 'gpu-silent',
        machine: name,
        message: `${card} does not answer its driver: ${gpu.problem}`,
        evidence: `gpus[${at}].problem`,
      },
    ];
  });
}
