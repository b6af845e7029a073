import { NOT_ENCRYPTED } from '../domain/values/age-recipient.ts';

export interface RecipientSources {
  /** `encryptTo` of recon.yaml, when that could be read */
  settings: string | undefined;
  /** of the image's manifest */
  image: string | undefined;
  /** recon.yaml has mistakes, and somebody said to go on without it */
  isWithoutSettings: boolean;
  /** what else is on the stick is removed at power-off */
  removesRecords?: boolean;
  /** records are in RAM when there is no stick to write to */
  storage?: 'stick' | 'ram';
}

/** The public key that the tarball is encrypted to, undefined for none, and what the person before the screen should know of that. */
export function tarballRecipient(sources: RecipientSources): { recipient?: string; said: string[] } {
  const { settings, image, isWithoutSettings } = sources;
  const stays = readableMeanwhile(sources);
  if (settings === NOT_ENCRYPTED)
    return { said: image === undefined ? [] : ['the tarball is NOT encrypted: recon.yaml says none, although this image has a key'] };
  if (settings !== undefined) return { recipient: settings, said: [`the tarball is encrypted to ${settings} (recon.yaml)`, ...stays] };
  if (image !== undefined)
    return { recipient: image, said: [`the tarball is encrypted to ${image} (the key that this image was built with)`, ...stays] };
  return { said: isWithoutSettings ? ['the tarball is NOT encrypted: if recon.yaml asks for that, mend it and start again'] : [] };
}

/** A record must be stored before its machine may power off, and the key that opens it is elsewhere: until the end the stick tells what it holds. */
function readableMeanwhile({ removesRecords = false, storage = 'stick' }: RecipientSources): string[] {
  if (storage === 'ram') return [];
  const what = 'records/, partial/ and ledger.jsonl on the stick CAN BE READ by whoever has it';
  return removesRecords
    ? [`${what} until this machine is powered off in order; then they are removed`]
    : [`${what}, also afterwards; keepRecords: false in recon.yaml removes them at power-off`];
}
