import type { MachineVolume } from '../../domain/drives/volumes.ts';
import { columnsOf } from './column.ts';

/** What is known of a volume: what is made of drives, and is none. */
export const VOLUME = columnsOf<MachineVolume>()({
  name: { label: 'Name', type: 'text', about: 'kernel name, or its number with the controller', of: (volume) => volume.name },
  kind: { label: 'Kind', type: 'text', about: 'RAID volume, or LUN of a storage network', of: (volume) => volume.kind },
  controller: { label: 'Controller', type: 'text', about: 'model or number of the RAID controller', of: (volume) => volume.controller },
  level: { label: 'Level', type: 'text', about: 'RAID level, as printed', of: (volume) => volume.level },
  state: { label: 'State', type: 'text', about: 'as printed', of: (volume) => volume.state },
  sizeBytes: { label: 'Size', type: 'bigint', about: 'size', of: (volume) => volume.sizeBytes },
  label: { label: 'Label', type: 'text', about: 'name that its owner gave it', of: (volume) => volume.label },
  model: { label: 'Model', type: 'text', about: 'model that Linux shows', of: (volume) => volume.model },
  serial: { label: 'Serial', type: 'text', about: 'serial number, often that of the controller', of: (volume) => volume.serial },
  wwn: { type: 'text', about: 'World Wide Name', of: (volume) => volume.wwn },
});
