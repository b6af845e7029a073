import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { type Leaf, leavesOf } from './record-leaves.ts';
import type { ToolTexts } from './tool-texts.ts';

/**
 * The values of a record that its capture does not hold. A text must stand in one output, file or path: case, runs of blanks and of
 * control characters, NUL and bytes that are no UTF-8 put aside, JSON and XML unescaped. A size must be a figure of the input in one of the units that
 * tools print. What is ours by definition, or joined of several fields, is listed below and nowhere else.
 */
export function inventedValues(record: NodeRecord, texts: Omit<ToolTexts, 'name'>): Leaf[] {
  const input = inputOf(texts);
  const figures = new Set([...input.matchAll(/0x[0-9a-f]+|\d+(?:\.\d+)?/g)].map(([figure]) => Number(figure)));
  return leavesOf(record).filter(({ path, value }) => {
    if (typeof value === 'string') return !isSaid(path, value, input);
    return typeof value === 'number' && SIZE.test(path) && !SUMS.has(path) && !isMeasured(path, value, figures);
  });
}

const SIZE = /(Bytes|Mtps|Rpm|Hours|Watts)$/;

/** Words of our own vocabulary: the schema says which, the input only gives the reason for them. */
const OURS = new Set([
  'firmware.bootMode',
  // the words of SMBIOS for a number, where only the kernel or lshw says it
  'system.chassis.type',
  // lm among the flags, an ARM core by its number
  'cpu.architecture',
  'cpu.virtualization',
  'cpu.caches[].type',
  // 'ECC' where only the modules show it
  'memory.ecc',
  // the name behind a JEDEC number
  'memory.dimms[].manufacturerName',
  'disks[].transport',
  'nics[].bus',
  'nics[].linkType',
  'tpm.version',
  'storage.controllers[].tool',
  'storage.hiddenDrives[].interface',
  'storage.controllers[].physicalDrives[].interface',
  // 'SSD' for a drive that a tool calls solid state
  'storage.controllers[].physicalDrives[].medium',
  // 'controller 0: ' before what the tool said, or 'the command failed'
  'storage.problems[]',
]);

/** Several fields in one text: each of its words must stand in the input. */
const JOINED = new Set([
  'usb[].name',
  'disks[].enclosure',
  'nics[].addresses[]',
  'bmc.sensors[].text',
  'bmc.sensors[].unit',
  'bmc.eventLog.newestCritical[].time',
  'bmc.eventLog.impossibleTime',
  // what happened may hold bars of its own, between which there are blanks in the record
  'bmc.eventLog.newestCritical[].event',
  // a description that goes on over several lines
  'nics[].lldp[].chassisDescription',
  'nics[].lldp[].portDescription',
]);

/** Added up, or divided by a count. */
const SUMS = new Set(['memory.installedBytes', 'memory.nonVolatileBytes', 'memory.maximumBytes', 'cpu.caches[].sizeBytes']);

function isSaid(path: string, value: string, input: string): boolean {
  if (OURS.has(path)) return true;
  const text = value.toLowerCase();
  // of a module that only lshw knows: its place in lshw's tree
  const isPlaceInTree = path === 'memory.dimms[].handle' && !text.startsWith('0x');
  if (JOINED.has(path) || isPlaceInTree) return text.split(/[ /]/).every((word) => input.includes(word));
  return spellings(path, text).some((spelling) => input.includes(spelling));
}

/** How the tools may have written it. */
function spellings(path: string, text: string): string[] {
  const [, domain = '', bus = '', device = '', fn = ''] = /^([0-9a-f]{4,}):(..):(..)\.(.)$/.exec(text) ?? [];
  if (/pciAddress$/.test(path) && domain !== '')
    return [text, `${domain.slice(2)}:${bus}:${device}:0${fn}`, `${domain}:${bus}:${device}:0${fn}`];
  if (/wwn$/.test(path)) return [text, text.replace(/^0x/, 'naa.'), text.replace(/^0x/, '')];
  // lshw: scsi@9:0.0.0
  if (/hctl$/.test(path)) return [text, text.replace(/^(\d+):(\d+):(\d+):(\d+)$/, '$1:$2.$3.$4')];
  if (/handle$/.test(path)) return [text, text.replace(/^0x/, 'dmi:')];
  if (/mac$/i.test(path)) return [text, text.replaceAll(':', '-')];
  if (/guid$/i.test(path)) return [text, text.replace(/(.{4})(?!$)/g, '$1:')];
  // Fault Tolerance: 1
  if (/level$/.test(path)) return [text, text.replace(/^raid/, 'fault tolerance: ')];
  return /eui64$/.test(path) ? [text, text.replace(/(..)(?!$)/g, '$1 ')] : [text];
}

const FACTORS = [1, 512, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4, 1024 ** 5, 512_000];

function isMeasured(path: string, value: number, figures: ReadonlySet<number>): boolean {
  if (FACTORS.some((factor) => figures.has(value / factor))) return true;
  // blocks times the size of a block
  return /(disks|physicalDrives)\[\]\.sizeBytes$/.test(path) && [...figures].some((figure) => figure > 0 && figures.has(value / figure));
}

function inputOf({ outputs, files, links }: Omit<ToolTexts, 'name'>): string {
  const texts = [...Object.values(outputs), ...Object.values(files)].map((text) => decoded(text));
  const names = [...Object.keys(outputs), ...Object.keys(files), ...Object.entries(links).flat()];
  const written = [...names, ...texts, ...texts.flatMap(jsonTexts), ...texts.map(unescapedXml), ...texts.flatMap(naaIdentifiers)];
  return written
    .join('\n')
    .replaceAll(/[\x00-\x20\x7f]+/g, ' ')
    .toLowerCase();
}

function decoded(text: string): string {
  return new TextDecoder().decode(Buffer.from(text, 'latin1')).replaceAll(/[\r\0]/g, '');
}

function jsonTexts(text: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(text.slice(Math.max(0, text.search(/[[{]/))), (key, value) => {
      found.push(key, String(value));
      return value;
    });
  } catch {
    return [];
  }
  return found;
}

function unescapedXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text
    .replaceAll(/&(lt|gt|amp|quot|apos);/g, (_whole, name: string) => named[name] ?? '')
    .replaceAll(/&#(\d{1,6});/g, (_whole, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)));
}

/** smartctl gives the parts of a world-wide name as decimal numbers of 4, 24 and 36 bits. */
function naaIdentifiers(text: string): string[] {
  return [...text.matchAll(/"naa":\s*(\d+),\s*"oui":\s*(\d+),\s*"id":\s*(\d+)/g)].map(
    ([, naa, oui, id]) => `0x${((BigInt(naa ?? 0) << 60n) | (BigInt(oui ?? 0) << 36n) | BigInt(id ?? 0)).toString(16)}`,
  );
}
