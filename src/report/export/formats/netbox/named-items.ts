import type { ExportMachine } from '../../machine.ts';
import { oneLine } from '../../safe-text.ts';
import { type NetboxItem, netboxItems } from './items.ts';

/** Parts by names that a device of NetBox takes once: so long, and none twice. */
export function namedItems(machine: ExportMachine): NetboxItem[] {
  const names = new Set<string>();
  return netboxItems(machine).map((item) => {
    const plain = oneLine(item.name, 56);
    let name = plain;
    for (let copy = 2; names.has(name); copy += 1) name = `${plain} (${copy})`;
    names.add(name);
    return { ...item, name };
  });
}
