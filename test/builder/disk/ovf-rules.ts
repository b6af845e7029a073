import { parseXml, type XmlElement } from '../../../src/inventory/values/xml-tree.ts';

/** What may stand in an element, in this order (`?`: need not, `*`: any number), and the attributes that it must have. */
type Shape = readonly [children: string, attributes: string];

/**
 * Of DMTF's schema of the envelope (DSP8023, namespace ovf/envelope/1) the elements that we write. Attributes have the prefix of the schema
 * (attributeFormDefault="qualified").
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  Envelope: ['References DiskSection? NetworkSection? VirtualSystem', 'xmlns xmlns:ovf xmlns:rasd xmlns:vssd'],
  References: ['File*', ''],
  File: ['', 'ovf:id ovf:href ovf:size'],
  DiskSection: ['Info Disk*', ''],
  Disk: ['', 'ovf:diskId ovf:fileRef ovf:capacity ovf:format'],
  NetworkSection: ['Info Network*', ''],
  Network: ['Description?', 'ovf:name'],
  VirtualSystem: ['Info Name? ProductSection? OperatingSystemSection? VirtualHardwareSection', 'ovf:id'],
  ProductSection: ['Info Product? Vendor? Version? FullVersion? ProductUrl? VendorUrl?', ''],
  OperatingSystemSection: ['Info Description?', 'ovf:id'],
  VirtualHardwareSection: ['Info System? Item*', ''],
};
const SPACES: Readonly<Record<string, string>> = {
  xmlns: 'http://schemas.dmtf.org/ovf/envelope/1',
  'xmlns:ovf': 'http://schemas.dmtf.org/ovf/envelope/1',
  'xmlns:rasd': 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData',
  'xmlns:vssd': 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData',
};
/** Numbers of CIM: what must not be a word. */
const COUNTS = new Set(['InstanceID', 'ResourceType', 'VirtualQuantity', 'AddressOnParent', 'Address', 'Parent']);

/** What is wrong with a descriptor by the schema and the text of the standard (DSP0243 1.1.0); empty when nothing is. */
export function findOvfFaults(text: string): string[] {
  const [envelope, ...more] = parseXml(text);
  if (envelope?.name !== 'Envelope' || more.length > 0) return ['the document is not one Envelope'];
  const all = below(envelope);
  return [
    ...all.flatMap(shapeFaults),
    ...Object.entries(SPACES).flatMap(([name, uri]) => (envelope.attributes[name] === uri ? [] : [`${name} is not ${uri}`])),
    ...all.filter(({ name }) => name === 'System' || name === 'Item').flatMap(settingFaults),
    ...referenceFaults(all),
  ];
}

function below(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(below)];
}

function shapeFaults({ name, attributes, children }: XmlElement): string[] {
  const shape = SHAPES[name];
  if (shape === undefined) return [];
  const [order, needed] = shape;
  const pattern = order
    .split(' ')
    .map((one) => one.replace(/^(\w+)([?*]?)$/, '(?:$1 )$2'))
    .join('');
  const found = children.map((child) => `${child.name} `).join('');
  const missing = needed.split(' ').filter((one) => one !== '' && (attributes[one] ?? '') === '');
  return [
    ...(new RegExp(`^${pattern}$`).test(found) ? [] : [`${name} holds "${found.trim()}", which should be "${order}"`]),
    ...missing.map((one) => `${name} has no ${one}`),
  ];
}

/** Data of CIM: elements in the order of the alphabet, two of them always there, numbers where numbers belong. */
function settingFaults({ name, children }: XmlElement): string[] {
  const prefix = name === 'System' ? 'vssd:' : 'rasd:';
  const names = children.map((child) => child.name);
  const needed = ['ElementName', 'InstanceID', ...(name === 'Item' ? ['ResourceType'] : [])].map((one) => `${prefix}${one}`);
  const words = children.filter((child) => COUNTS.has(child.name.slice(prefix.length)) && !/^\d+$/.test(child.text));
  return [
    ...names.filter((one) => !one.startsWith(prefix)).map((one) => `${name} holds ${one}`),
    ...needed.filter((one) => !names.includes(one)).map((one) => `${name} has no ${one}`),
    ...(names.every((one, at) => at === 0 || (names[at - 1] ?? '') < one)
      ? []
      : [`${name} is not in the order of the alphabet: ${names.join(' ')}`]),
    ...words.map((child) => `${child.name} is "${child.text}", which is no number`),
  ];
}

/** What one element says of another must be there, and each name once. */
function referenceFaults(all: readonly XmlElement[]): string[] {
  const named = (name: string, attribute: string): string[] =>
    all.filter((one) => one.name === name).map((one) => one.attributes[attribute] ?? '');
  const said = (name: string): string[] => all.filter((one) => one.name === `rasd:${name}`).map((one) => one.text);
  const [files, disks, networks, items] = [
    named('File', 'ovf:id'),
    named('Disk', 'ovf:diskId'),
    named('Network', 'ovf:name'),
    said('InstanceID'),
  ];
  const lost = (what: string, used: readonly string[], there: readonly string[]): string[] =>
    used.filter((one) => !there.includes(one)).map((one) => `${what} "${one}" is nowhere`);
  const twice = (what: string, names: readonly string[]): string[] =>
    names.filter((one, at) => names.indexOf(one) !== at).map((one) => `${what} "${one}" is there twice`);
  return [
    ...lost('the file', named('Disk', 'ovf:fileRef'), files),
    ...lost(
      'the disk',
      said('HostResource').map((one) => one.replace(/^ovf:\/disk\//, '')),
      disks,
    ),
    ...lost('the network', said('Connection'), networks),
    ...lost('the item', said('Parent'), items),
    ...[...twice('the file', files), ...twice('the disk', disks), ...twice('the network', networks), ...twice('the item', items)],
    // a file lies beside the descriptor, in the same archive
    ...named('File', 'ovf:href')
      .filter((one) => /[/\\:]/.test(one))
      .map((one) => `the file ${one} is not beside the descriptor`),
    ...[...named('File', 'ovf:size'), ...named('Disk', 'ovf:capacity'), ...named('OperatingSystemSection', 'ovf:id')]
      .filter((one) => !/^\d+$/.test(one))
      .map((one) => `"${one}" is no number`),
    // DSP0004, annex C: units are written as a product
    ...said('AllocationUnits')
      .filter((one) => !/^byte( \* 2\^\d+)?$/.test(one))
      .map((one) => `"${one}" is no unit of memory`),
  ];
}
