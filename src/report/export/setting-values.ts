import { isMachineAddress } from '../../domain/ip-address.ts';

/** What is wrong with a value of `--set`, for people; undefined where it can be that. No value that passes can end a line or a word of the formats that it goes into. */
export type ValueCheck = (text: string) => string | undefined;

/** One word of letters, digits, dots, hyphens and underscores: names of users, zones, modules, profiles. */
export const WORD = matching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/, 'it is no word of letters, digits, dots, hyphens and underscores');

/** Such words with a comma between. */
export const WORDS = matching(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]*(,[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/,
  'they are no words with a comma between, such as a,b',
);

export const IPV4: ValueCheck = (text) => (isMachineAddress(text) ? undefined : 'it is no IPv4 address of a machine');

/** A mask such as 255.255.254.0: ones, then zeros. */
export const NETMASK: ValueCheck = (text) => (isNetmask(text) ? undefined : 'it is no netmask such as 255.255.255.0');

/** Addresses with a bar between, as EKS Anywhere separates them. */
export const IPV4_LIST: ValueCheck = (text) =>
  text.split('|').every(isMachineAddress) ? undefined : 'they are no IPv4 addresses with a bar between, such as 10.0.0.2|10.0.0.3';

/** Bits of an IPv4 address that all of a network have in common. */
export const PREFIX_LENGTH = matching(/^([1-9]|[12]\d|3[0-2])$/, 'it is no length of a prefix from 1 to 32');

export const YES_NO = matching(/^(true|false)$/, 'it is neither true nor false');

/** `smallest`, or the name of a device. */
export const TARGET_DISK = matching(/^(smallest|\/dev\/[\w-]+)$/, 'it is neither smallest nor a device such as /dev/sda');

const PART = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
const PAIR = `(${PART}/)?${PART}=(${PART})?`;

/** Labels of Kubernetes with a bar between, as EKS Anywhere takes them. */
export const LABELS = matching(new RegExp(`^${PAIR}(\\|${PAIR})*$`), 'they are no labels such as type=cp|row=7');

/** A check by a pattern. */
export function matching(pattern: RegExp, complaint: string): ValueCheck {
  return (text) => (pattern.test(text) ? undefined : complaint);
}

function isNetmask(text: string): boolean {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255)) return false;
  return /^1+0*$/.test(octets.map((octet) => Number(octet).toString(2).padStart(8, '0')).join(''));
}
