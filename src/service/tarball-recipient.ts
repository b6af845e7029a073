import { NOT_ENCRYPTED } from '../domain/values/age-recipient.ts';

export interface RecipientSources {
  /** `encryptTo` of recon.yaml, when that could be read */
  settings: string | undefined;
  /** of the image's manifest */
  image: string | undefined;
  /** recon.yaml has mistakes, and somebody said to go on without it */
  isWithoutSettings: boolean;
}

/** The public key that the tarball is encrypted to, undefined for none, and what the person before the screen should know of that. */
export function tarballRecipient({ settings, image, isWithoutSettings }: RecipientSources): { recipient?: string; said: string[] } {
  if (settings === NOT_ENCRYPTED)
    return { said: image === undefined ? [] : ['the tarball is NOT encrypted: recon.yaml says none, although this image has a key'] };
  if (settings !== undefined) return { recipient: settings, said: [`the tarball is encrypted to ${settings} (recon.yaml)`] };
  if (image !== undefined)
    return { recipient: image, said: [`the tarball is encrypted to ${image} (the key that this image was built with)`] };
  return { said: isWithoutSettings ? ['the tarball is NOT encrypted: if recon.yaml asks for that, mend it and start again'] : [] };
}
