import { z } from 'zod';

/** An Ethernet MAC address in our one spelling: lower case, colons (`52:54:00:12:34:56`). */
export const MacAddress = z
  .string()
  .transform((text, context) => {
    const mac = anyMac(text);
    if (mac === undefined) {
      context.addIssue({ code: 'custom', message: `not a MAC address: ${text.slice(0, 40)}` });
      return z.NEVER;
    }
    return mac;
  })
  .meta({ description: 'MAC address, lower case with colons' });
export type MacAddress = string;

/**
 * Reads a MAC address as people and programs write it: `52:54:00:12:34:56`, `52-54-…`, `525400123456`, and with the
 * hardware type in front as in BOOTIF (`01-52-54-…`, PXELINUX). Undefined when it is none, or all zero.
 */
export function parseMac(text: string): MacAddress | undefined {
  const bare = text.trim().toLowerCase();
  const digits = /^01[-:]([0-9a-f]{2}[-:]){5}[0-9a-f]{2}$/.test(bare) ? bare.slice(3) : bare;
  const plain = /^[0-9a-f]{12}$/.test(digits) || /^([0-9a-f]{2}([-:])(?:[0-9a-f]{2}\2){4}[0-9a-f]{2})$/.test(digits);
  if (!plain) return undefined;
  const octets = digits.replaceAll(/[-:]/g, '').match(/../g) ?? [];
  const mac = octets.join(':');
  return mac === '00:00:00:00:00:00' ? undefined : mac;
}

/** As {@link parseMac}, and as switches print it and people type it: `5254.0012.3456`, `525400-123456`, `5254-0012-3456`, `52.54.00.12.34.56`, with blanks. */
export function anyMac(text: string): MacAddress | undefined {
  const plain = parseMac(text);
  if (plain !== undefined) return plain;
  // one separator for all, as a machine prints it: two of them are two addresses that ran into each other, or a slip
  const isGrouped = /^[0-9a-f]{2}([-:. ]?[0-9a-f]{2}){5}$/i.test(text.trim());
  const separators = new Set(text.trim().match(/[-:. ]/g));
  return isGrouped && separators.size <= 1 ? parseMac(text.replaceAll(/[-:. ]/g, '')) : undefined;
}

/** The spelling for paths and file names: `52-54-00-12-34-56`. */
export function macWithHyphens(mac: MacAddress): string {
  return mac.replaceAll(':', '-');
}

/** Six bytes as a MAC address in our spelling; unlike {@link parseMac} it also spells the all-zero one. */
export function macFromBytes(bytes: Uint8Array): MacAddress {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** A MAC address in our spelling as six bytes. */
export function macBytes(mac: MacAddress): Uint8Array {
  return Uint8Array.from(mac.split(':'), (octet) => Number.parseInt(octet, 16));
}
