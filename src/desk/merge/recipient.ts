import { ReconError } from '../../domain/errors.ts';
import { AgeRecipient } from '../../domain/values/age-recipient.ts';

/** The key that a merged tarball is encrypted to. @throws ReconError `usage` when it is none, or the file's name hides it */
export function mergeRecipient(text: string | undefined, output: string): string | undefined {
  if (text === undefined) {
    if (output.endsWith('.age')) throw new ReconError('usage', `${output} would not be encrypted`, { hint: '--encrypt-to age1…' });
    return undefined;
  }
  const recipient = AgeRecipient.safeParse(text);
  if (!recipient.success) throw new ReconError('usage', `${text} is no public key of age`, { hint: 'age-keygen prints it: age1…' });
  if (!output.endsWith('.age')) throw new ReconError('usage', `${output} will be encrypted`, { hint: `-o ${output}.age` });
  return recipient.data;
}
