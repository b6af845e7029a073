import { machineDrives } from '../../domain/drives/machine-drives.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';

type Sections = Readonly<Record<string, unknown>>;

/**
 * The sections of a record with its drives as they are counted everywhere, in the place of what Linux takes for disks; volumes and what is plugged in stand beside
 * them. A controller is shown without its lists: these are the same drives and volumes.
 */
export function withCountedDrives(record: Pick<NodeRecord, 'sections'>): Sections {
  const { disks, storage } = recordData(record);
  const counted = machineDrives(disks, storage);
  if (counted === undefined) return record.sections;
  const { drives, volumes, media } = counted;
  const { hiddenDrives: _hidden, diskCount: _count, controllers, ...rest } = storage ?? {};
  const own = controllers?.map(({ physicalDrives: _drives, virtualDrives: _volumes, ...controller }) => controller);
  return {
    ...record.sections,
    disks: { status: 'ok', data: { drives: drives.map(kindFirst), volumes, 'plugged in': media } },
    ...(storage === undefined ? {} : { storage: { status: 'ok', data: { ...definedOnly({ controllers: own }), ...rest } } }),
  };
}

/** What is asked first stands first; a drive behind a controller has other keys than one of Linux. */
function kindFirst<Drive extends { name: string; kind: string; sizeBytes?: number }>({ name, kind, ...drive }: Drive): object {
  return { name, kind, ...definedOnly({ sizeBytes: drive.sizeBytes }), ...drive };
}
