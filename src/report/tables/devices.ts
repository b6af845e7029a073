import type { Gpu } from '../../domain/record/accelerators.ts';
import type { EventLog, Sensor } from '../../domain/record/bmc.ts';
import type { PciFunction } from '../../domain/record/devices.ts';
import type { PowerSupply } from '../../domain/record/platform.ts';
import { column, position, type SqlColumn } from './column.ts';

/** Table `gpus`. */
export const GPU_COLUMNS: readonly SqlColumn<Gpu>[] = [
  position('place in the list of the machine, from 0'),
  column('pci_address', 'text', 'where it sits', (gpu) => gpu.pciAddress),
  column('vendor', 'text', 'maker', (gpu) => gpu.vendor),
  column('model', 'text', 'model', (gpu) => gpu.model),
  column('serial', 'text', 'serial number', (gpu) => gpu.serial),
  column('uuid', 'text', 'unique number that its driver gives', (gpu) => gpu.uuid),
  column('part_number', 'text', 'part number', (gpu) => gpu.partNumber),
  column('vbios', 'text', 'version of its firmware', (gpu) => gpu.vbios),
  column('memory_bytes', 'bigint', 'memory of the card', (gpu) => gpu.memoryBytes),
  column('ecc_enabled', 'boolean', 'its memory corrects errors', (gpu) => gpu.eccEnabled),
  column('driver', 'text', 'driver', (gpu) => gpu.driver),
  column('driver_version', 'text', 'version of the driver', (gpu) => gpu.driverVersion),
  column('problem', 'text', 'what the driver says of a card that does not answer', (gpu) => gpu.problem),
];

/** Table `power_supplies`. */
export const POWER_SUPPLY_COLUMNS: readonly SqlColumn<PowerSupply>[] = [
  position('place in the list of the machine, from 0'),
  column('location', 'text', 'bay', (supply) => supply.location),
  column('name', 'text', 'name', (supply) => supply.name),
  column('manufacturer', 'text', 'maker', (supply) => supply.manufacturer),
  column('model', 'text', 'part number', (supply) => supply.model),
  column('revision', 'text', 'revision', (supply) => supply.revision),
  column('serial', 'text', 'serial number', (supply) => supply.serial),
  column('asset_tag', 'text', 'label that its owner gave it', (supply) => supply.assetTag),
  column('max_watts', 'bigint', 'what it can deliver', (supply) => supply.maxWatts),
  column('present', 'boolean', 'it is fitted', (supply) => supply.present),
  column('plugged', 'boolean', 'the mains are connected', (supply) => supply.plugged),
  column('hot_replaceable', 'boolean', 'it can be changed while the machine runs', (supply) => supply.hotReplaceable),
  column('status', 'text', 'as the firmware says it', (supply) => supply.status),
];

/** Table `pci`. */
export const PCI_COLUMNS: readonly SqlColumn<PciFunction>[] = [
  position('place in the list of the machine, from 0'),
  column('address', 'text', 'domain:bus:device.function', (pci) => pci.address),
  column('slot', 'text', 'physical slot, as the kernel names it', (pci) => pci.slot),
  column('class_id', 'text', 'class and subclass, four hexadecimal digits', (pci) => pci.classId),
  column('class', 'text', 'name of the class', (pci) => pci.class),
  column('vendor_id', 'text', 'four hexadecimal digits', (pci) => pci.vendorId),
  column('vendor', 'text', 'maker of the chip', (pci) => pci.vendor),
  column('device_id', 'text', 'four hexadecimal digits', (pci) => pci.deviceId),
  column('device', 'text', 'chip', (pci) => pci.device),
  column('subsystem_vendor', 'text', 'who sells the card', (pci) => pci.subsystemVendor),
  column('subsystem_device', 'text', 'name of the card', (pci) => pci.subsystemDevice),
  column('revision', 'text', 'two hexadecimal digits', (pci) => pci.revision),
  column('driver', 'text', 'driver that is bound', (pci) => pci.driver),
  column('numa_node', 'bigint', 'NUMA node that it hangs on', (pci) => pci.numaNode),
  column('link_speed_gtps', 'double', 'speed of its link', (pci) => pci.link?.speedGtps),
  column('link_max_speed_gtps', 'double', 'highest speed that it could have', (pci) => pci.link?.maxSpeedGtps),
  column('link_width', 'bigint', 'lanes of its link', (pci) => pci.link?.width),
  column('link_max_width', 'bigint', 'most lanes that it could have', (pci) => pci.link?.maxWidth),
];

/** Table `sensors`. */
export const SENSOR_COLUMNS: readonly SqlColumn<Sensor>[] = [
  position('place in the list of the BMC, from 0'),
  column('name', 'text', 'name of the sensor', (sensor) => sensor.name),
  column('status', 'text', 'as printed: ok, ns, nc, cr, nr ...', (sensor) => sensor.status),
  column('value', 'double', 'the reading', (sensor) => sensor.value),
  column('unit', 'text', 'unit of the reading, as printed', (sensor) => sensor.unit),
  column('state', 'text', 'the reading of a sensor that has states instead of a value', (sensor) => sensor.text),
  column('entity', 'text', 'part of the machine that it belongs to', (sensor) => sensor.entity),
];

type LoggedEvent = NonNullable<EventLog['newestCritical']>[number];

/** Table `events`. */
export const EVENT_COLUMNS: readonly SqlColumn<LoggedEvent>[] = [
  position('place among those that the record keeps, from 0'),
  column('logged_at', 'text', "when, by the BMC's clock, as printed", (event) => event.time),
  column('sensor', 'text', 'sensor that reported it', (event) => event.sensor),
  column('event', 'text', 'what happened, as printed', (event) => event.event),
];
