import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { binarySize } from '../html-text.ts';
import { shortened } from './bar-chart.ts';
import { machineStorage } from './machine-storage.ts';
import { joined, partList, withUnit } from './part-list.ts';
import { speedWords } from './speed-words.ts';

type RecordData = ReturnType<typeof recordData>;

/** What a machine is put together from, one table for each kind of part. */
export function machineParts(record: NodeRecord): string {
  const data = recordData(record);
  return [
    memoryModules(data),
    machineStorage(data.disks, data.storage),
    networkPorts(data),
    gpuCards(data),
    powerSupplyBays(data),
    pciFunctions(data),
    ownCollectors(data),
  ].join('');
}

function memoryModules({ memory }: RecordData): string {
  return partList(
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
  );
}

function networkPorts({ nics }: RecordData): string {
  return partList('Network', nics, [
    ['Name', (nic) => nic.name],
    ['MAC address', (nic) => nic.permanentMac ?? nic.mac],
    ['Card', (nic) => joined(nic.vendor, nic.product)],
    ['Driver', (nic) => nic.driver],
    ['Firmware', (nic) => nic.firmware],
    ['Link', (nic) => (nic.linkUp === undefined ? undefined : nic.linkUp ? 'up' : 'down')],
    ['Speed', (nic) => (nic.speedMbps === undefined ? undefined : speedWords(nic.speedMbps))],
    ['Neighbour', (nic) => nic.lldp?.map((one) => joined(one.chassisName ?? one.chassisId, one.portId)).join('; ')],
  ]);
}

function gpuCards({ gpus }: RecordData): string {
  return partList('GPUs', gpus, [
    ['Address', (gpu) => gpu.pciAddress],
    ['Model', (gpu) => joined(gpu.vendor, gpu.model)],
    ['Memory', (gpu) => binarySize(gpu.memoryBytes)],
    ['Serial', (gpu) => gpu.serial],
    ['Driver', (gpu) => gpu.driver],
  ]);
}

function powerSupplyBays({ powerSupplies }: RecordData): string {
  return partList('Power supplies', powerSupplies, [
    ['Bay', (supply) => supply.location],
    ['Model', (supply) => joined(supply.manufacturer, supply.model ?? supply.name)],
    ['Serial', (supply) => supply.serial],
    ['Power', (supply) => withUnit(supply.maxWatts, 'W')],
    ['State', (supply) => (supply.present === false ? 'not fitted' : supply.status)],
  ]);
}

function pciFunctions({ pci }: RecordData): string {
  return partList('PCI', pci, [
    ['Address', (one) => one.address],
    ['Class', (one) => one.class ?? one.classId],
    ['Vendor', (one) => one.vendor ?? one.vendorId],
    ['Device', (one) => one.device ?? one.deviceId],
    ['Driver', (one) => one.driver],
  ]);
}

function ownCollectors({ custom }: RecordData): string {
  return partList('Own collectors', custom, [
    ['Name', (one) => one.name],
    ['State', (one) => joined(one.status, one.reason)],
    ['Output', (one) => shortened(one.lines?.join('\n') ?? (one.data === undefined ? undefined : JSON.stringify(one.data)) ?? '', 400)],
  ]);
}
