import type { StorageTrouble } from '../../domain/web-api.ts';
import { ROOM_WORDS } from '../intake/space/room-words.ts';
import type { Shortage } from '../intake/space/space-book.ts';
import type { MediumTrouble } from './medium.ts';

/** What keeps records, or the tarball, from the stick. */
interface StorageState {
  medium: MediumTrouble | undefined;
  /** there was no room for the last tarball with raw captures */
  isShort: boolean;
  /** one without them was made since, and holds all that there is */
  isLeanMade?: boolean;
  shortage: Shortage | undefined;
  /** that is for want of RAM, where records are when there is no stick, or when it has only their ciphertext */
  isRamShort?: boolean;
}

/** What every screen says as long as it is so, the worst alone; undefined when all is well. Pure. */
export function storageTrouble({
  medium,
  isShort,
  isLeanMade = false,
  shortage,
  isRamShort = false,
}: StorageState): StorageTrouble | undefined {
  if (medium !== undefined) return { state: medium.fault, ...mediumWords(medium), reason: medium.reason };
  const { place, where, hint } = ROOM_WORDS[isRamShort ? 'ram' : 'stick'];
  if (isShort && isLeanMade)
    return {
      state: 'nearly-full',
      sentence: `The tarball is without raw captures: no room ${where}.`,
      hint: isRamShort ? hint : `They are on the stick; recon recover makes a tarball with them. ${hint}`,
    };
  if (isShort)
    return {
      state: 'no-room-for-tarball',
      sentence: `There is no room ${where} for the tarball.`,
      hint: `Type lean at the master, or press the button, for one without raw captures.${isRamShort ? '' : ` ${hint}`}`,
    };
  const Place = place.replace('t', 'T');
  if (shortage === 'records')
    return {
      state: 'full',
      sentence: `${Place} is full: no more records are taken.`,
      hint: `What is stored can be sealed. Machines keep their records and try again. ${hint}`,
    };
  if (shortage === 'captures')
    return {
      state: 'nearly-full',
      sentence: `${Place} is nearly full: records come without their raw captures.`,
      hint,
    };
  return undefined;
}

const MACHINES_WAIT = 'Machines keep their records and try again.';

/** For the answer to an upload, and for every screen. */
export const MEDIUM_WORDS: Readonly<Record<MediumTrouble['fault'], { sentence: string; hint: string }>> = {
  gone: {
    sentence: 'The stick is gone: nothing is stored.',
    hint: 'Plug it in again. Machines keep their records and try again, and the master goes on by itself.',
  },
  'read-only': {
    sentence: 'The stick is read-only: nothing is stored.',
    hint: `Is its write protection on? Pull it and plug it in again. ${MACHINES_WAIT}`,
  },
  failing: {
    sentence: 'The stick fails: nothing is stored.',
    hint: 'Pull it and plug it in again. If it fails again, take another one for the rest: what has a receipt is on this one.',
  },
};

/** What is wrong with a medium, and what to try. */
export function mediumWords({ fault, hint }: MediumTrouble): { sentence: string; hint: string } {
  const usual = MEDIUM_WORDS[fault];
  return { ...usual, hint: hint === undefined ? usual.hint : `${hint} ${MACHINES_WAIT}` };
}
