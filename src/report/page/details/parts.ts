import type { PciFunction } from '../../../domain/record/devices.ts';
import type { NodeRecord } from '../../../domain/record/node-record.ts';
import { type RecordData, recordData } from '../../../domain/record/record-data.ts';
import { binarySize } from '../../../domain/values/shown-size.ts';
import { DIMM, fittedDimms } from '../../columns/dimms.ts';
import { NIC } from '../../columns/nics.ts';
import { shortened } from '../bar-chart.ts';
import { speedWords } from '../speed-words.ts';
import { joined, partList, shown, withUnit } from './part-list.ts';
import { machineStorage } from './storage.ts';

/** What a machine is put together from, one table for each kind of part. */
export function machineParts(record: NodeRecord): string {
  const data = recordData(record);
  return [
    memoryTable(data),
    machineStorage(data.disks, data.storage),
    networkTable(data),
    gpuTable(data),
    powerSupplyTable(data),
    pciTable(data),
    collectorTable(data),
  ].join('');
}

function memoryTable({ memory }: RecordData): string {
  return partList('Memory modules', fittedDimms(memory), [
    shown(DIMM.slot),
    shown(DIMM.sizeBytes, binarySize),
    shown(DIMM.type),
    shown(DIMM.speedMtps),
    shown(DIMM.maker),
    shown(DIMM.partNumber),
    shown(DIMM.serial),
  ]);
}

function networkTable({ nics }: RecordData): string {
  return partList('Network', nics, [
    shown(NIC.name),
    shown(NIC.portMac),
    ['Card', (nic) => joined(nic.vendor, nic.product)],
    shown(NIC.driver),
    shown(NIC.firmware),
    shown(NIC.linkUp, (isUp) => (isUp === undefined ? undefined : isUp ? 'up' : 'down')),
    shown(NIC.speedMbps, (mbps) => (mbps === undefined ? undefined : speedWords(mbps))),
    ['Neighbour', (nic) => nic.lldp?.map((one) => joined(one.chassisName ?? one.chassisId, one.portId)).join('; ')],
  ]);
}

function gpuTable({ gpus }: RecordData): string {
  return partList('GPUs', gpus, [
    ['Address', (gpu) => gpu.pciAddress],
    ['Model', (gpu) => joined(gpu.vendor, gpu.model)],
    ['Memory', (gpu) => binarySize(gpu.memoryBytes)],
    ['Serial', (gpu) => gpu.serial],
    ['Driver', (gpu) => gpu.driver],
  ]);
}

function powerSupplyTable({ powerSupplies }: RecordData): string {
  return partList('Power supplies', powerSupplies, [
    ['Bay', (supply) => supply.location],
    ['Model', (supply) => joined(supply.manufacturer, supply.model ?? supply.name)],
    ['Serial', (supply) => supply.serial],
    ['Power', (supply) => withUnit(supply.maxWatts, 'W')],
    ['State', (supply) => (supply.present === false ? 'not fitted' : supply.status)],
  ]);
}

function pciTable({ pci }: RecordData): string {
  return partList('PCI', pci, [
    ['Address', (one) => one.address],
    ['Class', (one) => one.class ?? one.classId],
    ['Vendor', (one) => one.vendor ?? one.vendorId],
    ['Device', (one) => one.device ?? one.deviceId],
    ['Driver', driverWords],
  ]);
}

/** A function that no driver took has the modules that could have, or would. */
function driverWords({ driver, modules, leftOutModules }: PciFunction): string | undefined {
  if (driver !== undefined) return driver;
  if (modules !== undefined) return `none: ${modules.join(' or ')} did not take it`;
  return leftOutModules === undefined ? undefined : `none: the image leaves out ${leftOutModules.join(' and ')}`;
}

function collectorTable({ custom }: RecordData): string {
  return partList('Own collectors', custom, [
    ['Name', (one) => one.name],
    ['State', (one) => joined(one.status, one.reason)],
    ['Output', (one) => shortened(one.lines?.join('\n') ?? (one.data === undefined ? undefined : JSON.stringify(one.data)) ?? '', 400)],
  ]);
}
