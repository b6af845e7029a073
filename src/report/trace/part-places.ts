import { machineDrives } from '../../domain/drives/machine-drives.ts';
import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { driveSize } from '../../domain/values/drive-size.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { anyMac, type MacAddress } from '../../domain/values/mac.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import type { VisitNode } from '../../tarball/visit.ts';
import { NIC } from '../columns/nics.ts';

/** Where a part was found. */
export interface PartPlace {
  /** drive, memory module, network port … */
  kind: string;
  /** what it calls itself: maker, model, size, serial number */
  label: string;
  /** slot or name, as the machine has it; missing of the machine itself */
  place?: string;
  machine: { mac: MacAddress; label: string };
  /** of a port its own, of all others those of the machine: `sw1 Eth1/5` */
  switchPorts: string[];
}

interface Part {
  kind: string;
  names: readonly (string | undefined)[];
  label: string;
  place?: string | undefined;
  switchPorts?: string[];
}

/** Where in a machine the part is that has this serial number, World Wide Name, UUID or address; nowhere when it is not there. Pure. */
export function partPlaces(node: VisitNode, wanted: string): PartPlace[] {
  const data = recordData(node.record);
  const mac = anyMac(wanted);
  const key = (name: string | undefined): string | undefined => (mac === undefined ? name?.trim().toLowerCase() : anyMac(name ?? ''));
  const sought = key(wanted);
  const machine = { mac: node.mac, label: knownWords([data.system?.vendor, data.system?.product, data.system?.serial]) };
  const all = [...new Set((data.nics ?? []).flatMap(portOf))];
  const found = partsOf(node.mac, data).filter(({ names }) => names.some((name) => name !== undefined && key(name) === sought));
  // a port of the machine is told by its own name, and not once more as the address that the machine is listed by
  const parts = found.length > 1 ? found.filter(({ kind }) => kind !== LISTED) : found;
  return parts.map(({ kind, label, place, switchPorts = all }) => ({ kind, label, ...definedOnly({ place }), machine, switchPorts }));
}

/** A part of a machine, and where it is, in words. */
export interface PlacedPart {
  kind: string;
  /** serial numbers, World Wide Names, UUIDs and addresses */
  names: readonly (string | undefined)[];
  label: string;
  /** slot or name, and switch ports of a port; empty where nothing is known */
  where: string;
  /** the machine, as people tell it */
  machine: string;
}

/** Every part of a machine, the machine itself first. Pure. */
export function everyPart(node: VisitNode): PlacedPart[] {
  const data = recordData(node.record);
  const machine = `${knownWords([data.system?.vendor, data.system?.product, data.system?.serial])} (${node.mac})`.trim();
  return partsOf(node.mac, data)
    .filter(({ kind }) => kind !== LISTED)
    .map(({ kind, names, label, place, switchPorts = [] }) => ({
      kind,
      names,
      label,
      machine,
      where: knownWords([place, ...switchPorts], ', '),
    }));
}

const LISTED = 'address that the machine is listed by';

function partsOf(mac: MacAddress, data: RecordData): Part[] {
  const { system, board, bmc, disks, storage, memory, nics, gpus, powerSupplies } = data;
  const drives = machineDrives(disks, storage);
  return [
    { kind: LISTED, names: [mac], label: mac },
    {
      kind: 'machine',
      names: [system?.serial, system?.uuid, system?.chassis?.serial],
      label: knownWords([system?.vendor, system?.product, system?.serial]),
    },
    {
      kind: 'enclosure',
      names: [system?.enclosure?.serial],
      label: knownWords([system?.enclosure?.model, system?.enclosure?.serial]),
      place: system?.enclosure?.bay,
    },
    { kind: 'main board', names: [board?.serial], label: knownWords([board?.vendor, board?.product, board?.serial]) },
    { kind: 'BMC', names: [bmc?.mac], label: knownWords([bmc?.product, bmc?.mac]), place: bmc?.address },
    ...[...(drives?.drives ?? []), ...(drives?.media ?? [])].map(
      (drive): Part => ({
        kind: 'drive',
        names: [drive.serial, drive.wwn],
        label: knownWords([drive.vendor, drive.model, driveSize(drive.sizeBytes), drive.serial]),
        place: knownWords([drive.enclosureSlot === undefined ? undefined : `slot ${drive.enclosureSlot}`, drive.name]),
      }),
    ),
    ...(memory?.dimms ?? []).map(
      (dimm): Part => ({
        kind: 'memory module',
        names: [dimm.serial],
        label: knownWords([dimm.manufacturerName ?? dimm.manufacturer, binarySize(dimm.sizeBytes), dimm.partNumber, dimm.serial]),
        place: dimm.locator ?? dimm.bankLocator,
      }),
    ),
    ...(nics ?? []).flatMap(portParts),
    ...(gpus ?? []).map(
      (gpu): Part => ({
        kind: 'GPU',
        names: [gpu.serial, gpu.uuid],
        label: knownWords([gpu.vendor, gpu.model, gpu.serial]),
        place: gpu.pciAddress,
      }),
    ),
    ...(powerSupplies ?? []).map(
      (supply): Part => ({
        kind: 'power supply',
        names: [supply.serial],
        label: knownWords([supply.manufacturer, supply.model, supply.serial]),
        place: supply.location ?? supply.name,
      }),
    ),
  ];
}

function portParts(nic: NonNullable<RecordData['nics']>[number]): Part[] {
  const own = { place: knownWords([nic.slot, nic.name]), switchPorts: portOf(nic) };
  const { transceiver } = nic;
  return [
    {
      kind: 'network port',
      names: [nic.mac, nic.permanentMac, nic.guid],
      label: knownWords([nic.vendor, nic.product, NIC.portMac.of(nic)]),
      ...own,
    },
    { kind: 'transceiver', names: [transceiver?.serial], label: knownWords([transceiver?.partNumber, transceiver?.serial]), ...own },
  ];
}

function portOf(nic: NonNullable<RecordData['nics']>[number]): string[] {
  const words = knownWords([NIC.switch.of(nic), NIC.switchPort.of(nic)]);
  return words === '' ? [] : [words];
}
