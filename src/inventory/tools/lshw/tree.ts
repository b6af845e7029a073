import { cleanValue, decodeText } from '../../../domain/values/text.ts';
import { readJson } from '../../values/json-repair.ts';
import { asCount, asText, isObject, objects } from '../../values/json-value.ts';
import { parseXml, type XmlElement } from '../../values/xml-tree.ts';

/** One node of lshw's tree. */
export interface LshwNode {
  id: string;
  class: string;
  /** `DMI:0025`: the SMBIOS structure that it was made from */
  handle: string | undefined;
  description: string | undefined;
  product: string | undefined;
  vendor: string | undefined;
  version: string | undefined;
  serial: string | undefined;
  slot: string | undefined;
  date: string | undefined;
  /** `pci@0000:00:1f.2`, `scsi@4:0.0.0`, `usb@1:5.2` */
  businfo: string | undefined;
  logicalNames: readonly string[];
  /** in bytes, hertz or bits per second */
  size: number | undefined;
  widthBits: number | undefined;
  disabled: boolean;
  configuration: ReadonlyMap<string, string>;
  capabilities: ReadonlySet<string>;
  /** outermost first */
  parents: readonly LshwNode[];
}

/**
 * All nodes of `lshw -json` or `lshw -xml`, each before what is below it. The JSON is one object or a list, and of releases before
 * B.02.20 objects with commas between them and nothing around (`-class`). Empty from any other text and from one
 * that was cut off: a drive without a size would read as one without a medium. Never throws.
 */
export function parseLshw(bytes: Uint8Array | undefined): LshwNode[] {
  const text = decodeText(bytes);
  const nodes: LshwNode[] = [];
  if (/^\s*<[?!nl]/.test(text)) for (const element of isWhole(text) ? parseXml(text) : []) addElement(element, [], nodes);
  else for (const node of objects(parseJson(text))) addObject(node, [], nodes);
  return nodes;
}

function isWhole(xml: string): boolean {
  return xml.match(/<node\b/g)?.length === xml.match(/<\/node>/g)?.length;
}

/** Far deeper than any bus. */
const MAX_DEPTH = 64;

/** Objects with commas between them and nothing around are a list; everything else is set right where that is sure. */
function parseJson(text: string): unknown {
  const start = text.search(/[[{]/);
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    const list = text.slice(start).replace(/,\s*$/, '');
    return readJson(/^\{[\s\S]*\}\s*,\s*\{/.test(list) ? `[${list}]` : list)?.value;
  }
}

function addObject(object: Record<string, unknown>, parents: readonly LshwNode[], nodes: LshwNode[]): void {
  const id = asText(object['id']);
  if (id === undefined || parents.length > MAX_DEPTH) return;
  const text = (key: string): string | undefined => asText(object[key]);
  const names = Array.isArray(object['logicalname']) ? object['logicalname'] : [object['logicalname']];
  const node: LshwNode = {
    id,
    class: text('class') ?? '',
    handle: text('handle'),
    ...describe(id, text),
    logicalNames: names.map(asText).filter((name) => name !== undefined),
    size: asCount(object['size']),
    widthBits: asCount(object['width']),
    disabled: object['disabled'] === true,
    configuration: textsOf(object['configuration']),
    capabilities: new Set(isObject(object['capabilities']) ? Object.keys(object['capabilities']) : []),
    parents,
  };
  nodes.push(node);
  for (const child of objects(object['children'])) addObject(child, [...parents, node], nodes);
}

/** `<list>` stands around the nodes of newer releases. */
function addElement(element: XmlElement, parents: readonly LshwNode[], nodes: LshwNode[]): void {
  if (parents.length > MAX_DEPTH) return;
  const nested = element.children.filter((child) => child.name === 'node');
  const { id, class: kind, handle, disabled } = element.attributes;
  if (element.name !== 'node' || id === undefined) {
    for (const child of nested) addElement(child, parents, nodes);
    return;
  }
  const texts = (name: string): string[] =>
    element.children.filter((child) => child.name === name).flatMap((child) => cleanValue(child.text) ?? []);
  const settings = element.children.find((child) => child.name === 'configuration')?.children ?? [];
  const capabilities = element.children.find((child) => child.name === 'capabilities')?.children ?? [];
  const node: LshwNode = {
    id,
    class: kind ?? '',
    handle: cleanValue(handle),
    ...describe(id, (key) => texts(key)[0]),
    logicalNames: texts('logicalname'),
    size: asCount(texts('size')[0]),
    widthBits: asCount(texts('width')[0]),
    disabled: disabled === 'true',
    configuration: textsOf(Object.fromEntries(settings.map(({ attributes }) => [attributes['id'] ?? '', attributes['value']]))),
    capabilities: new Set(capabilities.flatMap(({ attributes }) => attributes['id'] ?? [])),
    parents,
  };
  nodes.push(node);
  for (const child of nested) addElement(child, [...parents, node], nodes);
}

type Described = Pick<LshwNode, 'description' | 'product' | 'vendor' | 'version' | 'serial' | 'slot' | 'date' | 'businfo'>;

function describe(id: string, text: (key: string) => string | undefined): Described {
  return {
    description: text('description'),
    product: text('product'),
    vendor: id.startsWith('bank') ? text('vendor') : maker(text('vendor')),
    version: text('version'),
    serial: text('serial'),
    slot: text('slot'),
    date: text('date'),
    businfo: text('businfo'),
  };
}

/**
 * Where a name begins with two letters that could be digits, `Dell` or `Advanced`, old releases take them for a JEDEC number. These two, whom
 * recordings show in place of others, make memory.
 */
function maker(vendor: string | undefined): string | undefined {
  return vendor === 'Winbond Electronics' || vendor?.startsWith('Hynix Semiconductor') === true ? undefined : vendor;
}

function textsOf(value: unknown): Map<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(entries.flatMap(([key, raw]) => (asText(raw) === undefined ? [] : [[key, asText(raw) ?? '']])));
}
