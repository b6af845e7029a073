import type { FirmwareSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { cleanValue } from '../../domain/values/text.ts';

type Kind = NonNullable<NonNullable<FirmwareSection['bootOrder']>[number]['kind']>;

/** What a boot entry of the firmware says. */
export interface LoadOption {
  active: boolean;
  name?: string;
  kind?: Kind;
  mac?: string;
}

interface Node {
  type: number;
  subType: number;
  data: Buffer;
}

const LOAD_OPTION_ACTIVE = 1;
const HEADER_BYTES = 6;

/**
 * EFI_LOAD_OPTION (UEFI 2.10, 3.1.3): attributes, length of the device path, description in UCS-2 with a NUL behind it, device path, and
 * data for the loader that nobody else reads. Undefined when it is cut off before the description ends.
 */
export function parseLoadOption(bytes: Buffer): LoadOption | undefined {
  const pathStart = pathOffset(bytes);
  if (pathStart === undefined) return undefined;
  const nodes = [...devicePath(bytes.subarray(pathStart, pathStart + bytes.readUInt16LE(4)))];
  const name = cleanValue(bytes.toString('utf16le', HEADER_BYTES, pathStart - 2));
  const kind = kindOf(nodes);
  const mac = macOf(nodes);
  return {
    active: (bytes.readUInt32LE(0) & LOAD_OPTION_ACTIVE) !== 0,
    ...definedOnly({ name, kind, mac }),
  };
}

/** The load option up to the end of its device path: what follows belongs to the operating system that wrote it. */
export function withoutOptionalData(bytes: Buffer): Buffer {
  const pathStart = pathOffset(bytes);
  return pathStart === undefined ? bytes.subarray(0, 0) : bytes.subarray(0, pathStart + bytes.readUInt16LE(4));
}

function pathOffset(bytes: Buffer): number | undefined {
  for (let at = HEADER_BYTES; at + 2 <= bytes.length; at += 2) if (bytes.readUInt16LE(at) === 0) return at + 2;
  return undefined;
}

/** Nodes up to the end of the first path (UEFI 2.10, 10.3.1: type, subtype, length with these four bytes). */
function* devicePath(bytes: Buffer): Generator<Node> {
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [type = 0, subType = 0] = bytes.subarray(at, at + 2);
    const length = bytes.readUInt16LE(at + 2);
    if (type === 0x7f || length < 4) return;
    yield { type, subType, data: bytes.subarray(at + 4, at + length) };
    at += length;
  }
}

/** Type and subtype of UEFI 2.10, 10.3; the first row that a path has tells. An HTTP boot has an IP node as well. */
const KINDS: readonly (readonly [type: number, subTypes: readonly number[], kind: Kind])[] = [
  [3, [24], 'http'],
  [3, [13], 'pxe-ipv6'],
  [3, [12], 'pxe-ipv4'],
  [3, [11], 'network'],
  [3, [5, 15, 16], 'usb'],
  [4, [2], 'cd'],
  [4, [6, 7], 'firmware'],
  [4, [1], 'disk'],
  [3, [1, 2, 18, 22, 23], 'disk'],
];

/** Device types of a BIOS boot specification node (UEFI 2.10, 10.3.6). */
const BIOS_KINDS: Readonly<Record<number, Kind>> = { 2: 'disk', 3: 'cd', 5: 'usb', 6: 'network', 128: 'network' };

function kindOf(nodes: readonly Node[]): Kind | undefined {
  const bios = nodes.find((node) => node.type === 5 && node.subType === 1);
  if (bios !== undefined && bios.data.length >= 2) return BIOS_KINDS[bios.data.readUInt16LE(0)];
  return KINDS.find(([type, subTypes]) => nodes.some((node) => node.type === type && subTypes.includes(node.subType)))?.[2];
}

/** 32 bytes of address, of which Ethernet (IfType 1 or 0) uses six. */
function macOf(nodes: readonly Node[]): string | undefined {
  const data = nodes.find((node) => node.type === 3 && node.subType === 11)?.data;
  if (data === undefined || data.length < 33 || (data[32] ?? 2) > 1) return undefined;
  return [...data.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
