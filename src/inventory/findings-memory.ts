import type { Dimm } from '../domain/record/memory.ts';
import { type Finding, majority, type NamedRecord, sectionData } from './finding.ts';

/** Modules that are slower than most of their machine, and memory errors that were counted. */
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
    ...slowOnes(name, dimms, 'ratedSpeedMtps', 'is made for'),
    ...slowOnes(name, dimms, 'configuredSpeedMtps', 'runs at'),
  ];
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
