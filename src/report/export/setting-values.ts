import { z } from 'zod';
import { isMachineAddress } from '../../domain/ip-address.ts';

/** What values of `--set` may be. None of them can hold what ends a line or a word of the formats that they go into. */

/** One word of letters, digits, dots, hyphens and underscores: names of users, zones, modules, profiles. */
export const WORD = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/, 'it is no word of letters, digits, dots, hyphens and underscores');

/** Such words with a comma between. */
export const WORDS = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*(,[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/, 'they are no words with a comma between, such as a,b');

export const IPV4 = z.string().refine(isMachineAddress, 'it is no IPv4 address of a machine');

/** A mask such as 255.255.254.0: ones, then zeros. */
export const NETMASK = z.string().refine(isNetmask, 'it is no netmask such as 255.255.255.0');

/** Addresses with a bar between, as EKS Anywhere separates them. */
export const IPV4_LIST = z
  .string()
  .refine((text) => text.split('|').every(isMachineAddress), 'they are no IPv4 addresses with a bar between, such as 10.0.0.2|10.0.0.3');

/** Bits of an IPv4 address that all of a network have in common. */
export const PREFIX_LENGTH = z.string().regex(/^([1-9]|[12]\d|3[0-2])$/, 'it is no length of a prefix from 1 to 32');

export const YES_NO = z.enum(['true', 'false']);

/** `smallest`, or the name of a device. */
export const DISK = z.string().regex(/^(smallest|\/dev\/[\w-]+)$/, 'it is neither smallest nor a device such as /dev/sda');

const PART = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
const PAIR = `(${PART}/)?${PART}=(${PART})?`;

/** Labels of Kubernetes with a bar between, as EKS Anywhere takes them. */
export const LABELS = z.string().regex(new RegExp(`^${PAIR}(\\|${PAIR})*$`), 'they are no labels such as type=cp|row=7');

function isNetmask(text: string): boolean {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255)) return false;
  return /^1+0*$/.test(octets.map((octet) => Number(octet).toString(2).padStart(8, '0')).join(''));
}
