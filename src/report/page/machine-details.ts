import { countFindings, type Finding } from '../../domain/record/finding.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { binarySize, cell, escapeHtml, machineAnchor } from '../html-text.ts';
import type { MachineRow } from '../machine-row.ts';
import { shortened } from './bar-chart.ts';
import { machineFindings } from './findings-section.ts';
import { machineStorage } from './machine-storage.ts';
import { joined, partList, withUnit } from './part-list.ts';
import { speedWords } from './speed-words.ts';

/** The folded part of the report about one machine. */
export function machineDetails(row: MachineRow, record: NodeRecord, findings: readonly Finding[]): string {
  const { system, board, firmware, cpu, memory, disks, nics, pci, bmc, kernel, storage, gpus, powerSupplies, tpm, custom } =
    recordData(record);
  const title = [row.mac, row.vendor, row.product, row.serial].filter((part) => part !== undefined).join(' · ');
  // browsers open a folded part when a link leads into it, but not when it leads to the part itself
  return `<details class="machine">
<summary>${escapeHtml(title)}${badges(findings)}</summary>
<div id="${escapeHtml(machineAnchor(row.mac))}">
${machineFindings(findings)}${facts([
  ['UUID', system?.uuid],
  ['Chassis', joined(system?.chassis?.type, system?.chassis?.serial, system?.chassis?.assetTag)],
  ['Board', joined(board?.vendor, board?.product, board?.serial)],
  ['Firmware', joined(firmware?.vendor, firmware?.version, firmware?.date, firmware?.bootMode)],
  ['CPU', joined(cpu?.model, withUnit(cpu?.sockets, 'sockets'), withUnit(cpu?.cores, 'cores'), withUnit(cpu?.threads, 'threads'))],
  ['Memory', joined(binarySize(memory?.installedBytes ?? memory?.totalBytes), memory?.ecc)],
  ['BMC', joined(bmc?.product, bmc?.firmware, bmc?.address, bmc?.mac)],
  ['TPM', joined(tpm?.version, tpm?.vendor, tpm?.firmware)],
  ['Kernel', kernel?.release],
  ['Also seen as', row.otherMacs?.join(', ')],
  ['Record', `revision ${row.revision}`],
])}${partList(
  'Memory modules',
  memory?.dimms.filter((dimm) => dimm.populated),
  [
    ['Slot', (dimm) => dimm.locator ?? dimm.bankLocator],
    ['Size', (dimm) => binarySize(dimm.sizeBytes)],
    ['Type', (dimm) => dimm.type],
    ['Speed', (dimm) => withUnit(dimm.configuredSpeedMtps ?? dimm.ratedSpeedMtps, 'MT/s')],
    ['Manufacturer', (dimm) => dimm.manufacturerName ?? dimm.manufacturer],
    ['Part', (dimm) => dimm.partNumber],
    ['Serial', (dimm) => dimm.serial],
  ],
)}${machineStorage(disks, storage)}${partList('Network', nics, [
  ['Name', (nic) => nic.name],
  ['MAC address', (nic) => nic.permanentMac ?? nic.mac],
  ['Card', (nic) => joined(nic.vendor, nic.product)],
  ['Driver', (nic) => nic.driver],
  ['Firmware', (nic) => nic.firmware],
  ['Link', (nic) => (nic.linkUp === undefined ? undefined : nic.linkUp ? 'up' : 'down')],
  ['Speed', (nic) => (nic.speedMbps === undefined ? undefined : speedWords(nic.speedMbps))],
  ['Neighbour', (nic) => nic.lldp?.map((one) => joined(one.chassisName ?? one.chassisId, one.portId)).join('; ')],
])}${partList('GPUs', gpus, [
  ['Address', (gpu) => gpu.pciAddress],
  ['Model', (gpu) => joined(gpu.vendor, gpu.model)],
  ['Memory', (gpu) => binarySize(gpu.memoryBytes)],
  ['Serial', (gpu) => gpu.serial],
  ['Driver', (gpu) => gpu.driver],
])}${partList('Power supplies', powerSupplies, [
  ['Bay', (supply) => supply.location],
  ['Model', (supply) => joined(supply.manufacturer, supply.model ?? supply.name)],
  ['Serial', (supply) => supply.serial],
  ['Power', (supply) => withUnit(supply.maxWatts, 'W')],
  ['State', (supply) => (supply.present === false ? 'not fitted' : supply.status)],
])}${partList('PCI', pci, [
  ['Address', (one) => one.address],
  ['Class', (one) => one.class ?? one.classId],
  ['Vendor', (one) => one.vendor ?? one.vendorId],
  ['Device', (one) => one.device ?? one.deviceId],
  ['Driver', (one) => one.driver],
])}${partList('Own collectors', custom, [
  ['Name', (one) => one.name],
  ['State', (one) => joined(one.status, one.reason)],
  ['Output', (one) => shortened(one.lines?.join('\n') ?? (one.data === undefined ? undefined : JSON.stringify(one.data)) ?? '', 400)],
])}${troubles(record)}</div></details>
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

/** Sections and collectors that failed: what the reader must not take for "there is none". */
function troubles(record: NodeRecord): string {
  const sections = Object.entries(record.sections).flatMap(([name, section]) =>
    typeof section === 'object' && section !== null && 'status' in section && section.status === 'failed' && 'reason' in section
      ? [{ what: name, why: String(section.reason) }]
      : [],
  );
  const collectors = record.collectors
    .filter(({ status }) => status === 'failed' || status === 'timeout')
    .map(({ id, status, reason }) => ({ what: id, why: joined(status, reason) }));
  return partList(
    'Not read',
    [...sections, ...collectors],
    [
      ['What', ({ what }) => what],
      ['Why', ({ why }) => why],
    ],
  );
}
