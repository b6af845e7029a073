import { ReconError } from '../../domain/errors.ts';

/**
 * A Node binary without the parts of its ICU data that nobody here asks: other languages, and the converters of old encodings. Their bytes
 * become zeros, which a squashfs stores in nothing and which are never read into RAM; every offset stays. Pure: gives a copy.
 * @throws ReconError `build-failed` for a binary without the data, or with data of another layout
 */
export function cutIcu(binary: Uint8Array): Buffer {
  const cut = Buffer.from(binary);
  for (const { name, start, end } of icuItems(cut)) if (!isIcuItemKept(name)) cut.fill(0, start, end);
  return cut;
}

/** An item of the data, by its name without the package's, and where its bytes are. */
export interface IcuItem {
  name: string;
  start: number;
  end: number;
}

// ICU's ucmndata.h and udata.h: size of the header, two magic bytes, and at 12 the format of what follows
const MAGIC = 0x27da;
const FORMAT = 'CmnD';
const FORMAT_AT = 12;
/** Much more than there are, and what a count would not be that is read at the wrong place. */
const MOST_ITEMS = 20_000;

/** The table of contents: a count, and pairs of offsets (name, data) from there, sorted by name, data in the same order. */
export function icuItems(binary: Buffer): IcuItem[] {
  const header = findHeader(binary);
  const table = header + binary.readUInt16LE(header);
  const count = binary.readUInt32LE(table);
  if (count < 2 || count > MOST_ITEMS) throw unknownLayout(`it counts ${count} items`);
  const offsets = Array.from({ length: count }, (_, index) => {
    const at = table + 4 + index * 8;
    const name = table + binary.readUInt32LE(at);
    return { name: binary.toString('latin1', name, binary.indexOf(0, name)), start: table + binary.readUInt32LE(at + 4) };
  });
  return offsets.map(({ name, start }, index) => {
    // the last one's end is not told
    const end = offsets[index + 1]?.start ?? start;
    if (end < start || end > binary.length || !/^icudt\d+l\//.test(name)) throw unknownLayout(`an item of it is "${name.slice(0, 40)}"`);
    return { name: name.replace(/^[^/]*\//, ''), start, end };
  });
}

function findHeader(binary: Buffer): number {
  for (let at = binary.indexOf(FORMAT); at >= 0; at = binary.indexOf(FORMAT, at + 1)) {
    const header = at - FORMAT_AT;
    if (header >= 0 && binary.readUInt16LE(header + 2) === MAGIC) return header;
  }
  throw unknownLayout('there is none');
}

function unknownLayout(what: string): ReconError {
  return new ReconError('build-failed', `the ICU data of Node are not as they were when this was written: ${what}`, {
    hint: 'is it a Node with full ICU (node -p process.config.variables.icu_small says false)?',
  });
}

/** The converter of windows-1252, which files from Windows are read with (src/settings/saved-text.ts); UTF-8, UTF-16 and Latin-1 need no table. */
const CONVERTERS = ['ibm-5348_P100-1997.cnv'];
/** Names that begin like a language, and those that nobody can ask for from JavaScript: transliteration, spelt-out numbers, stringprep, look-alikes. */
const LOCALE = /^[a-z]{2,3}(_[A-Za-z0-9_]+)?\.res$/;
const ENGLISH = /^(en|en_US|en_US_POSIX|en_001)\.res$/;
const UNREACHABLE = /^(translit|rbnf)\/|^(unames\.icu|confusables\.cfu)$|\.spp$/;
/** Dictionaries of languages without spaces, and line breaks of East Asian text. */
const BREAKS_OF_OTHERS = /\.dict$|_(cj|el|phrase|loose|normal)[a-z_]*\.brk$/;

/** Whether an item stays. What it holds is known by its name alone: `zone/en.res`, `zoneinfo64.res`. */
export function isIcuItemKept(name: string): boolean {
  const file = name.split('/').at(-1) ?? '';
  if (UNREACHABLE.test(name) || BREAKS_OF_OTHERS.test(file)) return false;
  if (file.endsWith('.cnv')) return CONVERTERS.includes(file);
  return !LOCALE.test(file) || ENGLISH.test(file);
}
