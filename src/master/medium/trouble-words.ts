import type { StorageTrouble } from '../../domain/web-api.ts';
import type { Shortage } from '../intake/space/space-book.ts';
import type { MediumTrouble } from './medium.ts';

/** What keeps records, or the tarball, from the stick. */
interface StorageState {
  medium: MediumTrouble | undefined;
  /** there was no room for the last tarball with raw captures */
  isShort: boolean;
  shortage: Shortage | undefined;
}

/** What every screen says as long as it is so, the worst alone; undefined when all is well. Pure. */
export function storageTrouble({ medium, isShort, shortage }: StorageState): StorageTrouble | undefined {
  if (medium !== undefined) return { state: medium.fault, ...MEDIUM_WORDS[medium.fault], reason: medium.reason };
  if (isShort)
    return {
      state: 'no-room-for-tarball',
      sentence: 'There is no room on the stick for the tarball.',
      hint: 'Type lean at the master, or press the button, for one without raw captures; or copy old files off the stick and remove them there.',
    };
  if (shortage === 'records')
    return {
      state: 'full',
      sentence: 'The stick is full: no more records are taken.',
      hint: 'What is stored can be sealed. Machines keep their records and try again; copy old tarballs and ISO images off the stick and remove them there.',
    };
  if (shortage === 'captures')
    return {
      state: 'nearly-full',
      sentence: 'The stick is nearly full: records come without their raw captures.',
      hint: 'Copy old tarballs and ISO images off the stick and remove them there.',
    };
  return undefined;
}

/** For the answer to an upload, and for every screen. */
export const MEDIUM_WORDS: Readonly<Record<MediumTrouble['fault'], { sentence: string; hint: string }>> = {
  gone: {
    sentence: 'The stick is gone: nothing is stored.',
    hint: 'Plug it in again. Machines keep their records and try again, and the master goes on by itself.',
  },
  'read-only': {
    sentence: 'The stick is read-only: nothing is stored.',
    hint: 'Is its write protection on? Pull it and plug it in again. Machines keep their records and try again.',
  },
  failing: {
    sentence: 'The stick fails: nothing is stored.',
    hint: 'Pull it and plug it in again. If it fails again, take another one for the rest: what has a receipt is on this one.',
  },
};
