import { ReconError } from '../../domain/errors.ts';

/**
 * The secret keys in the text of a file that age-keygen made.
 * @throws ReconError `identity-wrong` when it is something else, without a word of what is in it
 */
export function identitiesIn(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const trouble = troubleWith(text, lines);
  if (trouble === undefined) return lines;
  throw new ReconError('identity-wrong', trouble.message, { hint: trouble.hint });
}

const SECRET_KEY = /^AGE-SECRET-KEY-1[AC-HJ-NP-Z02-9]{58}$/;

function troubleWith(text: string, lines: readonly string[]): { message: string; hint: string } | undefined {
  const hint = 'age-keygen -o key.txt made it; its key line starts with AGE-SECRET-KEY-1';
  if (/^(age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/.test(text))
    return {
      message: 'is an encrypted file itself, perhaps an identity with a passphrase, which is not read here',
      hint: 'age -d FILE > key.txt asks for the passphrase; remove key.txt afterwards',
    };
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return { message: 'is a key of SSH or TLS, which is not taken here', hint };
  if (lines.length === 0) return { message: 'holds no key', hint };
  if (lines.every((line) => /^age1/.test(line)))
    return { message: 'holds the public half of a key only, which cannot open anything', hint };
  if (lines.some((line) => /^AGE-PLUGIN-/.test(line)))
    return { message: 'is for a plugin of age, which is not started here', hint: 'age -d -i FILE -o visit.tar.gz visit.tar.gz.age' };
  if (!lines.every((line) => SECRET_KEY.test(line))) return { message: 'holds something else than secret keys of age', hint };
  return undefined;
}
