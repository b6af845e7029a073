import { ReconError } from '../../../domain/errors.ts';
import type { MediumSpace } from './room.ts';
import { ROOM_WORDS } from './room-words.ts';

export function noRoom({ freeBytes, isRam = false }: MediumSpace): ReconError {
  const { place, hint } = ROOM_WORDS[isRam ? 'ram' : 'stick'];
  return new ReconError('disk-full', `${place} is full: ${mebibytes(freeBytes)} MiB are free, and all of it is kept for the tarball`, {
    hint: `The machine keeps its record and tries again. ${hint}`,
  });
}

export function noRoomForCapture({ freeBytes, isRam = false }: MediumSpace): ReconError {
  const { place } = ROOM_WORDS[isRam ? 'ram' : 'stick'];
  return new ReconError(
    'capture-left-out',
    `${place} is nearly full (${mebibytes(freeBytes)} MiB are free): what is left is kept for records and the tarball`,
    { hint: 'The record goes without its raw capture.' },
  );
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
