/**
 * Whether a number is a sample and no one's own: one character or byte again and again, or characters that were counted up or down (`0123456789`,
 * `9876543210`, `abcdefgh`, `0123456789ABCDEF`).
 */
export function isSampleNumber(value: string): boolean {
  const text = value.toLowerCase().replaceAll(/[-_:. ]/g, '');
  const digits = text.replace(/^0x/, '');
  if (digits === '' || /^0+$/.test(digits) || /^[0x]+$/.test(text)) return true;
  if (/^(.)\1{3,}$/.test(digits) || /^(..)\1{3,}$/.test(digits)) return true;
  // a short one that begins in the middle may be a number that happens to look so
  const isLong = digits.length >= 8 || (digits.length >= 6 && /^[01a9fz]/.test(digits));
  return isLong && (isCounted(digits, 1) || isCounted(digits, -1));
}

/** The step from each character to the next; behind 9 come 0 and a, behind f 0, behind z a. */
function isCounted(text: string, step: 1 | -1): boolean {
  for (let at = 1; at < text.length; at++) {
    const [from = '', to = ''] = step === 1 ? [text[at - 1], text[at]] : [text[at], text[at - 1]];
    if (to.charCodeAt(0) - from.charCodeAt(0) !== 1 && !FOLLOWS.has(`${from}${to}`)) return false;
  }
  return true;
}

const FOLLOWS = new Set(['90', '9a', 'f0', 'za']);

/**
 * Why a UUID is a sample that unrelated boards carry; undefined of one that may be a machine's own. In either order of its first three parts (SMBIOS
 * changed it with version 2.6): what was counted up in one order does not look so in the other.
 */
export function sampleUuid(uuid: string): string | undefined {
  const groups = uuid.toLowerCase().split('-');
  const turned = groups.map((group, at) => (at < 3 ? (group.match(/../g) ?? []).reverse().join('') : group));
  return [groups.join(''), turned.join('')].map(sampleDigits).find((reason) => reason !== undefined);
}

function sampleDigits(digits: string): string | undefined {
  const bytes = digits.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  const words = digits.match(/..../g)?.map((word) => Number.parseInt(word, 16)) ?? [];
  if (new Set(digits).size === 1 || new Set(bytes).size <= 2) return 'one or two bytes again and again';
  if (hasOneStep(bytes, 0x100) || hasOneStep(words, 0x1_0000)) return 'a sample value that many boards carry';
  // 12345678-1234-…, whatever follows
  const starts = [digits.slice(0, 8), digits.slice(8, 12)];
  return starts.every((part) => isCounted(part, 1)) || starts.every((part) => isCounted(part, -1)) ? 'counted-up digits' : undefined;
}

/** Each is as far from the one before: a board may begin anywhere and leave the last ones to its address. */
function hasOneStep(numbers: readonly number[], modulus: number): boolean {
  const steps = numbers.slice(1).map((number, at) => (number - (numbers[at] ?? 0) + modulus) % modulus);
  const first = steps[0];
  return first !== undefined && first !== 0 && steps.filter((step) => step === first).length >= steps.length - 1;
}
