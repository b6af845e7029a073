import type { SiteSettings } from '../domain/site-settings.ts';
import { NOT_ENCRYPTED } from '../domain/values/age-recipient.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { encryptedTo } from '../platform/archive/age.ts';
import { VISITS_FILE } from '../records/visit-files.ts';

export interface RecipientSources {
  /** `encryptTo` of recon.yaml, when that could be read */
  settings: string | undefined;
  /** of the image's manifest */
  image: string | undefined;
  /** recon.yaml has mistakes, and somebody said to go on without it */
  isWithoutSettings: boolean;
  /** what else is on the stick is removed at power-off */
  removesRecords?: boolean;
  /** records are encrypted as they arrive */
  encryptsRecords?: boolean;
  /** names in the root of the stick: what an earlier visit stored may be there in the clear */
  names?: readonly string[];
  /** records are in RAM when there is no stick to write to */
  storage?: 'stick' | 'ram';
}

/**
 * The public key that the tarball is encrypted to, undefined for none, what the person before the screen should know of that, and of it what on
 * the stick can be read by whoever has it.
 */
export function tarballRecipient(sources: RecipientSources): { recipient?: string; said: string[]; readable: string[] } {
  const { settings, image, isWithoutSettings } = sources;
  const readable = readableMeanwhile(sources);
  if (settings === NOT_ENCRYPTED)
    return {
      said:
        image === undefined && !isWithoutSettings
          ? []
          : [
              `the tarball is NOT encrypted: ${isWithoutSettings ? 'there is no key that works' : 'recon.yaml says none, although this image has a key'}`,
            ],
      readable: [],
    };
  if (settings !== undefined)
    return { recipient: settings, said: [`the tarball is encrypted to ${settings} (recon.yaml)`, ...readable], readable };
  if (image !== undefined)
    return {
      recipient: image,
      said: [`the tarball is encrypted to ${image} (the key that this image was built with)`, ...readable],
      readable,
    };
  return {
    said: isWithoutSettings ? ['the tarball is NOT encrypted: if recon.yaml asks for that, mend it and start again'] : [],
    readable: [],
  };
}

/** A record must be stored before its machine may power off, and the key that opens it is elsewhere: until the end the stick tells what it holds. */
function readableMeanwhile({ removesRecords = false, encryptsRecords = false, storage = 'stick', names = [] }: RecipientSources): string[] {
  if (storage === 'ram') return [];
  if (encryptsRecords) return [ENCRYPTED_WORDS, ...readableBefore(names)];
  const what = 'records/, partial/, ledger.jsonl and visits.jsonl on the stick CAN BE READ by whoever has it';
  return removesRecords
    ? [`${what} until this machine is powered off in order; then they are removed`]
    : [`${what}, also afterwards; keepRecords: false in recon.yaml removes them at power-off`];
}

const ENCRYPTED_WORDS =
  'records are encrypted as they arrive: the stick tells how many files came and when, and what you put on it (recon.yaml, tools/, collectors/, isos/, pool/)';

/** What an earlier visit stored without `encryptRecords` stays as it is. */
function readableBefore(names: readonly string[]): string[] {
  const found = names.filter((name) => /^(records|partial|ledger(-\d+)?\.jsonl|recon-.+\.tar\.gz)$/.test(name));
  // where such a visit was; one whose records were encrypted from the start says nothing of that there
  const all = found.length > 0 && names.includes(VISITS_FILE) ? [...found, VISITS_FILE] : found;
  return found.length === 0 ? [] : [`of earlier visits ${all.join(', ')} on the stick CAN BE READ by whoever has it`];
}

/**
 * Who asks for secrecy must not find at home that there was none, nor a tarball that could not be made: what is wrong with the key, tried out,
 * and with a wish that has none.
 */
export async function encryptionMistakes(
  { encryptTo, encryptRecords }: Pick<SiteSettings, 'encryptTo' | 'encryptRecords'>,
  image: string | undefined,
): Promise<string[]> {
  const recipient = encryptTo ?? image;
  if (recipient === undefined || recipient === NOT_ENCRYPTED)
    return encryptRecords === true ? ['encryptRecords: true needs a key to encrypt to: set encryptTo'] : [];
  const trouble = await tryRecipient(recipient).then(() => undefined, messageOf);
  return trouble === undefined
    ? []
    : [`nothing can be encrypted to ${recipient} (${encryptTo === undefined ? 'the key of this image' : 'encryptTo'}): ${trouble}`];
}

/** A key may be written without a mistake and be none that anything can be encrypted to. @throws Error */
async function tryRecipient(recipient: string): Promise<void> {
  for await (const _ of await encryptedTo(recipient, [new Uint8Array(1)] as unknown as AsyncIterable<Uint8Array>));
}

/** What a person goes on with who was told that nothing can be encrypted; a key of the image that is none counts for nothing, either. */
export function withoutEncryption(settings: SiteSettings): SiteSettings {
  return { ...settings, encryptTo: NOT_ENCRYPTED, encryptRecords: false };
}
