import { driveSize } from '../../domain/values/drive-size.ts';
import { namedPath, refusalOf } from './choice.ts';
import type { OfferedDisk } from './disks.ts';

/** The word that a person types before anything is written. */
export const ERASE_WORD = 'erase';
/** More would scroll what is above off a screen of 25 lines. */
const MOST_CONTENTS = 6;

/** What this mode is, before anything else. */
export function greetingLines(version: string, medium: string): string[] {
  return [
    `Recon ${version}: install onto a disk of this machine`,
    `The medium that it booted from (/dev/${medium}) is copied onto a disk that you choose. EVERYTHING ON THAT DISK IS LOST.`,
    'Nothing is chosen for you, and no disk is written before you have said which one.',
  ];
}

/** The disks, and how one of them is named. */
export function diskLines(disks: readonly OfferedDisk[], neededBytes: number): string[] {
  if (disks.length === 0) return ['', 'This machine has no disk beside the medium that it booted from.', '', OTHER_WORDS];
  return [
    '',
    ...disks.flatMap((disk) => [...oneDisk(disk, neededBytes), '']),
    `Type the last four characters of its SERIAL NUMBER and press Enter.${disks.some(needsPath) ? ' A disk without one: the whole path that stands there.' : ''}`,
    OTHER_WORDS,
  ];
}

/** The one that was chosen, once more, and the last question. */
export function eraseLines(disk: OfferedDisk): string[] {
  return [
    '',
    'This disk becomes the copy:',
    '',
    ...oneDisk(disk, 0),
    '',
    `Type ${ERASE_WORD} and press Enter to erase it and copy. Anything else: back to the list.`,
  ];
}

export function doneLines({ name }: Pick<OfferedDisk, 'name'>): string[] {
  return [
    `INSTALLED: /dev/${name} is a copy of this medium, was read back whole, and starts as a master by itself. No other disk was written.`,
    'Pull the stick or CD. Then type restart (start this machine anew) or off (switch it off).',
  ];
}

/** Tenths, because a serial line is slow. */
export function progressLine(what: 'copying' | 'reading back', done: number): string {
  return `${what} ... ${Math.floor(done * 10) * 10} %`;
}

const OTHER_WORDS = 'Other words: again (look for disks again), off (switch this machine off).';

function oneDisk(disk: OfferedDisk, neededBytes: number): string[] {
  const { name, sizeBytes, model, serial, transport, contents } = disk;
  const identity = serial === undefined ? `no serial number, path ${namedPath(disk)}` : `serial ${serial}`;
  const shown =
    contents.length > MOST_CONTENTS
      ? [...contents.slice(0, MOST_CONTENTS - 1), `and ${contents.length - MOST_CONTENTS + 1} more`]
      : contents;
  const refusal = refusalOf(disk, neededBytes);
  return [
    `  ${[name, driveSize(sizeBytes), model ?? 'unknown model', transport ?? 'unknown bus'].join('   ')}`,
    `      ${identity}`,
    `      ${shown.length === 0 ? 'nothing known is on it' : shown.join(', ')}`,
    ...(refusal === undefined || neededBytes === 0 ? [] : [`      CANNOT BE TAKEN: ${refusal}`]),
  ];
}

function needsPath({ serial }: OfferedDisk): boolean {
  return serial === undefined;
}
