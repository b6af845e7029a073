import { addressFromBytes, ipv6Bytes, isIpAddress } from '../../domain/ip-address.ts';
import { parseMac } from '../../domain/values/mac.ts';

/** Hexadecimal digits with anything between them that a spelling of an address has: none in `enx…`, a percent sign in a URL. */
const DIGITS = /[0-9a-f](?:(?:[-:._ ]|%3a|%2d)?[0-9a-f]){11,}/gi;
/** What leaves zeros out: `0:1b:21:a:b:c`, `5054:ff:fe00:1`. */
const SHORT = /(?<![0-9a-f])(?:[0-9a-f]{1,2}([-:.])(?:[0-9a-f]{1,2}\1){4,}[0-9a-f]{1,2}|(?:[0-9a-f]{1,4}:){3,}[0-9a-f]{1,4})(?![0-9a-f])/gi;
const COMPRESSED = /(?<![0-9a-f:])[0-9a-f:]*::[0-9a-f:]+/gi;

/**
 * Makes a function that replaces these MAC addresses inside a text, in whatever spelling, by the digits of their pseudonyms in the same spelling: with any separator or
 * none, without leading zeros, from the last byte or digit to the first, and in what IPv6, InfiniBand and the name service make of them.
 */
export function maskedSpellings(macs: Iterable<string>, pseudonym: (mac: string) => string): (text: string) => string {
  const masks = new Map<string, string>();
  for (const one of macs) {
    const mac = parseMac(one);
    if (mac === undefined) continue;
    const [own, masked] = [spellingsOf(mac), spellingsOf(parseMac(pseudonym(mac)) ?? mac)];
    if (own[0] !== masked[0]) for (const [at, digits] of own.entries()) masks.set(digits, masked[at] ?? '');
  }
  if (masks.size === 0) return (text) => text;
  return (text) =>
    text
      .replaceAll(DIGITS, (found) => maskedDigits(found, masks))
      .replaceAll(COMPRESSED, (found) => maskedAddress(found, masks))
      .replaceAll(SHORT, (found) => maskedShort(found, masks));
}

/** Each as 12 or 16 digits, always in this order. */
function spellingsOf(mac: string): string[] {
  const digits = mac.replaceAll(':', '');
  const [maker, own] = [digits.slice(0, 6), digits.slice(6)];
  const flipped = (Number.parseInt(maker.slice(0, 2), 16) ^ 2).toString(16).padStart(2, '0') + maker.slice(2);
  // modified EUI-64 (RFC 4291, appendix A), EUI-64, and what adapters for InfiniBand put between
  const long = [`${flipped}fffe${own}`, `${maker}fffe${own}`, `${maker}ffff${own}`, `${maker}0300${own}`, `${maker}0000${own}`];
  return [digits, ...long].flatMap((text) => [text, (text.match(/../g) ?? []).reverse().join(''), [...text].reverse().join('')]);
}

/** Looks at each stretch of 16 and of 12 digits. */
function maskedDigits(found: string, masks: ReadonlyMap<string, string>): string {
  // the digits of an escaped separator are none of the address
  const letters = found.replaceAll(/%3a|%2d/gi, (escaped) => '\0'.repeat(escaped.length));
  const places = [...letters.matchAll(/[0-9a-f]/gi)].map(({ index }) => index);
  const digits = places.map((place) => letters[place]?.toLowerCase()).join('');
  const changed = [...found];
  for (let at = 0; at < digits.length; at++) {
    const masked = [16, 12].map((length) => masks.get(digits.slice(at, at + length))).find((one) => one !== undefined);
    if (masked === undefined) continue;
    for (const [offset, digit] of [...masked].entries()) {
      const place = places[at + offset] ?? 0;
      changed[place] = /[A-F]/.test(found[place] ?? '') ? digit.toUpperCase() : digit;
    }
    at += masked.length - 1;
  }
  return changed.join('');
}

/** With the zeros that were left out, where it is one of them; as it is otherwise. */
function maskedShort(found: string, masks: ReadonlyMap<string, string>): string {
  const parts = found.split(/[-:.]/);
  for (const size of [2, 4]) {
    const whole = parts.map((part) => part.padStart(size, '0')).join(found.replaceAll(/[0-9a-f]/gi, '')[0]);
    const masked = parts.every((part) => part.length <= size) ? maskedDigits(whole, masks) : whole;
    if (masked !== whole) return masked;
  }
  return found;
}

function maskedAddress(found: string, masks: ReadonlyMap<string, string>): string {
  if (!isIpAddress(found)) return found;
  const bytes = ipv6Bytes(found);
  const masked = masks.get(Buffer.from(bytes.subarray(8)).toString('hex'));
  return masked === undefined ? found : addressFromBytes(Buffer.concat([bytes.subarray(0, 8), Buffer.from(masked, 'hex')]));
}
