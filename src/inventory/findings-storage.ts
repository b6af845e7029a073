import { type Finding, type NamedRecord, sectionData } from './finding.ts';

const GOOD_VOLUME = /^(optl|optimal|ok|okay|online)$/i;

/** RAID volumes that are not whole, and drives behind a controller that it expects to fail. */
export function findStorageTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.storage)?.controllers ?? []).flatMap((controller, at) => {
    const where = `storage.controllers[${at}]`;
    const volumes = controller.virtualDrives.flatMap((volume, index): Finding[] =>
      volume.state === undefined || GOOD_VOLUME.test(volume.state)
        ? []
        : [
            {
              severity: 'critical',
              code: 'raid-degraded',
              machine: name,
              message: `RAID volume ${volume.id} of controller ${controller.id} is ${volume.state}`,
              evidence: `${where}.virtualDrives[${index}].state`,
            },
          ],
    );
    const drives = controller.physicalDrives.flatMap((drive, index): Finding[] =>
      (drive.predictiveFailures ?? 0) === 0
        ? []
        : [
            {
              severity: 'warning',
              code: 'disk-failing',
              machine: name,
              message: `controller ${controller.id} expects the drive in slot ${drive.slot ?? 'unknown'} to fail`,
              evidence: `${where}.physicalDrives[${index}].predictiveFailures`,
            },
          ],
    );
    return [...volumes, ...drives];
  });
}
