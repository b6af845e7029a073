import { knownWords } from '../../../domain/values/known-words.ts';
import { plainJson } from '../../../domain/values/plain-json.ts';
import { DIMM } from '../../columns/dimms.ts';
import type { TableDisk } from '../../columns/disks.ts';
import { cpuMaker } from '../cpu-maker.ts';
import type { ExportVisit, TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { portMac, portsOf } from '../ports.ts';
import { oneLine } from '../safe-text.ts';

const MIB = 1024 ** 2;
/** GLPI shows sizes of disks as they are sold: the example of its schema is 250059 for 250 GB. */
const MB = 1000 ** 2;

/** A JSON document per machine as GLPI's native inventory takes it (its inventory.schema.json). */
export const GLPI: TextFormat = {
  name: 'glpi',
  about: "a JSON document per machine, for GLPI's native inventory",
  shape: 'directory',
  async *write(machines, visit) {
    for await (const machine of machines) yield { file: `${machine.name}.json`, text: `${plainJson(document(machine, visit), 2)}\n` };
  },
};

function document(machine: ExportMachine, { site, imageVersion }: ExportVisit): object {
  const { name, assetTag, sections, bmc, drives } = machine;
  const { system, board, firmware, cpu, memory, storage, powerSupplies, gpus } = sections;
  const ports = portsOf(machine).map((nic) => ({
    ...{ description: nic.name, mac: portMac(nic), type: nic.linkType === 'infiniband' ? 'infiniband' : 'ethernet' },
    ...{ status: nic.linkUp === undefined ? 'unknown' : nic.linkUp ? 'up' : 'down', speed: nic.speedMbps?.toString() },
    ...{
      manufacturer: nic.vendor,
      model: nic.product,
      driver: nic.driver,
      firmware: nic.firmware,
      pcislot: nic.pciAddress,
      mtu: nic.mtuBytes,
    },
  }));
  const management = { description: 'bmc', type: 'ethernet', management: true, mac: bmc?.mac, ipaddress: bmc?.address };
  const processors = (cpu?.socketList ?? []).filter((socket) => socket.populated);
  return {
    ...{ deviceid: name, itemtype: 'Computer', action: 'inventory', tag: oneLine(site, 255) },
    content: {
      versionclient: `Recon ${imageVersion}`,
      hardware: {
        ...{ name, uuid: system?.uuid, chassis_type: system?.chassis?.type },
        memory: memory?.installedBytes === undefined ? undefined : Math.floor(memory.installedBytes / MIB),
      },
      bios: {
        ...{ bmanufacturer: firmware?.vendor, bversion: firmware?.version, bdate: isoDate(firmware?.date) },
        ...{ smanufacturer: system?.vendor, smodel: system?.product, ssn: system?.serial, skunumber: system?.sku, assettag: assetTag },
        ...{ mmanufacturer: board?.vendor, mmodel: board?.product, msn: board?.serial, enclosureserial: system?.enclosure?.serial },
        secure_boot: firmware?.secureBoot === undefined ? undefined : firmware.secureBoot ? 'enabled' : 'disabled',
      },
      cpus: processors.map((socket) => ({
        ...{
          name: socket.model ?? cpu?.model,
          manufacturer: cpuMaker(cpu?.vendor),
          core: socket.cores,
          thread: socket.threads,
          speed: socket.currentMhz,
        },
      })),
      memories: (memory?.dimms ?? []).map((dimm, index) => ({
        ...{ numslots: index + 1, caption: dimm.locator, manufacturer: DIMM.maker.of(dimm), model: dimm.partNumber },
        ...{ capacity: dimm.sizeBytes === undefined ? undefined : Math.floor(dimm.sizeBytes / MIB), serialnumber: dimm.serial },
        ...{ type: dimm.type, formfactor: dimm.formFactor, speed: DIMM.speedMtps.of(dimm)?.toString() },
      })),
      storages: storagesOf(drives),
      controllers: controllersOf(storage),
      networks: [...ports, ...(bmc === undefined ? [] : [management])],
      powersupplies: (powerSupplies ?? []).map((supply) => ({
        ...{ name: supply.name, manufacturer: supply.manufacturer, partnum: supply.model, serialnumber: supply.serial },
        ...{ power_max: supply.maxWatts, location: supply.location, status: supply.status, plugged: supply.plugged },
      })),
      videos: (gpus ?? []).map((gpu) => ({ name: gpu.model, pcislot: gpu.pciAddress })),
    },
  };
}

/** Drives, and what is plugged in; for volumes GLPI has no place. */
function storagesOf(drives: ExportMachine['drives']): object[] {
  const { drives: own = [], media = [] } = drives ?? {};
  return [...own.map((disk) => storageOf(disk, 'disk')), ...media.map((disk) => storageOf(disk, 'removable'))];
}

function controllersOf(storage: ExportMachine['sections']['storage']): object[] {
  return [...(storage?.controllers ?? []), ...(storage?.hostAdapters ?? [])].map(({ model, serial, driver, pciAddress, firmware }) => ({
    ...{ name: model ?? 'storage controller', model, serial, driver, pcislot: pciAddress, rev: firmware },
  }));
}

function storageOf(disk: TableDisk, type: 'disk' | 'removable'): object {
  const { name, model, vendor, sizeBytes, serial, wwn, firmware, transport, kind, behind } = disk;
  return {
    ...{ name, type, model, manufacturer: vendor, serial, wwn, firmware, interface: transport?.toUpperCase() },
    ...{ disksize: sizeBytes === undefined ? undefined : Math.round(sizeBytes / MB) },
    description:
      knownWords([kind === 'other' ? undefined : kind, behind === undefined ? undefined : `behind ${behind}`], ', ') || undefined,
  };
}

/** GLPI wants YYYY-MM-DD; SMBIOS says MM/DD/YYYY (type 0, Release Date), and some machines something else. */
function isoDate(date: string | undefined): string | undefined {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(date?.trim() ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}
