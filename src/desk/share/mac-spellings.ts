import { parseMac } from '../../domain/values/mac.ts';

/** What separates pairs or groups of digits in any spelling; nothing in the bare one, which systemd puts into the names of USB ports (`enx…`). */
const SEPARATOR = '[-:._ ]?';

/**
 * Makes a function that replaces these MAC addresses inside a text, in whatever spelling, also as the modified EUI-64 that IPv6 and InfiniBand make of them (RFC 4291,
 * appendix A), by the digits of their pseudonyms in the same spelling.
 */
export function maskedSpellings(macs: Iterable<string>, pseudonym: (mac: string) => string): (text: string) => string {
  const masks = new Map<string, string>();
  for (const one of macs) {
    const mac = parseMac(one);
    if (mac === undefined) continue;
    const [digits, masked] = [mac, parseMac(pseudonym(mac)) ?? mac].map((text) => text.replaceAll(':', ''));
    if (digits === undefined || masked === undefined || digits === masked) continue;
    masks.set(digits, masked);
    masks.set(eui64(digits), eui64(masked));
  }
  if (masks.size === 0) return (text) => text;
  const pattern = new RegExp([...masks.keys()].map((digits) => [...digits].join(SEPARATOR)).join('|'), 'gi');
  return (text) =>
    text.replaceAll(pattern, (found) => {
      const digits = masks.get(found.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()) ?? '';
      let at = 0;
      return found.replaceAll(/[0-9a-f]/gi, (letter) => {
        const digit = digits[at++] ?? '0';
        return /[A-F]/.test(letter) ? digit.toUpperCase() : digit;
      });
    });
}

function eui64(digits: string): string {
  const first = (Number.parseInt(digits.slice(0, 2), 16) ^ 2).toString(16).padStart(2, '0');
  return `${first}${digits.slice(2, 6)}fffe${digits.slice(6)}`;
}
