import type { Finding } from '../../domain/record/finding.ts';
import type { Dimm } from '../../domain/record/memory.ts';
import type { Nic } from '../../domain/record/network.ts';
import { parseMac } from '../../domain/values/mac.ts';
import type { VerdictRow } from '../../domain/visit-tarball.ts';
import { type Column, column, position } from './column.ts';
import type { TableDisk } from './disks.ts';

/** Table `disks`. */
export const DISK_COLUMNS: readonly Column<TableDisk>[] = [
  position('place in the list of the machine, from 0'),
  column('name', 'text', 'kernel name; of a drive behind a controller its enclosure and slot', (disk) => disk.name),
  column('behind', 'text', 'the controller that hides the drive from the system', (disk) => disk.behind),
  column('size_bytes', 'bigint', 'size', (disk) => disk.sizeBytes),
  column('vendor', 'text', 'maker', (disk) => disk.vendor),
  column('model', 'text', 'model', (disk) => disk.model),
  column('serial', 'text', 'serial number', (disk) => disk.serial),
  column('wwn', 'text', 'World Wide Name', (disk) => disk.wwn),
  column('firmware', 'text', 'firmware revision', (disk) => disk.firmware),
  column('rotational', 'boolean', 'it turns', (disk) => disk.rotational),
  column('removable', 'boolean', 'its medium can be taken out', (disk) => disk.removable),
  column('transport', 'text', 'sata, sas, nvme, usb ...', (disk) => disk.transport),
  column('logical_block_bytes', 'bigint', 'logical block', (disk) => disk.logicalBlockBytes),
  column('form_factor', 'text', '2.5 inches ...', (disk) => disk.formFactor),
  column('rotation_rpm', 'bigint', 'speed of a disk that turns', (disk) => disk.rotationRpm),
  column('pci_address', 'text', 'controller that it hangs on', (disk) => disk.pciAddress),
  column('enclosure_slot', 'text', 'slot as the enclosure names it', (disk) => disk.enclosureSlot),
  column('smart_passed', 'boolean', 'it does not expect to fail', (disk) => disk.smartPassed),
  column('power_on_hours', 'bigint', 'hours that it was on', (disk) => disk.powerOnHours),
  column('wear_percent', 'bigint', 'rated endurance that is used up', (disk) => disk.wearPercent),
  column('media_errors', 'bigint', 'errors of the medium', (disk) => disk.mediaErrors),
  column('reallocated_sectors', 'bigint', 'ATA attribute 5', (disk) => disk.reallocatedSectors),
];

/** Table `dimms`. */
export const DIMM_COLUMNS: readonly Column<Dimm>[] = [
  position('place in the list of the machine, from 0'),
  column('locator', 'text', 'name of the slot; not unique', (dimm) => dimm.locator),
  column('bank_locator', 'text', 'name of the bank', (dimm) => dimm.bankLocator),
  column('populated', 'boolean', 'a module sits in the slot', (dimm) => dimm.populated),
  column('size_bytes', 'bigint', 'size', (dimm) => dimm.sizeBytes),
  column('type', 'text', 'DDR4, DDR5 ...', (dimm) => dimm.type),
  column('rated_speed_mtps', 'bigint', 'what it can do', (dimm) => dimm.ratedSpeedMtps),
  column('configured_speed_mtps', 'bigint', 'what it runs at', (dimm) => dimm.configuredSpeedMtps),
  column('manufacturer', 'text', 'maker; the name behind a JEDEC number', (dimm) => dimm.manufacturerName ?? dimm.manufacturer),
  column('part_number', 'text', 'part number', (dimm) => dimm.partNumber),
  column('serial', 'text', 'serial number', (dimm) => dimm.serial),
  column('asset_tag', 'text', 'label of the module', (dimm) => dimm.assetTag),
  column('ecc', 'boolean', 'it has check bits', (dimm) => dimm.ecc),
  column('rank', 'bigint', 'number of ranks', (dimm) => dimm.rank),
  column('form_factor', 'text', 'DIMM, SODIMM ...', (dimm) => dimm.formFactor),
  column('technology', 'text', 'DRAM, NVDIMM-N ...', (dimm) => dimm.technology),
];

/** Table `nics`; of several LLDP neighbours the first. */
export const NIC_COLUMNS: readonly Column<Nic>[] = [
  position('place in the list of the machine, from 0'),
  column('name', 'text', 'kernel name', (nic) => nic.name),
  column('port_mac', 'mac', 'its permanent address, or the one in use', (nic) => parseMac(nic.permanentMac ?? nic.mac ?? '')),
  column('driver', 'text', 'driver', (nic) => nic.driver),
  column('firmware', 'text', 'firmware version', (nic) => nic.firmware),
  column('pci_address', 'text', 'PCI address', (nic) => nic.pciAddress),
  column('slot', 'text', 'label of the slot', (nic) => nic.slot),
  column('bus', 'text', 'pci, usb, virtio ...', (nic) => nic.bus),
  column('vendor', 'text', 'maker of the chip', (nic) => nic.vendor),
  column('product', 'text', 'chip', (nic) => nic.product),
  column('bmc_link', 'boolean', 'a link to the BMC, not a port', (nic) => nic.bmcLink === true),
  column('virtual_function', 'boolean', 'not a port of its own', (nic) => nic.virtualFunction === true),
  column('link_type', 'text', 'ether, infiniband ...', (nic) => nic.linkType),
  column('guid', 'text', 'InfiniBand port GUID', (nic) => nic.guid),
  column('link_up', 'boolean', 'a cable with somebody at its other end', (nic) => nic.linkUp),
  column('speed_mbps', 'bigint', 'speed of the link', (nic) => nic.speedMbps),
  column('port_type', 'text', 'Twisted Pair, FIBRE ...', (nic) => nic.portType),
  column('mtu_bytes', 'bigint', 'largest packet', (nic) => nic.mtuBytes),
  column('transceiver_part_number', 'text', 'what is plugged in', (nic) => nic.transceiver?.partNumber),
  column('transceiver_serial', 'text', 'its serial number', (nic) => nic.transceiver?.serial),
  column('lldp_switch', 'text', 'name of the switch, or its number', (nic) => nic.lldp?.[0]?.chassisName ?? nic.lldp?.[0]?.chassisId),
  column('lldp_port', 'text', 'port of the switch', (nic) => nic.lldp?.[0]?.portId),
  column('lldp_port_description', 'text', 'description of that port', (nic) => nic.lldp?.[0]?.portDescription),
  column('lldp_vlan', 'bigint', 'VLAN of untagged frames', (nic) => nic.lldp?.[0]?.pvid),
];

/** Table `missing`. */
export const MISSING_COLUMNS: readonly Column<VerdictRow>[] = [
  column('stage', 'text', 'the last step that the master saw', (row) => row.stage),
  column('at', 'timestamp', 'when (UTC, clock of the master)', (row) => row.at),
  column('address', 'text', 'IP address that it had', (row) => row.address),
  column('code', 'text', 'kind of verdict', (row) => row.verdict?.code),
  column('verdict', 'text', 'why it did not arrive', (row) => row.verdict?.sentence),
  column('hint', 'text', 'what to try', (row) => row.verdict?.hint),
  column('port_of', 'mac', 'the listed machine that the address is a port of: not missing then', (row) => row.portOf),
];

/** Table `findings`. */
export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  position('place in the list of the visit, the worst first'),
  column('severity', 'text', 'critical, warning or note', (finding) => finding.severity),
  column('code', 'text', 'kind of finding', (finding) => finding.code),
  column('message', 'text', 'what was found', (finding) => finding.message),
  column('evidence', 'text', 'the field of the record that shows it', (finding) => finding.evidence),
];
