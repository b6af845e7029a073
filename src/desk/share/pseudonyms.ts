import { createHmac } from 'node:crypto';
import { addressFromBytes, ipv4Bytes, ipv4FromNumber, ipv4Number, isIpv4 } from '../../domain/ip-address.ts';
import { parseMac } from '../../domain/values/mac.ts';
import { meaningfulLabel } from '../../domain/values/placeholder.ts';
import { judgeValue } from '../../judge/identity/usable-value.ts';

/** Stands for what a value is; each keeps the form of its kind, so that the result can be read by the same programs. */
export type PseudonymKind = 'serial' | 'mac' | 'uuid' | 'hex' | 'address' | 'name';

/** Gives the same pseudonym for the same value, whatever its case; without the key there is no way back. */
export type Pseudonyms = Readonly<Record<PseudonymKind, (value: string) => string>>;

const MAC = /\b[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}\b/gi;
/** Client identifiers, GUIDs */
const LONG_HEX = /\b[0-9a-f]{2}(?::[0-9a-f]{2}){6,}\b/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

/** Pseudonyms under the key of a site. */
export function pseudonymsOf(key: Buffer): Pseudonyms {
  const digest = (kind: string, value: string): Buffer =>
    createHmac('sha256', key).update(`${kind} ${value.trim().toLowerCase()}`).digest();
  const mac = (value: string): string => {
    const plain = parseMac(value);
    // addresses that unrelated machines share tell nothing of this one, and must go on being told from real ones
    if (plain === undefined || !('value' in (judgeValue('nic', plain) ?? {}))) return plain === undefined ? hex(value) : plain;
    return inTheFormOf(value, maskedMac(digest, plain));
  };
  const hex = (value: string): string => {
    const digits = digest('hex', value).toString('hex').repeat(8);
    let at = 0;
    return value
      .replace(/^0x/i, '')
      .replaceAll(/[0-9a-z]/gi, () => digits[at++ % digits.length] ?? '0')
      .replace(/^/, /^0x/i.test(value) ? '0x' : '');
  };
  const name = (value: string): string => `name-${digest('name', value).toString('hex').slice(0, 10)}`;
  return {
    serial: (value) => {
      // a label of a person's own words may be no serial number, and tells whose the machine is all the same
      if (meaningfulLabel(value) === undefined) return value;
      const letters = digest('serial', value).toString('hex').slice(0, 14).toUpperCase();
      // what was no identity must not become one
      return 'ignored' in (judgeValue('disk', value) ?? {}) ? `REDACTED-${letters}` : `X${letters}`;
    },
    mac,
    uuid: (value) =>
      value.match(UUID) === null
        ? `X${digest('serial', value).toString('hex').slice(0, 14).toUpperCase()}`
        : value.replaceAll(UUID, (one) => maskedUuid(digest, one)),
    hex,
    address: (value) => {
      if (value.includes(':')) return maskedIpv6(digest, value);
      // words beside an address, or in its place, may be anything
      return /[a-z0-9]{3}/i.test(value.replaceAll(IPV4, '')) ? name(value) : value.replaceAll(IPV4, (one) => maskedIpv4(digest, one));
    },
    name,
  };
}

/** Replaces what looks like a MAC address, UUID or IPv4 address inside a sentence. */
export function maskedText(text: string, names: Pseudonyms): string {
  return text.replaceAll(UUID, names.uuid).replaceAll(LONG_HEX, names.hex).replaceAll(MAC, names.mac).replaceAll(IPV4, names.address);
}

/** The same without IPv4 addresses, which versions of firmware look like. */
export function maskedValue(text: string, names: Pseudonyms): string {
  return text.replaceAll(UUID, names.uuid).replaceAll(MAC, names.mac);
}

type Digest = (kind: string, value: string) => Buffer;

/** The maker's half stays: the record names the maker anyway. One that somebody made up says something of its site, and is replaced. */
function maskedMac(digest: Digest, mac: string): string {
  const bytes = Buffer.from(mac.replaceAll(':', ''), 'hex');
  const maker = bytes.subarray(0, 3).toString('hex');
  const isLocal = ((bytes[0] ?? 0) & 2) === 2;
  const head = isLocal ? digest('local', maker).subarray(0, 3) : bytes.subarray(0, 3);
  if (isLocal) head[0] = ((head[0] ?? 0) & 0xfc) | 2;
  const rest = shuffled(digest, `mac ${maker}`, bytes.readUIntBE(3, 3));
  return (head.toString('hex') + rest.toString(16).padStart(6, '0')).replaceAll(/(..)(?=.)/g, '$1:');
}

/** Each prefix /8 is shuffled in itself, into 10.0.0.0/8 (RFC 1918). */
function maskedIpv4(digest: Digest, text: string): string {
  // some firmware pads the numbers: 010.001.002.003
  const address = text.replaceAll(/\b0+(?=\d)/g, '');
  if (!isIpv4(address)) return text;
  const [first = 0] = ipv4Bytes(address);
  if (first === 127 || first === 0 || first === 255) return text;
  return ipv4FromNumber(10 * 2 ** 24 + shuffled(digest, `ipv4 ${first}`, ipv4Number(address) % 2 ** 24));
}

/** Into fd00::/8 (RFC 4193). */
function maskedIpv6(digest: Digest, value: string): string {
  const [address = '', length] = value.split('/');
  if (address === '::' || address === '::1') return value;
  const masked = addressFromBytes(Buffer.concat([Buffer.of(0xfd), digest('ipv6', address).subarray(0, 15)]));
  return `${masked}${length === undefined ? '' : `/${length}`}`;
}

/** Of the two byte orders of a UUID (old and new dmidecode) the smaller one counts. Known samples stay known. */
function maskedUuid(digest: Digest, uuid: string): string {
  const judged = judgeValue('uuid', uuid);
  if (judged === undefined || (!('value' in judged) && /sample|placeholder/.test(judged.reason))) return uuid;
  const digits = digest('uuid', 'value' in judged ? judged.value : uuid)
    .toString('hex')
    .slice(0, 32);
  const masked = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  // counted-up digits, zeros in front of a MAC address: still no identity
  return 'value' in judged ? masked : `${uuid.slice(0, 14)}${masked.slice(14)}`.replace(/^0{8}-0{4}-.{14}/, '00000000-0000-0000-0000-');
}

/** A permutation of 24 bits (Luby and Rackoff: a Feistel network), so that no two values get one pseudonym. */
function shuffled(digest: Digest, kind: string, value: number): number {
  let [left, right] = [value >> 12, value & 0xfff];
  for (let round = 0; round < 6; round += 1)
    [left, right] = [right, left ^ (digest(`${kind} ${round}`, String(right)).readUInt16BE(0) & 0xfff)];
  return left * 4096 + right;
}

function inTheFormOf(original: string, mac: string): string {
  if (/^01-/i.test(original) && original.length === 20) return `01-${mac.replaceAll(':', '-')}`;
  const separated = original.includes('-') ? mac.replaceAll(':', '-') : original.includes(':') ? mac : mac.replaceAll(':', '');
  return /[A-F]/.test(original) ? separated.toUpperCase() : separated;
}
