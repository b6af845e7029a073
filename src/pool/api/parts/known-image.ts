import { ReconError } from '../../../domain/errors.ts';
import type { PoolImageView } from '../../../domain/pool/api-views.ts';
import { bootChoiceText, parseBootChoice } from '../../../domain/pool/boot-choice.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { nearestWord } from '../../../domain/values/nearest-word.ts';
import type { ImagesThere } from './deps.ts';

/** What is assigned must be there, with a kernel and a root that belong together: found out when it is written, not when a machine boots. @throws ReconError `usage` */
export async function requireImage(images: ImagesThere, text: string, root?: 'squashfs' | 'tmpfs'): Promise<void> {
  const choice = parseBootChoice(text);
  const all = await images.list();
  if (choice === undefined || all === undefined) return;
  const versions = all.filter(({ name }) => name === choice.profile).map(({ version }) => version);
  if (versions.length === 0) {
    const names = [...new Set(all.map(({ name }) => name))];
    const near = nearestWord(choice.profile, names);
    const there = names.length === 0 ? 'There is none on this head; recon image build makes one.' : `There are ${names.join(', ')}.`;
    throw new ReconError('usage', `there is no image ${choice.profile}`, { hint: near === undefined ? there : `Did you mean ${near}?` });
  }
  if (typeof choice.imageVersion === 'number' && !versions.includes(choice.imageVersion))
    throw new ReconError('usage', `there is no version ${choice.imageVersion} of ${choice.profile}`, {
      hint: `There are ${versions.join(', ')}.`,
    });
  const version = typeof choice.imageVersion === 'number' ? choice.imageVersion : Math.max(...versions);
  const trouble = await images.trouble({ name: choice.profile, version }, root);
  if (trouble !== undefined)
    throw new ReconError('usage', `${choice.profile}@${version} cannot be booted: ${trouble}`, {
      hint: `recon image check ${choice.profile}@${version} says all of it. Nothing was changed.`,
    });
}

/** The image of what is assigned, in the version that the assignment or the profile names. @throws ReconError `usage` */
export async function requireImageOf({ profiles }: Pick<Pool, 'profiles'>, images: ImagesThere, boot: string): Promise<void> {
  const choice = parseBootChoice(boot);
  const profile = choice === undefined ? undefined : profiles.get(choice.profile);
  if (choice === undefined || (profile?.kind !== 'compute' && profile?.kind !== 'failsafe')) return;
  // a profile that names none boots the image of its own name
  const image = profile.image ?? choice.profile;
  const name = parseBootChoice(image)?.profile ?? '';
  const root = profile.kind === 'compute' ? profile.root : undefined;
  await requireImage(images, choice.imageVersion === undefined ? image : `${name}@${choice.imageVersion}`, root);
}

/** Of all that a change writes into nodes and groups. @throws ReconError `usage` */
export async function requireImagesOf(
  pool: Pick<Pool, 'profiles'>,
  images: ImagesThere,
  written: readonly { boot?: string | null | undefined; once?: string | null | undefined }[],
): Promise<void> {
  const choices = new Set(written.flatMap(({ boot, once }) => [boot, once]));
  for (const choice of choices) if (typeof choice === 'string') await requireImageOf(pool, images, choice);
}

/** What a machine would say that it runs, were it booted by this choice now: `compute` becomes `compute@3`. What has no image stays as it is. */
export function numberedChoice({ profiles }: Pick<Pool, 'profiles'>, images: readonly PoolImageView[], text: string): string {
  const choice = parseBootChoice(text);
  const profile = choice === undefined ? undefined : profiles.get(choice.profile);
  if (choice === undefined || (profile?.kind !== 'compute' && profile?.kind !== 'failsafe')) return text;
  const named = parseBootChoice(profile.image ?? choice.profile);
  const version = choice.imageVersion ?? named?.imageVersion ?? 'newest';
  const newest = Math.max(...images.flatMap((image) => (image.name === named?.profile ? [image.version] : [])));
  const number = version === 'newest' ? newest : version;
  return Number.isFinite(number) ? bootChoiceText({ profile: choice.profile, imageVersion: number }) : choice.profile;
}
