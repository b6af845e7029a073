import { countFindings, type Finding } from '../../domain/finding.ts';
import type { NodeRecord } from '../../domain/node-record.ts';
import type { PciFunction } from '../../domain/record/devices.ts';
import type { Dimm } from '../../domain/record/memory.ts';
import type { Nic } from '../../domain/record/network.ts';
import type { Disk } from '../../domain/record/storage.ts';
import { binarySize, cell, decimalSize, escapeHtml, machineAnchor } from '../html-text.ts';
import { dataOf, type MachineRow } from '../machine-row.ts';
import { machineFindings } from './findings-section.ts';

/** The folded part of the report about one machine. */
export function machineDetails(row: MachineRow, record: NodeRecord, findings: readonly Finding[]): string {
  const { system, board, firmware, cpu, memory, disks, nics, pci, bmc, kernel } = dataOf(record);
  const title = [row.mac, row.vendor, row.product, row.serial].filter((part) => part !== undefined).join(' · ');
  // browsers open a folded part when a link leads into it, but not when it leads to the part itself
  return `<details class="machine">
<summary>${escapeHtml(title)}${badges(findings)}</summary>
<div id="${escapeHtml(machineAnchor(row.mac))}">
${machineFindings(findings)}${facts([
  ['UUID', system?.uuid],
  ['Chassis', join(system?.chassis?.type, system?.chassis?.serial, system?.chassis?.assetTag)],
  ['Board', join(board?.vendor, board?.product, board?.serial)],
  ['Firmware', join(firmware?.vendor, firmware?.version, firmware?.date, firmware?.bootMode)],
  ['CPU', join(cpu?.model, counted(cpu?.sockets, 'sockets'), counted(cpu?.cores, 'cores'), counted(cpu?.threads, 'threads'))],
  ['Memory', join(binarySize(memory?.installedBytes ?? memory?.totalBytes), memory?.ecc)],
  ['BMC', join(bmc?.product, bmc?.firmware, bmc?.address, bmc?.mac)],
  ['Kernel', kernel?.release],
  ['Also seen as', row.otherMacs?.join(', ')],
  ['Record', `revision ${row.revision}`],
])}${list('Memory modules', ['Slot', 'Size', 'Type', 'Speed', 'Manufacturer', 'Part', 'Serial'], memory?.dimms.filter((dimm) => dimm.populated).map(dimmRow))}${list(
  'Disks',
  ['Name', 'Size', 'Model', 'Serial', 'Transport', 'SMART'],
  disks?.map(diskRow),
)}${list('Network', ['Name', 'MAC address', 'Driver', 'Link', 'Speed', 'Neighbour'], nics?.map(nicRow))}${list(
  'PCI',
  ['Address', 'Class', 'Vendor', 'Device', 'Driver'],
  pci?.map(pciRow),
)}${troubles(record)}</div></details>
`;
}

function badges(findings: readonly Finding[]): string {
  const counts = countFindings(findings);
  return (['critical', 'warning'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => ` <span class="severity ${severity}">${counts[severity]} ${severity}</span>`)
    .join('');
}

function facts(pairs: readonly (readonly [string, string | undefined])[]): string {
  const rows = pairs
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `<tr><th>${name}</th>${cell(value)}</tr>\n`);
  return `<table class="facts">\n${rows.join('')}</table>\n`;
}

function list(title: string, heads: readonly string[], rows: readonly string[] | undefined): string {
  if (rows === undefined || rows.length === 0) return '';
  return `<h4>${title}</h4>
<div class="scroll"><table>
<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row}</tr>\n`).join('')}</table></div>
`;
}

function dimmRow(dimm: Dimm): string {
  const speed = counted(dimm.configuredSpeedMtps ?? dimm.ratedSpeedMtps, 'MT/s');
  return [dimm.locator ?? dimm.bankLocator, binarySize(dimm.sizeBytes), dimm.type, speed, dimm.manufacturer, dimm.partNumber, dimm.serial]
    .map((value) => cell(value))
    .join('');
}

function diskRow(disk: Disk): string {
  const smart = disk.smartPassed === undefined ? undefined : disk.smartPassed ? 'passed' : 'FAILED';
  return [disk.name, decimalSize(disk.sizeBytes), join(disk.vendor, disk.model), disk.serial, disk.transport, smart]
    .map((value) => cell(value))
    .join('');
}

function nicRow(nic: Nic): string {
  const link = nic.linkUp === undefined ? undefined : nic.linkUp ? 'up' : 'down';
  const neighbour = nic.lldp?.map((one) => join(one.chassisName ?? one.chassisId, one.portId)).join('; ');
  return [nic.name, nic.permanentMac ?? nic.mac, nic.driver, link, counted(nic.speedMbps, 'Mbit/s'), neighbour]
    .map((value) => cell(value))
    .join('');
}

function pciRow(pci: PciFunction): string {
  return [pci.address, pci.class ?? pci.classId, pci.vendor ?? pci.vendorId, pci.device ?? pci.deviceId, pci.driver]
    .map((value) => cell(value))
    .join('');
}

/** Sections and collectors that failed: what the reader must not take for "there is none". */
function troubles(record: NodeRecord): string {
  const sections = Object.entries(record.sections).flatMap(([name, section]) =>
    typeof section === 'object' && section !== null && 'status' in section && section.status === 'failed' && 'reason' in section
      ? [cell(name) + cell(String(section.reason))]
      : [],
  );
  const collectors = record.collectors
    .filter(({ status }) => status === 'failed' || status === 'timeout')
    .map(({ id, status, reason }) => cell(id) + cell(join(status, reason)));
  return list('Not read', ['What', 'Why'], [...sections, ...collectors]);
}

function counted(count: number | undefined, unit: string): string | undefined {
  return count === undefined ? undefined : `${count} ${unit}`;
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
