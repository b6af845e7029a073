import { cleanValue } from './text.ts';

/**
 * The value of a field, or undefined when the firmware's author left a placeholder there.
 * The list comes from texts of real machines of many makers; it is compared without regard to case.
 */
export function meaningful(raw: string | undefined): string | undefined {
  const value = cleanValue(raw);
  if (value === undefined) return undefined;
  const word = value.toLowerCase();
  return PLACEHOLDERS.has(word) || PLACEHOLDER_PATTERNS.some((pattern) => pattern.test(word)) ? undefined : value;
}

/** As {@link meaningful}, for serial numbers, asset tags and UUIDs: all zeros, all F and counted-up digits are none. */
export function meaningfulIdentity(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  if (value === undefined) return undefined;
  const word = value.toLowerCase();
  return IDENTITY_PATTERNS.some((pattern) => pattern.test(word)) ? undefined : value;
}

const PLACEHOLDERS = new Set([
  'not specified',
  'not defined',
  'not available',
  'not provided',
  'not present',
  'not settable',
  'not set',
  'not applicable',
  'none',
  'n/a',
  'null',
  'unknown',
  'undefined',
  'unspecified',
  'empty',
  'family',
  'no enclosure',
  'x.x',
  'invalid',
  'default',
  'default string',
  'no dimm',
  'no asset tag',
  'no asset information',
  'to be filled',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'to be filled by o.e.m',
  'o.e.m.',
  'oem',
  '<out of spec>',
  '<bad index>',
  'system manufacturer',
  'system product name',
  'system version',
  'system serial number',
  'system sku',
  'sku number',
  'chassis manufacture',
  'chassis manufacturer',
  'chassis version',
  'chassis serial number',
  'chassis sku number',
  'base board manufacturer',
  'base board version',
  'base board serial number',
  'base board asset tag',
  'board serial number',
  'manufacturer not set',
  'part number not set',
  'serial number not set',
  'asset tag not set',
  'asset-1234567890',
]);

const PLACEHOLDER_PATTERNS = [
  /^[.*\-_?\s]+$/,
  /^oem define ?\d*$/,
  /^(sernum|partnum|manufacturer|assettagnum|modulepartnumber|array\d*_?partnumber|dimm\d*_assettag)_?\d{1,2}$/,
  /^x{4,}$/,
  /^fill by oem$/,
  /^\[?(empty|no module installed|not installed)\]?$/,
];

const IDENTITY_PATTERNS = [
  /^0[x0 ]*$/,
  /^(0x)?f{4,}$/,
  /^0?123456789(0|abcdef)?$/,
  /^0{8}-0{4}-0{4}-0{4}-0{12}$/,
  /^f{8}-f{4}-f{4}-f{4}-f{12}$/,
];
