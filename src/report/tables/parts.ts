import type { MachineVolume } from '../../domain/drives/volumes.ts';
import type { Finding } from '../../domain/record/finding.ts';
import type { Dimm } from '../../domain/record/memory.ts';
import type { Nic } from '../../domain/record/network.ts';
import type { VerdictRow } from '../../domain/visit-tarball.ts';
import { DIMM } from '../columns/dimms.ts';
import { DISK, type TableDisk } from '../columns/disks.ts';
import { NIC } from '../columns/nics.ts';
import { VOLUME } from '../columns/volumes.ts';
import { column, position, type SqlColumn, sqlColumns } from './column.ts';

/** Table `disks`. */
export const DISK_COLUMNS: readonly SqlColumn<TableDisk>[] = [
  position('place in the list of the machine, from 0'),
  ...sqlColumns(DISK, { without: ['byPath', 'enclosure'] }),
];

/** Table `volumes`. */
export const VOLUME_COLUMNS: readonly SqlColumn<MachineVolume>[] = [
  position('place in the list of the machine, from 0'),
  ...sqlColumns(VOLUME),
];

/** Table `media`: a disk that is no drive of the machine. */
export const MEDIA_COLUMNS: readonly SqlColumn<TableDisk>[] = [
  position('place in the list of the machine, from 0'),
  ...sqlColumns(DISK, { without: ['byPath', 'enclosure', 'kind', 'behind', 'state'] }),
];

/** Table `dimms`. */
export const DIMM_COLUMNS: readonly SqlColumn<Dimm>[] = [
  position('place in the list of the machine, from 0'),
  ...sqlColumns(DIMM, { without: ['slot', 'speedMtps', 'manufacturer', 'manufacturerName'], names: { maker: 'manufacturer' } }),
];

/** Table `nics`. */
export const NIC_COLUMNS: readonly SqlColumn<Nic>[] = [
  position('place in the list of the machine, from 0'),
  ...sqlColumns(NIC, {
    without: ['mac', 'permanentMac', 'duplex', 'switchName', 'switchId'],
    names: { switch: 'lldp_switch', switchPort: 'lldp_port', switchPortDescription: 'lldp_port_description', pvid: 'lldp_vlan' },
  }),
];

/** Table `missing`. */
export const MISSING_COLUMNS: readonly SqlColumn<VerdictRow>[] = [
  column('stage', 'text', 'the last stage of its boot that the master saw', (row) => row.stage),
  column('at', 'timestamp', 'when (UTC, clock of the master)', (row) => row.at),
  column('address', 'text', 'IP address that it had', (row) => row.address),
  column('code', 'text', 'kind of verdict', (row) => row.verdict?.code),
  column('verdict', 'text', 'why it did not arrive', (row) => row.verdict?.sentence),
  column('hint', 'text', 'what to try', (row) => row.verdict?.hint),
  column('port_of', 'mac', 'the listed machine that the address is a port of: not missing then', (row) => row.portOf),
];

/** Table `findings`. */
export const FINDING_COLUMNS: readonly SqlColumn<Finding>[] = [
  position('place in the list of the visit, the worst first'),
  column('severity', 'text', 'critical, warning or note', (finding) => finding.severity),
  column('code', 'text', 'kind of finding', (finding) => finding.code),
  column('message', 'text', 'what was found', (finding) => finding.message),
  column('evidence', 'text', 'the field of the record that shows it', (finding) => finding.evidence),
];
