import type { MachineVolume } from '../../../domain/drives/volumes.ts';
import type { Nic } from '../../../domain/record/network.ts';
import { macWithHyphens } from '../../../domain/values/mac.ts';
import { plainJson } from '../../../domain/values/plain-json.ts';
import type { TableDisk } from '../../columns/disks.ts';
import type { TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { portMac, portsOf } from '../ports.ts';

/**
 * A JSON document per machine in the shape that ironic-python-agent sends to Ironic (its `inventory`, `boot_interface` and `pci_devices`).
 * What the record does not have is null there, as the agent itself does it.
 */
export const IRONIC: TextFormat = {
  name: 'ironic',
  about: 'an inspection document per machine, for OpenStack Ironic',
  shape: 'directory',
  async *write(machines) {
    for await (const machine of machines) yield { file: `${machine.name}.json`, text: `${plainJson(document(machine), 2)}\n` };
  },
};

function document(machine: ExportMachine): object {
  const { sections, name, bmc, mac, drives } = machine;
  const { system, firmware, cpu, memory, pci } = sections;
  return {
    inventory: {
      interfaces: portsOf(machine).map((nic) => portDocument(nic, sections)),
      cpu: {
        model_name: cpu?.model ?? null,
        frequency: cpu?.maxMhz === undefined && cpu?.baseMhz === undefined ? null : String(cpu.maxMhz ?? cpu.baseMhz),
        count: cpu?.threads ?? null,
        architecture: cpu?.architecture ?? null,
        flags: cpu?.flags ?? [],
        socket_count: cpu?.sockets ?? null,
      },
      disks: (drives?.drives ?? []).map(diskDocument),
      memory: {
        total: memory?.totalBytes ?? null,
        physical_mb: memory?.installedBytes === undefined ? null : Math.floor(memory.installedBytes / 1024 ** 2),
      },
      bmc_address: bmc?.address ?? null,
      bmc_v6address: sections.bmc?.ipv6Addresses?.[0]?.replace(/\/\d+$/, '') ?? null,
      bmc_mac: bmc?.mac ?? null,
      system_vendor: {
        product_name: system?.product ?? null,
        serial_number: system?.serial ?? null,
        manufacturer: system?.vendor ?? null,
        firmware: { vendor: firmware?.vendor ?? null, version: firmware?.version ?? null, build_date: firmware?.date ?? null },
      },
      boot: { current_boot_mode: firmware?.bootMode ?? null, pxe_interface: mac },
      hostname: name,
    },
    boot_interface: `01-${macWithHyphens(mac)}`,
    pci_devices: (pci ?? []).map((one) => ({
      ...{ vendor_id: one.vendorId ?? null, product_id: one.deviceId ?? null, class: one.classId ?? null },
      ...{ revision: one.revision ?? null, bus: one.address, numa_node_id: one.numaNode ?? null },
    })),
    // what Ironic may write an image to where a controller hides the drives
    volumes: (drives?.volumes ?? []).map(volumeDocument),
    error: null,
  };
}

function portDocument(nic: Nic, { pci }: ExportMachine['sections']): object {
  const card = pci?.find((one) => one.address === nic.pciAddress);
  const hexadecimal = (id: string | undefined): string | null => (id === undefined ? null : `0x${id}`);
  const of = (version: 4 | 6): string | null =>
    nic.addresses?.find((address) => address.includes(':') === (version === 6))?.replace(/\/\d+$/, '') ?? null;
  const infiniband = infinibandNames(nic);
  return {
    ...{ name: nic.name, mac_address: portMac(nic) ?? infiniband?.mac ?? null, ipv4_address: of(4), ipv6_address: of(6) },
    ...{ has_carrier: nic.linkUp ?? false, lldp: null, vendor: hexadecimal(card?.vendorId), product: hexadecimal(card?.deviceId) },
    ...{
      client_id: infiniband?.clientId ?? null,
      biosdevname: null,
      speed_mbps: nic.speedMbps ?? null,
      pci_address: nic.pciAddress ?? null,
      driver: nic.driver ?? null,
    },
  };
}

/**
 * A port of Ironic has an Ethernet address. The agent makes one for InfiniBand of the first and the last three bytes of the port's GUID, and
 * the DHCP client identifier that Mellanox adapters boot with (ironic_python_agent/hardware_managers/mlnx.py).
 */
function infinibandNames({ mac }: Nic): { mac: string; clientId: string } | undefined {
  const octets = mac?.toLowerCase().split(':') ?? [];
  if (octets.length !== 20 || !octets.every((octet) => /^[0-9a-f]{2}$/.test(octet))) return undefined;
  const guid = octets.slice(12);
  return { mac: [...guid.slice(0, 3), ...guid.slice(5)].join(':'), clientId: `ff:00:00:00:00:00:02:00:00:02:c9:00:${guid.join(':')}` };
}

/** A drive that Linux does not see has the place behind its controller for a name. */
function diskDocument(disk: TableDisk): object {
  return {
    ...{
      name: disk.behind === undefined ? `/dev/${disk.name}` : `${disk.behind} ${disk.name}`,
      model: disk.model ?? '',
      size: disk.sizeBytes ?? 0,
      rotational: disk.rotational ?? null,
    },
    ...{ wwn: disk.wwn ?? null, serial: disk.serial ?? null, vendor: disk.vendor ?? null, wwn_with_extension: disk.wwn ?? null },
    ...{
      wwn_vendor_extension: null,
      hctl: disk.hctl ?? null,
      by_path: disk.byPath === undefined ? null : `/dev/disk/by-path/${disk.byPath}`,
    },
  };
}

function volumeDocument({ name, model, sizeBytes, serial, wwn, hctl, byPath, level, state, controller }: MachineVolume): object {
  return {
    ...{
      name: name.includes(' ') ? name : `/dev/${name}`,
      model: model ?? '',
      size: sizeBytes ?? 0,
      wwn: wwn ?? null,
      serial: serial ?? null,
    },
    ...{ hctl: hctl ?? null, by_path: byPath === undefined ? null : `/dev/disk/by-path/${byPath}` },
    ...{ raid_level: level ?? null, state: state ?? null, controller: controller ?? null },
  };
}
