import { type EarlyFacts, readEarlyFacts } from '../../domain/early-facts.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';

/** Settings that iPXE sends as they are, by the name of the query's key. */
const TEXTS = {
  manufacturer: 'vendor',
  product: 'product',
  serial: 'serial',
  uuid: 'uuid',
  board: 'boardSerial',
  chassis: 'chassisSerial',
  asset: 'assetTag',
  bios: 'firmwareVersion',
  platform: 'platform',
  buildarch: 'buildArchitecture',
  chip: 'nicChip',
} as const satisfies Record<string, keyof EarlyFacts>;

/** What the query of a boot script request says about the machine; all of it may be missing, odd or made up. */
export function bootFactsOf(query: Readonly<Record<string, unknown>>): EarlyFacts | undefined {
  const text = (key: string): string => (typeof query[key] === 'string' ? query[key].slice(0, 2000) : '');
  const texts = Object.entries(TEXTS).map(([key, field]) => [field, text(key).slice(0, field === 'platform' ? 20 : 100)]);
  return readEarlyFacts({
    ...Object.fromEntries(texts.filter(([, value]) => value !== '')),
    ...definedOnly({
      nicPciId: pciIdOf(text('busid')),
      nicAddress: bootPciAddress(text('busloc')),
      memoryBytes: text('slots') === '' ? memoryBytesOf(text('dimms'), text('ranges')) : memoryBytesOf(dimmsOf(text('slots')), ''),
      secureBoot: text('lockdown') === 'y' ? true : undefined,
    }),
  });
}

/** iPXE's `busid`: the type of bus (1: PCI), then vendor and device number, most significant byte first (iPXE's netdev_settings.c). */
export function pciIdOf(busId: string): string | undefined {
  const [, vendor, device] = /^01([0-9a-f]{4})([0-9a-f]{4})$/i.exec(busId) ?? [];
  return vendor === undefined || /^(0000|ffff)$/i.test(vendor) ? undefined : `${vendor}:${device}`.toLowerCase();
}

/** iPXE's `busloc`: a number, hexadecimal (`0x18`) in the versions that were seen; bus, device and function in its lowest 16 bits, the PCI segment above them. */
export function bootPciAddress(location: string): string | undefined {
  if (!/^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(location)) return undefined;
  const value = Number(location);
  const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
  return `${hex(Math.floor(value / 0x10000), 4)}:${hex((value >> 8) & 0xff, 2)}:${hex((value >> 3) & 0x1f, 2)}.${value & 7}`;
}

/**
 * Memory from SMBIOS (DSP0134). `dimms`: size and extended size of each memory device (type 17, offsets 0x0c and 0x1c), `ranges`: first
 * and last address of each mapped range in KiB (type 19, offset 4), as hexadecimal bytes with dots between. A machine is turned away by
 * this number, so that of the two the larger counts, and a module of unknown size makes the modules say nothing.
 */
export function memoryBytesOf(dimms: string, ranges: string): number | undefined {
  const sizes = dimms.split('.').map(dimmBytes);
  const installed = sizes.includes(undefined) ? 0 : sum(sizes.map((bytes) => bytes ?? 0));
  const bytes = Math.max(installed, sum(ranges.split('.').map(rangeBytes)));
  return bytes < LEAST_CREDIBLE_BYTES ? undefined : bytes;
}

/** GRUB's `.size-extended` of each slot in decimal, as iPXE writes them. */
function dimmsOf(slots: string): string {
  const hex = (number: string | undefined, bytes: number): string => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32LE(Math.min(Number(number ?? 0), 0xffffffff));
    return buffer.toString('hex', 0, bytes);
  };
  return [...slots.matchAll(/\.(\d{1,5})-(\d{1,10})/g)].map(([, size, extended]) => `${hex(size, 2)}${hex(extended, 4)}`).join('.');
}

/** Less is no machine with 64 bits, but a table that lists a flash chip and no module. */
const LEAST_CREDIBLE_BYTES = 64 * 1024 * 1024;

function dimmBytes(hex: string): number | undefined {
  const bytes = littleEndian(hex.slice(0, 4), 2);
  if (bytes === undefined || bytes === 0) return 0;
  if (bytes === 0xffff) return undefined;
  if (bytes === 0x7fff) return ((littleEndian(hex.slice(4), 4) ?? 0) & 0x7fffffff) * 1024 * 1024;
  // the highest bit: in KiB
  return (bytes & 0x7fff) * ((bytes & 0x8000) === 0 ? 1024 : 1) * 1024;
}

function rangeBytes(hex: string): number {
  const [first, last] = [littleEndian(hex.slice(0, 8), 4), littleEndian(hex.slice(8), 4)];
  // 0xffffffff: the address is in a field that iPXE is not asked for
  if (first === undefined || last === undefined || last < first || first === 0xffffffff || last === 0xffffffff) return 0;
  return (last - first + 1) * 1024;
}

function littleEndian(hex: string, bytes: number): number | undefined {
  if (hex.length !== 2 * bytes || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  return Number.parseInt((hex.match(/../g) ?? []).reverse().join(''), 16);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
