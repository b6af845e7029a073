import { asCount, asText, member, objects, parseToolJson } from '../values/json-value.ts';

/** One namespace of `nvme list -o json`. */
export interface ListedNamespace {
  /** `nvme0n1` */
  name: string;
  namespaceId: number | undefined;
  model: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  sizeBytes: number | undefined;
  usedBytes: number | undefined;
  blockBytes: number | undefined;
  subsystemNqn: string | undefined;
  controllerId: number | undefined;
}

/**
 * Namespaces by kernel name, from all three shapes: flat rows; subsystems with the namespaces below a controller; subsystems with
 * the namespaces beside the controllers. The hidden paths of a multipath namespace (`nvme0c0n1`) are left out.
 */
export function parseNvmeList(bytes: Uint8Array | undefined): Map<string, ListedNamespace> {
  const found = new Map<string, ListedNamespace>();
  for (const device of objects(member(parseToolJson(bytes), 'Devices'))) {
    collect([device], found);
    for (const subsystem of objects(device['Subsystems'])) {
      const controllers = objects(subsystem['Controllers']);
      const parents = (controller?: Record<string, unknown>): Record<string, unknown>[] =>
        controller === undefined ? [subsystem] : [controller, subsystem];
      for (const controller of controllers) collect(objects(controller['Namespaces']), found, parents(controller));
      // several controllers lead to it, and they are one drive
      collect(objects(subsystem['Namespaces']), found, parents(controllers[0]));
    }
  }
  return found;
}

function collect(rows: Record<string, unknown>[], found: Map<string, ListedNamespace>, parents: Record<string, unknown>[] = []): void {
  for (const row of rows) {
    const name = nameOf(row);
    if (name === undefined || found.has(name)) continue;
    const value = (key: string): unknown => [row, ...parents].find((from) => from[key] !== undefined)?.[key];
    const blocks = asCount(row['MaximumLBA'] ?? row['MaximiumLBA']);
    const blockBytes = asCount(row['SectorSize']);
    found.set(name, {
      name,
      namespaceId: asCount(row['NSID']) ?? asCount(row['NameSpace']),
      model: asText(value('ModelNumber')),
      serial: asText(value('SerialNumber')),
      firmware: asText(value('Firmware')),
      sizeBytes: asCount(row['PhysicalSize']) ?? (blocks === undefined || blockBytes === undefined ? undefined : safe(blocks * blockBytes)),
      usedBytes: asCount(row['UsedBytes']),
      blockBytes,
      subsystemNqn: asText(value('SubsystemNQN')),
      controllerId: asCount(value('Cntlid')),
    });
  }
}

/** Flat rows have a path and a number, the others the name. */
function nameOf(row: Record<string, unknown>): string | undefined {
  const text = (asText(row['DevicePath']) ?? asText(row['NameSpace']) ?? asText(row['Namespace']))?.replace(/^\/dev\//, '');
  return text !== undefined && /^nvme\d+n\d+$/.test(text) ? text : undefined;
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
