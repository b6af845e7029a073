import { ReconError } from '../domain/errors.ts';
import { AgeRecipient } from '../domain/values/age-recipient.ts';

/**
 * The public key from `AGE_RECIPIENT=` that this stick's tarballs are encrypted to; undefined when there is none.
 * @throws ReconError `usage`
 */
export function ageRecipient(setting: string | undefined): string | undefined {
  if (setting === undefined || setting === '') return undefined;
  const parsed = AgeRecipient.safeParse(setting);
  if (parsed.success) return parsed.data;
  throw new ReconError('usage', `AGE_RECIPIENT: ${parsed.error.issues[0]?.message ?? 'not a key'}`, {
    hint: 'age-keygen -o key.txt makes a pair and prints the public key; keep key.txt at home',
  });
}
