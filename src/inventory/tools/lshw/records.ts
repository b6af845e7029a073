import type { DmiRecord } from '../../smbios/dmidecode-text.ts';
import { FORM_FACTORS, MEMORY_TYPES } from '../../smbios/memory-words.ts';
import type { DmiFields } from '../../smbios/values.ts';
import { CHASSIS_TYPES } from '../../smbios/words.ts';
import type { LshwNode } from './tree.ts';

/**
 * What lshw took from the SMBIOS table, as structures of types 0 to 4, 16 and 17 in dmidecode's words, so that a section reads it as
 * it reads dmidecode. lshw keeps a part of them: what it leaves out is a missing field.
 */
export function lshwRecords(nodes: readonly LshwNode[]): DmiRecord[] {
  return nodes.flatMap((node) => {
    const parent = node.parents.at(-1);
    if (node.class === 'system' && parent === undefined) {
      return [record(node, 1, 'System Information', systemFields(node)), record(node, 3, 'Chassis Information', chassisFields(node))];
    }
    if (node.id === 'core') return [record(node, 2, 'Base Board Information', boardFields(node))];
    if (node.id === 'firmware') return [record(node, 0, 'BIOS Information', firmwareFields(node))];
    // without SMBIOS there is one node for each logical processor
    if (node.class === 'processor' && isFromSmbios(node)) return [record(node, 4, 'Processor Information', processorFields(node))];
    if (isSystemMemory(node) && isFromSmbios(node)) return [record(node, 16, 'Physical Memory Array', arrayFields(node))];
    const isBank =
      /^bank(:\d+)?$/.test(node.id) && parent?.class === 'memory' && !/flash|cache|video|nvram/i.test(parent.description ?? '');
    return isBank ? [record(node, 17, 'Memory Device', bankFields(node))] : [];
  });
}

function isSystemMemory(node: LshwNode): boolean {
  return node.class === 'memory' && /^system memory$/i.test(node.description ?? '');
}

/** Without SMBIOS lshw asks the kernel how much there is, and knows no modules. */
export function lshwTotalBytes(nodes: readonly LshwNode[]): number | undefined {
  return nodes.find((node) => isSystemMemory(node) && node.handle === undefined)?.size;
}

function isFromSmbios(node: LshwNode): boolean {
  return /^DMI:/.test(node.handle ?? '');
}

function record(node: LshwNode, type: number, title: string, fields: DmiFields): DmiRecord {
  const digits = /^DMI:([0-9A-F]{4})$/i.exec(node.handle ?? '')?.[1]?.toLowerCase();
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const place = [node.parents.at(-1)?.id, node.id].filter((id) => id !== undefined).join('/');
  return { handle: digits === undefined ? place : `0x${digits}`, type, title, fields: new Map(given) };
}

function systemFields(node: LshwNode): DmiFields {
  const sku = node.configuration.get('sku');
  return {
    Manufacturer: node.vendor,
    // lshw writes the order number behind the name
    'Product Name': sku !== undefined && node.product?.endsWith(` (${sku})`) ? node.product.slice(0, -` (${sku})`.length) : node.product,
    Version: node.version,
    'Serial Number': node.serial,
    UUID: unmistakable(node.configuration.get('uuid')),
    'SKU Number': sku,
    Family: node.configuration.get('family'),
  };
}

/**
 * lshw printed the first three parts as they stand in memory, and newer releases do not say that they stopped: a UUID that reads
 * otherwise the other way round could be another machine's.
 */
function unmistakable(uuid: string | undefined): string | undefined {
  const parts = uuid?.split('-').slice(0, 3) ?? [];
  const isSame = parts.every((part) => part.match(/../g)?.reverse().join('') === part);
  return parts.length === 3 && isSame ? uuid : undefined;
}

function chassisFields(node: LshwNode): DmiFields {
  const word = node.configuration.get('chassis');
  const at = word === undefined ? -1 : CHASSIS_WORDS.indexOf(word);
  return { Type: at < 0 ? undefined : CHASSIS_TYPES[at + 2] };
}

/** lshw's words for the chassis types of SMBIOS from 3, Desktop, on. */
const CHASSIS_WORDS: readonly string[] =
  `desktop low-profile pizzabox mini-tower tower portable laptop notebook handheld docking all-in-one sub-notebook space-saving
  lunchbox server expansion sub bus-expansion peripheral raid rackmount sealed multi-system pci tca blade enclosure`.split(/\s+/);

function boardFields(node: LshwNode): DmiFields {
  return {
    Manufacturer: node.vendor,
    'Product Name': node.product,
    Version: node.version,
    'Serial Number': node.serial,
    'Location In Chassis': node.slot,
  };
}

function firmwareFields(node: LshwNode): DmiFields {
  // releases up to B.02.15 write the date behind the version
  const [, version, date] = /^(.*?)(?: \((\d{1,2}\/\d{1,2}\/\d{2,4})\))?$/.exec(node.version ?? '') ?? [];
  return { Vendor: node.vendor, Version: version === '' ? undefined : version, 'Release Date': node.date ?? date };
}

/** The vendor is not that of /proc/cpuinfo, and the version of an AMD processor is something else. */
function processorFields(node: LshwNode): DmiFields {
  const isEmpty = /\[empty\]/.test(node.description ?? '');
  return {
    'Socket Designation': node.slot,
    Type: 'Central Processor',
    Version: node.product,
    Status: isEmpty ? 'Unpopulated' : `Populated, ${node.disabled ? 'Disabled By BIOS' : 'Enabled'}`,
    'Core Count': node.configuration.get('cores'),
    'Core Enabled': node.configuration.get('enabledcores'),
    'Thread Count': node.configuration.get('threads'),
  };
}

function arrayFields(node: LshwNode): DmiFields {
  const word = node.configuration.get('errordetection');
  return { Use: 'System Memory', 'Error Correction Type': word === undefined ? undefined : ERROR_WORDS[word] };
}

const ERROR_WORDS: Readonly<Record<string, string>> = {
  none: 'None',
  parity: 'Parity',
  ecc: 'Single-bit ECC',
  'multi-bit-ecc': 'Multi-bit ECC',
  crc: 'CRC',
};

/** A module of 32 GiB and more, whose size stands elsewhere than lshw used to look, shows as 32767 MiB. */
const EXTENDED_SIZE = 0x7fff * 1024 ** 2;

function bankFields(node: LshwNode): DmiFields {
  const words = node.description?.split(' ') ?? [];
  const speed = /\b(\d+) MHz\b/.exec(node.description ?? '')?.[1];
  const isEmpty = words.includes('[empty]');
  return {
    Size: isEmpty
      ? 'No Module Installed'
      : node.size === EXTENDED_SIZE
        ? 'Unknown'
        : node.size === undefined
          ? undefined
          : `${node.size} bytes`,
    Locator: node.slot,
    'Form Factor': words.find((word) => MODULE_FORMS.includes(word)),
    Type: words.find((word) => MEMORY_TYPES.includes(word)),
    Speed: speed === undefined ? undefined : `${speed} MT/s`,
    Manufacturer: node.vendor,
    'Part Number': node.product,
    'Serial Number': node.serial,
    'Data Width': node.widthBits === undefined ? undefined : `${node.widthBits} bits`,
  };
}

/** The others are words that stand elsewhere in a description too. */
const MODULE_FORMS = FORM_FACTORS.filter((form) => /IMM$|^Die$/.test(form));
