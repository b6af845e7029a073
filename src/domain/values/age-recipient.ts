import { z } from 'zod';

const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PREFIX = 'age';

/** A public key of age (age-encryption.org/v1, X25519): Bech32 (BIP 173) with the prefix `age`. Its checksum finds typing mistakes. */
export const AgeRecipient = z.string().check(({ value, issues }) => {
  const fault = recipientFault(value);
  if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: value });
});

/** What a person writes as `encryptTo`: such a key, or `none`. */
export const EncryptTo = z.string().check(({ value, issues }) => {
  const fault = value === NOT_ENCRYPTED ? undefined : recipientFault(value);
  if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: value });
});

/** Turns off what the image says. */
export const NOT_ENCRYPTED = 'none';

/** What is wrong with a public key, without a word of it: somebody may have taken the secret one. */
function recipientFault(text: string): string | undefined {
  if (/AGE-SECRET-KEY-/i.test(text)) return 'this is the secret half of a key, which must stay at home; the public one starts with age1';
  if (/^(ssh-|age1\w+1)/.test(text) && text.length !== KEY_LENGTH)
    return 'keys of SSH, of plugins and post-quantum ones are not taken; a public key of age is age1 and 58 characters';
  if (!/^age1[ac-hj-np-z02-9]{58}$/.test(text)) return 'not a public key of age: age1 and 58 characters';
  return isBech32(text) ? undefined : 'a typing mistake: the checksum of the key is wrong';
}

const KEY_LENGTH = 62;

function isBech32(text: string): boolean {
  const data = [...text.slice(PREFIX.length + 1)].map((character) => CHARACTERS.indexOf(character));
  const prefix = [...PREFIX].map((character) => character.charCodeAt(0));
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31)];
  return checksum([...expanded, ...data]) === 1;
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;

function checksum(values: readonly number[]): number {
  return values.reduce((before, value) => {
    const mixed = ((before & 0x1ffffff) << 5) ^ value;
    return GENERATOR.reduce((sum, factor, bit) => ((before >> (25 + bit)) & 1 ? sum ^ factor : sum), mixed);
  }, 1);
}
