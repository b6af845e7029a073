import { fittingNumber } from '../export/formats/netbox/fitting-number.ts';
import type { NetboxItem } from '../export/formats/netbox/items.ts';
import { namedItems } from '../export/formats/netbox/named-items.ts';
import type { ExportMachine } from '../export/machine.ts';
import { oneLine } from '../export/safe-text.ts';
import type { PushContext } from './push-context.ts';
import { refTo, type WantedFields, type WantedObject } from './wanted.ts';

/** The parts of a machine: each a module in a bay of its name, or an inventory item. */
export function partObjects(machine: ExportMachine, context: PushContext): WantedObject[] {
  return namedItems(machine).flatMap((item) => (context.settings.hasModules ? moduleOf : itemOf)(machine, item, context));
}

function itemOf(machine: ExportMachine, item: NetboxItem, { shared, leaveOut }: PushContext): WantedObject[] {
  const { manufacturer, part, serial, about, role } = item;
  const number = fittingNumber(serial, 'serial number', leaveOut);
  return [
    {
      ...partWords('item', machine, item, number),
      first: { device: deviceRef(machine), name: item.name, role: shared.role('itemRole', role), discovered: true },
      facts: {
        ...(manufacturer === undefined ? {} : { manufacturer: shared.manufacturer(manufacturer) }),
        ...(part === undefined ? {} : { part_id: oneLine(part, 50) }),
        ...(number === '' ? {} : { serial: number }),
      },
      renewed: described(about),
    },
  ];
}

function moduleOf(machine: ExportMachine, item: NetboxItem, { shared, leaveOut }: PushContext): WantedObject[] {
  const { manufacturer = 'Unknown', part, serial, about, role } = item;
  if (role === 'Volume') {
    leaveOut('a volume, which is no module (what it is made of is there)');
    return [];
  }
  const number = fittingNumber(serial, 'serial number', leaveOut);
  const device = deviceRef(machine);
  const bay: WantedObject = { ...partWords('bay', machine, item, number), first: { device, name: item.name } };
  return [
    bay,
    {
      ...partWords('module', machine, item, number),
      first: { device, module_bay: refTo(bay), status: 'active' },
      facts: {
        module_type: shared.moduleType(manufacturer, part ?? `Unknown ${role}`, part),
        ...(number === '' ? {} : { serial: number }),
      },
      renewed: described(about),
    },
  ];
}

/** Linux gives drives their names anew at each start: one that has a serial number is found by that. Others are what is at their place. */
function partWords(kind: 'item' | 'bay' | 'module', machine: ExportMachine, { name, role }: NetboxItem, number: string) {
  const words = `${machine.name} ${name}`;
  return { kind, key: words, words, device: machine.name, ...(role === 'Disk' && number !== '' ? { number } : {}) } as const;
}

function described(about: string | undefined): WantedFields {
  const text = oneLine(about ?? '', 200);
  return text === '' ? {} : { description: text };
}

function deviceRef({ name }: ExportMachine): ReturnType<typeof refTo> {
  return { idOf: { kind: 'device', key: name, words: name } };
}
