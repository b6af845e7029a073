import { recordFields } from '../../src/domain/record/record-schema.ts';
import { type CaptureFixture, dmiText } from './capture-fixture.ts';

/** One source that docs/fields.md names at a field, and how a capture has a value there and nothing else but what it takes to be read. */
export interface FieldSource {
  /** `memory.dimms[].serial` */
  field: string;
  source: string;
  capture: (value: string | undefined) => CaptureFixture;
}

/** The sources that name one field of a structure, one line of a tool or one file; the others have examples in docs/capture-examples.md. */
export function fieldSources(): FieldSource[] {
  return recordFields().flatMap(({ path, source }) =>
    tokensOf(source ?? '').flatMap((token): FieldSource[] => {
      const capture = captureOf(token, path);
      return capture === undefined ? [] : [{ field: path, source: token, capture }];
    }),
  );
}

/** `a, b or c`; a bare key or name of a file behind another is of the same structure or folder. */
function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  for (const part of source.split(/, (?:or )?|; | or /)) {
    const before = tokens.at(-1) ?? '';
    const head = /^(dmidecode type \d+|ipmitool [a-z0-9 ]+?(?= [A-Z]|$))/.exec(before)?.[1];
    if (head !== undefined && /^[A-Z]/.test(part)) tokens.push(`${head} ${part}`);
    else if (before.startsWith('/') && /^[a-z_-]+$/.test(part) && !TOOLS.has(part)) tokens.push(before.replace(/[^/]+$/, part));
    else tokens.push(part);
  }
  return tokens;
}

const TOOLS = new Set(['lshw', 'lscpu', 'lspci', 'lsusb', 'ethtool', 'ibstat', 'efibootmgr', 'hdparm']);

function captureOf(token: string, field: string): FieldSource['capture'] | undefined {
  const [, type, key] = /^dmidecode type (\d+) (?!Handle)(\S.*)$/.exec(token.replace(/ \(HPE\)$/, '')) ?? [];
  if (type !== undefined && key !== undefined) return (value) => ({ outputs: { dmidecode: structure(Number(type), key, value) } });
  const [, call = '', name] =
    /^ipmitool ((?:mc info|lan print|user summary|sel info|fru print)) (?!FRU Device)([A-Z].*|802.*)$/.exec(token) ?? [];
  if (name !== undefined) return (value) => ({ outputs: { [`ipmi-${call.replaceAll(' ', '-')}`]: ipmi(call, name, value) } });
  if (!/^\/(sys|proc)\/[\w*/:.-]+$/.test(token) || token.endsWith('*') || NO_TEXT.test(token)) return undefined;
  const file = placed(token, field);
  const { [file]: _, ...companions } = COMPANIONS;
  return (value) => ({
    files: { ...companions, ...(value === undefined ? {} : { [file]: value }) },
    links: field.endsWith('.bmcLink') ? ON_USB : LINKS,
  });
}

/** Folders, links, and files of bytes: no text that stands in them is the value. */
const NO_TEXT = /efivars|boot_params|vpd_pg80|\/(physfn|driver|iommu_group|iommu_groups|cache|node|infiniband|enclosure)$|enclosure\/\*/;

/** What a structure needs besides to be one of something. */
const STRUCTURES: Readonly<Record<number, Record<string, string>>> = {
  4: { Type: 'Central Processor', Status: 'Populated, Enabled', Version: 'Zentral 9' },
  9: { Designation: 'SLOT3' },
  16: { Use: 'System Memory' },
  17: { Size: '16 GB', Locator: 'A1' },
  27: { Description: 'Fan 1' },
  39: { Location: 'PSU1' },
  43: { 'Vendor ID': 'ABC' },
  204: { 'Enclosure Serial': 'ENC77A' },
};

function structure(type: number, key: string, value: string | undefined): string {
  const wanted = key === 'Data Width' ? { 'Total Width': '72 bits' } : key === 'Total Width' ? { 'Data Width': '64 bits' } : {};
  const { [key]: _, ...fields }: Record<string, string> = { ...STRUCTURES[type], ...wanted };
  const title = type === 204 ? 'HPE ProLiant System/Rack Locator' : 'Structure';
  return dmiText([type, title, { ...fields, ...(value === undefined ? {} : { [key]: value }) }]);
}

function ipmi(call: string, name: string, value = ''): string {
  if (call !== 'fru print') return `${name} : ${value}\n`;
  const isModule = /^(Memory|Manufacturer|Part Number|Serial Number)/.test(name);
  const head = `FRU Device Description : ${isModule ? 'DIMM A1' : 'Builtin FRU Device'} (ID 0)\n`;
  const others = isModule ? { 'Memory Type': 'DDR4 SDRAM', 'Part Number': 'P1X' } : { 'Product Name': 'P1X' };
  const lines = Object.entries(others).filter(([key]) => key !== name);
  return `${head} ${name} : ${value}\n${lines.map(([key, text]) => ` ${key} : ${text}\n`).join('')}`;
}

/** Names in the place of a star, by the folder above it. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/net\/\*/, 'net/eno1'],
  [/infiniband\/\*/, 'infiniband/mlx5_0'],
  [/ports\/\*/, 'ports/1'],
  [/scsi_host\/\*/, 'scsi_host/host0'],
  [/fc_host\/\*/, 'fc_host/host0'],
  [/watchdog\/\*/, 'watchdog/watchdog0'],
  [/tpm\/\*/, 'tpm/tpm0'],
  [/usb\/devices\/\*/, 'usb/devices/1-1'],
  [/pci\/devices\/\*/, 'pci/devices/0000:3b:00.0'],
  [/node\/node\*/, 'node/node0'],
  [/mc\/\*/, 'mc/mc0'],
  [/cache\/\*/, 'cache/index0'],
  [/nvme\/\*/, 'nvme/nvme0'],
];

function placed(path: string, field: string): string {
  const disk = field.includes('.nvme.') ? 'nvme0n1' : 'sda';
  const named = NAMES.reduce((text, [star, name]) => text.replace(star, name), path.replace(/block\/\*/, `block/${disk}`));
  return named.replace(/^\//, '');
}

const COMPANIONS: Readonly<Record<string, string>> = {
  'proc/cmdline': 'BOOTIF=01-52-54-00-a1-00-09',
  'sys/class/net/eno1/device/uevent': 'DRIVER=n25\n',
  'sys/block/nvme0n1/queue/rotational': '0',
  'sys/class/infiniband/mlx5_0/ports/1/state': '4: ACTIVE',
  'sys/class/scsi_host/host0/host_sas_address': '0x500605b00a1b2c30',
  'sys/class/fc_host/host0/port_name': '0x21000024ff123456',
  'sys/class/watchdog/watchdog0/state': 'inactive',
  'sys/bus/usb/devices/1-1/idVendor': '0781',
  'sys/bus/usb/devices/1-1/idProduct': '5583',
  'sys/bus/pci/devices/0000:3b:00.0/vendor': '0x8086',
  'usr/share/recon/left-out-drivers': 'pci:v00001AF5d00001016sv*sd*bc02sc*i* n25\n',
  'sys/devices/system/node/node0/cpulist': '0-3',
  'sys/devices/system/edac/mc/mc0/mc_name': 'skx',
  'sys/devices/system/cpu/cpu0/cache/index0/level': '2',
  'sys/devices/system/cpu/cpu0/cache/index0/type': 'Unified',
  'sys/devices/system/cpu/cpu0/cache/index0/size': '1024K',
};
const ON_USB = { 'sys/class/net/eno1': 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/net/eno1' };
const LINKS = { 'sys/class/net/eno1': 'sys/devices/pci0000:00/0000:3b:00.0/net/eno1' };
