import { createHash } from 'node:crypto';

/** As people write them in ASCII; with these nobody takes one word for another. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss', ẞ: 'SS' },
  ...{ æ: 'ae', Æ: 'Ae', ø: 'oe', Ø: 'Oe', å: 'aa', Å: 'Aa', œ: 'oe', Œ: 'Oe', þ: 'th', Þ: 'Th' },
};
const LONGEST = 60;

/**
 * A site's name as a part of a file's name, which every file system and console takes: letters of German and Scandinavian words as people write them in ASCII, anything
 * odd as a hyphen. Where letters lose their accents, or there is no ASCII for them, some digits that are made of the whole name keep two sites apart.
 */
export function siteInFileName(site: string): string {
  const written = [...site.normalize('NFC')].map((letter) => LETTERS[letter] ?? letter).join('');
  const bare = written.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const plain = bare.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  // of ASCII nothing is lost but blanks and signs
  if (site === '') return 'site';
  const isLossy = /[^\x00-\x7f]/.test(written) || plain === '' || plain.length > LONGEST;
  if (!isLossy) return plain;
  const digits = createHash('sha256').update(site.normalize('NFC')).digest('hex').slice(0, 6);
  const start = plain.slice(0, LONGEST - digits.length - 1).replace(/[.-]+$/, '') || 'site';
  return `${start}-${digits}`;
}
