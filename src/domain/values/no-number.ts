/**
 * Whether a text cannot be a serial number by its shape, whatever language it is in: SMBIOS (DSP0134, 6.1.3), ATA, NVMe and SCSI all have them in ASCII, and
 * what makers count has digits or capitals.
 */
export function isNoNumber(value: string): boolean {
  return !/^[\x20-\x7e]*$/.test(value) || isSentence(value) || isErrorOrDate(value);
}

/** Words without a number, `Sin especificar`; a word in small letters, `leer`; and a sentence with a number in it, `Error 5`. */
function isSentence(value: string): boolean {
  const digits = value.match(/\d/g)?.length ?? 0;
  if (digits === 0) return /[a-z]{2}|\p{L}{2} +\p{L}{2}/u.test(value);
  return digits <= 4 && / /.test(value) && /(^|[^\p{L}\d])\p{L}?[g-z]*[a-z]{3,}([^\p{L}\d]|$)/u.test(value);
}

const ALL_ONES = new Set(['65535', '2147483647', '4294967295', '9223372036854775807', '18446744073709551615']);
const DATE = /^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,2}\/\d{1,2}\/\d{2})( \d{1,2}:\d{2}(:\d{2})?)?$/;

/** A number that stands for none (all bits set, below zero), a date, a version, an error's words. */
function isErrorOrDate(value: string): boolean {
  return ALL_ONES.has(value) || /^-\d+$|^v\d+(\.\d+)+$/i.test(value) || DATE.test(value) || /(^|[^a-z\d])err(or)?([^a-z\d]|$)/i.test(value);
}
