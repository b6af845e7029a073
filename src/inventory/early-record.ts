import { CaptureIndex } from '../domain/capture.ts';
import type { EarlyFacts } from '../domain/early-facts.ts';
import { type NodeRecord, SECTIONS } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../domain/values/placeholder.ts';
import { captureFromFiles } from './capture-from-files.ts';
import { normalise } from './normalise.ts';
import { nonEmptyObject } from './values/non-empty.ts';

type Sections = NodeRecord['sections'];

/**
 * What is known of a machine that asked and never sent a record, as a record: from the files that its initrd read, or else from what its
 * boot loader said. `reason` is the verdict, and stands at each section that is not known.
 */
export function earlyRecord(
  machine: { mac: MacAddress; facts: EarlyFacts | undefined; files: ReadonlyMap<string, Buffer> | undefined },
  reason: string,
): NodeRecord {
  const { mac, facts = {}, files } = machine;
  const absent = { status: 'absent', reason } as const;
  if (files === undefined) {
    const nothing = Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, absent])) as unknown as Sections;
    return { schemaVersion: 1, origin: 'boot-loader', sections: { ...nothing, ...sectionsOf(mac, facts) }, collectors: [] };
  }
  const record = normalise(captureFromFiles(withIndex(files)));
  const sections = Object.entries(record.sections).map(([name, section]) => [name, isKnown(section) ? section : absent]);
  return { ...record, origin: 'initrd', sections: Object.fromEntries(sections) as unknown as Sections };
}

function isKnown(section: unknown): boolean {
  return typeof section === 'object' && section !== null && 'status' in section && section.status === 'ok';
}

function sectionsOf(mac: MacAddress, facts: EarlyFacts): Partial<Sections> {
  const { boardSerial, chassisSerial, assetTag, firmwareVersion, memoryBytes, nicAddress, nicChip, platform, ramBytes } = facts;
  const chassis = definedOnly({ serial: meaningfulIdentity(chassisSerial), assetTag: meaningfulLabel(assetTag) });
  const system = definedOnly({
    vendor: meaningful(facts.vendor),
    product: meaningful(facts.product),
    serial: meaningfulIdentity(facts.serial),
    uuid: meaningfulIdentity(facts.uuid)?.toLowerCase(),
    chassis: nonEmptyObject(chassis),
  });
  const board = definedOnly({ serial: meaningfulIdentity(boardSerial) });
  const bootMode = platform === 'efi' ? ('uefi' as const) : platform === 'pcbios' ? ('bios' as const) : undefined;
  const firmware = definedOnly({ version: meaningful(firmwareVersion), bootMode, secureBoot: facts.secureBoot, bootNicMac: mac });
  const memory = definedOnly({ totalBytes: ramBytes, installedBytes: memoryBytes });
  const nic = {
    ...definedOnly({ mac, pciAddress: nicAddress, product: facts.nicPciId, driver: facts.nicDriver }),
    name: nicChip ?? 'boot',
  };
  return {
    ...(Object.keys(system).length === 0 ? {} : { system: { status: 'ok', data: system } }),
    ...(Object.keys(board).length === 0 ? {} : { board: { status: 'ok', data: board } }),
    firmware: { status: 'ok', data: firmware },
    ...(Object.keys(memory).length === 0 ? {} : { memory: { status: 'ok', data: { ...memory, dimms: [] } } }),
    nics: { status: 'ok', data: [nic] },
  };
}

/** The initrd runs no tools; it may send where links lead, and nothing else of an index is believed. */
function withIndex(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  let links: CaptureIndex['links'];
  try {
    links = CaptureIndex.parse(JSON.parse(files.get('capture.json')?.toString('utf8') ?? '')).links;
  } catch {
    links = undefined;
  }
  const index: CaptureIndex = { captureVersion: 1, commands: [], ...definedOnly({ links }) };
  return new Map([...files, ['capture.json', Buffer.from(JSON.stringify(index))]]);
}
