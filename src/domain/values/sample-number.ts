/**
 * Whether a number is a sample and no one's own: one character or byte again and again, or characters that were counted up or down (`0123456789`,
 * `9876543210`, `abcdefgh`, `0123456789ABCDEF`).
 */
export function isSampleNumber(value: string): boolean {
  const text = value.toLowerCase().replaceAll(/[-_:. ]/g, '');
  const digits = text.replace(/^0x/, '');
  if (digits === '' || /^0+$/.test(digits) || /^[0x]+$/.test(text)) return true;
  return isOneAgain(digits) || isCountedUp(digits) || inOtherOrders(digits).some(isCountedUp) || isCountedBehindLetters(digits);
}

/** One character, one byte or one word again and again; one character with another at an end, which is not the padding of a number. */
function isOneAgain(digits: string): boolean {
  return /^(.)\1{3,}$|^(..)\2+$|^(.{3,})\3{2,}$|^([^0])\4{5,}.$|^.([^0])\5{5,}$/.test(digits) || /^[a-z]{1,6}0{6,}$/.test(digits);
}

function isCountedUp(digits: string): boolean {
  // a short one that begins in the middle may be a number that happens to look so
  const isLong = digits.length >= 8 || (digits.length >= 6 && /^[01a9fz]/.test(digits));
  if (!isLong) return false;
  if (isCounted(digits, 1) || isCounted(digits, -1) || KEYBOARD.some((row) => row.includes(digits))) return true;
  // AABBCC, and AAAABBBBCCCC3, of which a BMC numbers the last
  const groups = /^(?:(.)\1+)+\d?$/.test(digits) ? (digits.match(/(.)\1+/g) ?? []) : [];
  const isEven = groups.length >= 3 && new Set(groups.map((group) => group.length)).size === 1;
  if (isEven && isCounted(groups.map((group) => group[0]).join(''), 1)) return true;
  return digits.length >= 12 && digits.length / runsOf(digits) >= 6;
}

const KEYBOARD = ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** How many stretches that are counted up or down, one behind the other, make up a text. */
function runsOf(text: string): number {
  let runs = 0;
  for (let at = 0; at < text.length; runs++) {
    const from = at;
    const step = isCounted(text.slice(at, at + 2), 1) ? 1 : -1;
    while (at < text.length && isCounted(text.slice(Math.max(from, at - 1), at + 1), step)) at++;
  }
  return runs;
}

/** What a reader of the other byte order makes of a text of two, four or eight digits at a time, or of the whole. */
function inOtherOrders(digits: string): string[] {
  if (digits.length < 8 || digits.length % 2 !== 0) return [];
  const turned = (text: string): string => (text.match(/../g) ?? []).reverse().join('');
  const letters = digits.replaceAll(/(.)(.)/g, '$2$1');
  const words = [/.{4}/g, /.{8}/g, /.{16}/g].map((size) => digits.replaceAll(size, turned));
  return [letters, turned(digits), ...words];
}

/** `SYS-1234567890`, `BSN12345678901234567`. */
function isCountedBehindLetters(digits: string): boolean {
  const own = /^[a-z]{1,6}(\d{9,})$/.exec(digits)?.[1];
  return own !== undefined && (isCounted(own, 1) || isCounted(own, -1));
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
  if (hasOneStep(bytes, 0x100) || hasOneStep(words, 0x1_0000) || /^(.{3,})\1+$/.test(digits))
    return 'a sample value that many boards carry';
  // Dell's and HP's are the letters of their numbers
  if (bytes.slice(-3).every((byte) => byte === 0x20)) return 'made of a serial number that was never set';
  if (new Set(bytes.slice(-6)).size === 1) return 'nothing but filling in its last part';
  // a1b2c3d4-e5f6-…
  if (hasOneStep(bytes.slice(0, 6), 0x100, 0)) return 'counted-up bytes';
  // 12345678-1234-…, whatever follows
  const starts = [digits.slice(0, 8), digits.slice(8, 12)];
  return starts.every((part) => isCounted(part, 1)) || starts.every((part) => isCounted(part, -1)) ? 'counted-up digits' : undefined;
}

/** Each is as far from the one before: a board may begin anywhere and leave the last ones to its address. */
function hasOneStep(numbers: readonly number[], modulus: number, others = 1): boolean {
  const steps = numbers.slice(1).map((number, at) => (number - (numbers[at] ?? 0) + modulus) % modulus);
  const first = steps[0];
  return first !== undefined && first !== 0 && steps.filter((step) => step === first).length >= steps.length - others;
}
