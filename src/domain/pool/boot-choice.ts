import { z } from 'zod';
import { PoolName } from './pool-name.ts';

/** What is to be booted, as a person writes it: `compute`, `compute@3` or `compute@newest`. */
export interface BootChoice {
  profile: string;
  /** of the profile's image; missing: the one that the profile names */
  imageVersion?: number | 'newest';
}

/** Reads `PROFILE[@VERSION]`; undefined when it is none. */
export function parseBootChoice(text: string): BootChoice | undefined {
  const [profile = '', version, ...more] = text.split('@');
  if (more.length > 0 || !PoolName.safeParse(profile).success) return undefined;
  if (version === undefined) return { profile };
  if (version === 'newest') return { profile, imageVersion: 'newest' };
  return /^[1-9]\d{0,8}$/.test(version) ? { profile, imageVersion: Number(version) } : undefined;
}

/** The spelling that {@link parseBootChoice} reads. */
export function bootChoiceText({ profile, imageVersion }: BootChoice): string {
  return imageVersion === undefined ? profile : `${profile}@${imageVersion}`;
}

export const BootChoiceText = z
  .string()
  .refine((text) => parseBootChoice(text) !== undefined, 'a profile, or a profile with a version, such as compute or compute@3');

/** Reads an image, `NAME[@VERSION]`, which is spelt in the same way. */
export const ImageChoiceText = z
  .string()
  .refine((text) => parseBootChoice(text) !== undefined, 'an image, or an image with a version, such as compute-debian-13@3');
