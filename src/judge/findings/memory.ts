import type { Finding } from '../../domain/record/finding.ts';
import type { Dimm, MemorySection } from '../../domain/record/memory.ts';
import { majority, type NamedRecord, sectionData } from './judged-record.ts';

/** Modules that are slower than most of their machine or of unequal size, error correction that is off, and errors that were counted. */
export function findMemoryTrouble({ name, record }: NamedRecord): Finding[] {
  const memory = sectionData(record.sections.memory);
  const dimms = memory?.dimms ?? [];
  const counted = (memory?.controllers ?? []).flatMap((controller, at): Finding[] => {
    const errors = controller.uncorrectedErrors ?? 0;
    const evidence = `memory.controllers[${at}].uncorrectedErrors`;
    return errors === 0
      ? []
      : [
          {
            severity: 'critical',
            code: 'memory-errors',
            machine: name,
            message: `${controller.name} counted ${errors} uncorrected memory errors since this boot`,
            evidence,
          },
        ];
  });
  return [
    ...counted,
    ...eccOff(name, memory),
    ...unequalSizes(name, dimms),
    ...slowOnes(name, dimms, 'ratedSpeedMtps', 'is made for'),
    ...slowOnes(name, dimms, 'configuredSpeedMtps', 'runs at'),
  ];
}

function eccOff(machine: string, memory: MemorySection | undefined): Finding[] {
  if (memory?.eccModules !== true || !/^none$/i.test(memory.ecc ?? '')) return [];
  const message = 'the modules have check bits, but the firmware says that no error is corrected';
  return [{ severity: 'warning', code: 'ecc-off', machine, message, evidence: 'memory.ecc' }];
}

/** Channels with unequal modules run slower, and often somebody has helped himself. */
function unequalSizes(machine: string, dimms: readonly Dimm[]): Finding[] {
  const sizesBytes = dimms.filter(isRam).flatMap((dimm) => dimm.sizeBytes ?? []);
  const sizes = Map.groupBy(sizesBytes, (sizeBytes) => sizeBytes);
  if (sizes.size < 2) return [];
  const kinds = [...sizes].map(([sizeBytes, { length }]) => `${length} × ${sizeBytes / 1024 ** 3} GiB`);
  const message = `memory modules of unequal size: ${kinds.join(', ')}`;
  return [{ severity: 'note', code: 'dimm-unequal', machine, message, evidence: 'memory.dimms' }];
}

function slowOnes(machine: string, dimms: readonly Dimm[], key: 'ratedSpeedMtps' | 'configuredSpeedMtps', words: string): Finding[] {
  const speeds = dimms.filter(isRam).flatMap((dimm) => dimm[key] ?? []);
  const usual = majority(speeds);
  if (usual === undefined) return [];
  return dimms.flatMap((dimm, at): Finding[] => {
    const speed = dimm[key];
    if (speed === undefined || speed >= usual || !isRam(dimm)) return [];
    const place = dimm.locator ?? dimm.bankLocator ?? dimm.handle ?? `number ${at + 1}`;
    const message = `memory module ${place} ${words} ${speed} MT/s, most others here ${usual} MT/s`;
    return [{ severity: 'warning', code: 'dimm-slow', machine, message, evidence: `memory.dimms[${at}].${key}` }];
  });
}

/** Persistent memory has a speed of its own, and so has the flash that some firmware lists among the modules. */
function isRam(dimm: Dimm): boolean {
  return dimm.populated && dimm.nonVolatileBytes === undefined && !/flash|rom/i.test(dimm.type ?? '');
}
