import { readChoice } from './choice.ts';
import type { OfferedDisk } from './disks.ts';
import { diskLines, ERASE_WORD, eraseLines } from './install-text.ts';

interface Asking {
  say(...texts: string[]): void;
  /** the next line that is typed; undefined when nobody can type any more */
  next(): Promise<string | undefined>;
}

export type DiskAnswer = { what: 'install'; disk: OfferedDisk } | { what: 'again' } | { what: 'off' } | { what: 'ended' };

/**
 * Shows the disks and asks which, until one is chosen and the word is typed. Two answers are needed: by chance a serial line may send what looks
 * like one.
 */
export async function askForDisk(disks: readonly OfferedDisk[], neededBytes: number, { say, next }: Asking): Promise<DiskAnswer> {
  say(...diskLines(disks, neededBytes));
  for (;;) {
    const line = await next();
    if (line === undefined) return { what: 'ended' };
    const choice = readChoice(line, disks, neededBytes);
    if (choice.verdict === 'again' || choice.verdict === 'off') return { what: choice.verdict };
    if (choice.verdict === 'no') {
      say(choice.words);
      continue;
    }
    say(...eraseLines(choice.disk));
    const word = await next();
    if (word === undefined) return { what: 'ended' };
    if (word.toLowerCase() === ERASE_WORD) return { what: 'install', disk: choice.disk };
    say('Nothing was written.');
    return { what: 'again' };
  }
}
