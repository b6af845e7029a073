/** A value of a record that another one, of more input, does not have. */
export interface Extra {
  path: string;
  value: unknown;
}

/**
 * What `part` says and none of `wholes` says in the same place. Objects of a list are compared with those of the same key (name, address, handle …);
 * where there is no such key, one object of the whole must say all that this one says.
 */
export function extrasOf(part: unknown, wholes: readonly unknown[], path: string): Extra[] {
  if (part === undefined || AGGREGATES.has(path)) return [];
  if (Array.isArray(part)) {
    const items = wholes.flatMap((whole) => (Array.isArray(whole) ? whole : []));
    return part.flatMap((item) => extrasOfItem(item, items, `${path}[]`));
  }
  if (isObject(part)) {
    const objects = wholes.filter(isObject);
    if (objects.length === 0) return [{ path, value: part }];
    return Object.entries(part).flatMap(([key, value]) =>
      extrasOf(
        value,
        objects.map((whole) => whole[key]),
        `${path}.${key}`,
      ),
    );
  }
  return wholes.includes(part) ? [] : [{ path, value: part }];
}

/** Counts and sums, and what is judged from all of a list: of a part they are those of the part. */
const AGGREGATES = new Set([
  'memory.slots',
  'memory.slotsPopulated',
  'memory.slotsEmpty',
  'memory.installedBytes',
  'memory.nonVolatileBytes',
  'memory.maximumBytes',
  'memory.eccModules',
  'memory.ecc',
  'cpu.sockets',
  'cpu.socketsEmpty',
  'cpu.cores',
  'cpu.threads',
  'cpu.coresPerSocket',
  'cpu.threadsPerCore',
  'cpu.numaNodes',
  'storage.diskCount',
  'network.portCount',
  'network.virtualFunctionCount',
  'network.bmcLinkCount',
  'bmc.eventLog.readEntries',
  'bmc.eventLog.critical',
  'bmc.eventLog.warning',
  'bmc.eventLog.other',
]);

const KEYS = ['handle', 'pciAddress', 'address', 'name', 'uuid', 'id', 'chassisId', 'slot', 'device', 'serial', 'designation', 'location'];

function extrasOfItem(item: unknown, items: readonly unknown[], path: string): Extra[] {
  if (!isObject(item)) return extrasOf(item, items, path);
  const key = KEYS.find((name) => typeof item[name] === 'string');
  const same = items.filter((other) => isObject(other) && (key === undefined || other[key] === item[key]));
  if (same.length === 0) return [{ path, value: item }];
  // handles and names may repeat, so each candidate is tried for itself before all are taken together
  if (same.some((other) => extrasOf(item, [other], path).length === 0)) return [];
  return key === undefined ? [{ path, value: item }] : extrasOf(item, same, path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
